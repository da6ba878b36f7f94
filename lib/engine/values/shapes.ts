import {
  Type,
  type Static,
  type TObject,
  type TOptionalWithFlag,
  type TProperties,
  type TSchema,
} from '@sinclair/typebox';

export { shared } from '../template/shared-shapes';

/** A map with known keys and no others. */
export function closed<P extends TProperties>(properties: P, description?: string): TObject<P> {
  return Type.Object(properties, {
    additionalProperties: false,
    ...(description === undefined ? {} : { description }),
  });
}

/** A map in which every name has the same shape. */
export function each<const K extends string, S extends TSchema>(
  names: readonly K[],
  shape: S,
  description: string,
): TObject<Record<K, S>> {
  return closed(
    keyed(
      names.map((name) => ({ name })),
      () => shape,
    ),
    description,
  );
}

/** A map with an entry for each row of a table, by its name. */
export function keyed<R extends { readonly name: string }, V>(
  rows: readonly R[],
  entry: (row: R) => V,
): Record<R['name'], V> {
  // One entry a row.
  return Object.fromEntries(rows.map((row) => [row.name, entry(row)])) as Record<R['name'], V>;
}

/**
 * Text without control characters. They survive neither YAML 1.1 (U+0085 is a line break there) nor the
 * eyes of a reviewer; U+2028 and U+2029 are fine, since both renderers escape them.
 */
const PRINTABLE = '^[^\\x00-\\x1f\\x7f-\\x9f]*$';

interface TextOptions {
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly examples?: readonly string[];
}

/** One line of text. */
export function line(description: string, options: TextOptions = {}): ReturnType<typeof Type.String> {
  return Type.String({ description, pattern: PRINTABLE, maxLength: 4096, ...options });
}

/** A whole number with bounds: Helm reads integers of files as floating-point numbers. */
export function integer(
  description: string,
  minimum: number,
  maximum: number,
): ReturnType<typeof Type.Integer> {
  return Type.Integer({ description, minimum, maximum });
}

/** Yes or no. */
export function flag(description: string): ReturnType<typeof Type.Boolean> {
  return Type.Boolean({ description });
}

/** One of a few words. */
export function oneOf<const W extends readonly string[]>(
  description: string,
  words: W,
): ReturnType<typeof Type.Unsafe<W[number]>> {
  return Type.Unsafe<W[number]>({ type: 'string', enum: [...words], description });
}

/** A member that may be left out: what looks at it has to ask whether it is given. */
export function optional<S extends TSchema>(schema: S): TOptionalWithFlag<S, true> {
  return Type.Optional(schema);
}

/** A list whose entries have one shape. */
export function listOf<S extends TSchema>(entry: S, description: string): ReturnType<typeof Type.Array<S>> {
  return Type.Array(entry, { description });
}

/** A map with free keys, whose entries have one shape. */
export function mapOf<S extends TSchema>(
  entry: S,
  description: string,
): ReturnType<typeof Type.Unsafe<Record<string, Static<S>>>> {
  return Type.Unsafe<Record<string, Static<S>>>({ type: 'object', description, additionalProperties: entry });
}

/** Structure of the Kubernetes API that is handed through as it is; the API server is its judge. */
export function passedThrough(description: string): ReturnType<typeof Type.Unsafe<Record<string, unknown>>> {
  return Type.Unsafe<Record<string, unknown>>({ type: 'object', description });
}

/** A list of such structures. */
export function listOfPassedThrough(
  description: string,
): ReturnType<typeof Type.Unsafe<Record<string, unknown>[]>> {
  return Type.Unsafe<Record<string, unknown>[]>({ type: 'array', description, items: { type: 'object' } });
}

/** A map of strings. */
export function stringMap(description: string): ReturnType<typeof Type.Unsafe<Record<string, string>>> {
  return Type.Unsafe<Record<string, string>>({
    type: 'object',
    description,
    additionalProperties: Type.String({ maxLength: 4096 }),
  });
}

/** A list of lines. */
export function lines(
  description: string,
  options: TextOptions = {},
): ReturnType<typeof Type.Array<ReturnType<typeof line>>> {
  return Type.Array(line('', options), { description });
}

/** A quantity of the Kubernetes API. */
export const QUANTITY = '^[0-9]+(\\.[0-9]+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$';
/** A DNS label (RFC 1123). */
export const DNS_LABEL = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$';
/** Several DNS labels, joined by dots. */
export const DNS_SUBDOMAIN = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$';
/** A network of IP version 4 or 6 in CIDR notation. */
export const CIDR = '^([0-9]{1,3}\\.){3}[0-9]{1,3}/[0-9]{1,2}$|^[0-9a-fA-F:]+/[0-9]{1,3}$';

/** Five fields of cron. */
export const CRON = '^[A-Z0-9,*/-]+( [A-Z0-9,*/-]+){4}$';
/** A time in seconds or minutes, and one that may be in hours too. */
export const MINUTES = '^[1-9][0-9]*(s|m)$';
export const HOURS = '^[1-9][0-9]*(s|m|h)$';
/** Before a pattern: nothing at all is fine too. */
export const OR_EMPTY = '^$|';

/** A quantity of the Kubernetes API, as text. */
export function quantity(description: string): ReturnType<typeof line> {
  return line(description, { pattern: QUANTITY, maxLength: 32 });
}

/** The name of an object that may be left out. */
export function optionalName(description: string): ReturnType<typeof line> {
  return line(description, { pattern: `${OR_EMPTY}${DNS_SUBDOMAIN}`, maxLength: 253 });
}

/** The name of a host, or nothing. */
export const HOST = '^$|^([a-z0-9]([-a-z0-9]*[a-z0-9])?\\.)+[a-z]{2,}$';
