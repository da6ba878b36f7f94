/** What JSON can say. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
/** A JSON object. */
export interface JsonObject {
  [key: string]: Json;
}

/** Whether a JSON value is an object (a list is none). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Go's order of map keys: by UTF-8 bytes, which is by code point. JavaScript's own is by UTF-16 unit. */
export function byCodePoint(a: string, b: string): number {
  const left = Array.from(a);
  const right = Array.from(b);
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** The keys of a map in the order in which a template visits them. */
export function sortedKeys(map: object): string[] {
  return Object.keys(map).sort(byCodePoint);
}

/**
 * JSON as sprig's `toRawJson` writes it: keys sorted, negative zero kept, the two line separators escaped,
 * `<>&` not.
 */
export function toRawJson(value: Json): string {
  if (typeof value === 'string') return jsonString(value);
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(toRawJson).join(',')}]`;
  if (isJsonObject(value))
    return `{${sortedKeys(value)
      .map((key) => `${jsonString(key)}:${toRawJson(value[key] ?? null)}`)
      .join(',')}}`;
  return JSON.stringify(value);
}

function jsonString(text: string): string {
  return JSON.stringify(text)
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
}

/** The same on lines, two spaces a level, as `toPrettyJson` does; what it escapes besides is the caller's. */
export function toPrettyJson(value: Json, indent = ''): string {
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const members = Array.isArray(value)
    ? value.map((item) => toPrettyJson(item, inner))
    : isJsonObject(value)
      ? sortedKeys(value).map((key) => `${jsonString(key)}: ${toPrettyJson(value[key] ?? null, inner)}`)
      : undefined;
  if (members === undefined) return toRawJson(value);
  if (members.length === 0) return `${open}${close}`;
  return `${open}\n${members.map((member) => `${inner}${member}`).join(',\n')}\n${indent}${close}`;
}
