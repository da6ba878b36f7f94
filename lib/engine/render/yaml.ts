import { isJsonObject, type Json, type JsonObject } from '../template';
import { sortKeys } from '../template/key-order';
import { fitsBlock, yamlString } from '../template/yaml-text';

/** The order of a map's keys. */
type Order = (keys: readonly string[]) => readonly string[];

/** Plain data as YAML, in the same hand as the templates of the chart, but with nothing that a template would read. */
export function toYaml(value: Json, order: Order = sortKeys): string {
  return `${linesOf(value, '', order).join('\n')}\n`;
}

function linesOf(value: Json, indent: string, order: Order): string[] {
  if (isJsonObject(value) && Object.keys(value).length > 0) return entryLines(value, indent, order);
  if (Array.isArray(value) && value.length > 0)
    return value.flatMap((item) => itemLines(item, indent, order));
  return [`${indent}${scalar(value)}`];
}

function entryLines(map: JsonObject, indent: string, order: Order): string[] {
  return order(Object.keys(map)).flatMap((key) => {
    const value = map[key] ?? null;
    const name = `${indent}${yamlString(key)}:`;
    if (isBranch(value)) return [name, ...linesOf(value, `${indent}  `, order)];
    if (typeof value === 'string' && fitsBlock(value)) return blockLines(name, value, `${indent}  `);
    return [`${name} ${scalar(value)}`];
  });
}

/** The dash takes the place of the first line's indentation. */
function itemLines(item: Json, indent: string, order: Order): string[] {
  const [first = '', ...others] = isBranch(item) ? linesOf(item, `${indent}  `, order) : [scalar(item)];
  return [`${indent}- ${first.trimStart()}`, ...others];
}

function blockLines(name: string, text: string, indent: string): string[] {
  const clipped = text.endsWith('\n');
  const lines = (clipped ? text.slice(0, -1) : text).split('\n');
  return [`${name} ${clipped ? '|' : '|-'}`, ...lines.map((line) => (line === '' ? '' : `${indent}${line}`))];
}

function isBranch(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function scalar(value: Json): string {
  if (typeof value === 'string') return yamlString(value);
  if (Array.isArray(value)) return '[]';
  return isJsonObject(value) ? '{}' : Object.is(value, -0) ? '-0.0' : JSON.stringify(value);
}
