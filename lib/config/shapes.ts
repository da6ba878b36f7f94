/** Building blocks of the schema: plain draft-07, without the keywords that TypeBox would add by itself. */
import { Type } from '@sinclair/typebox';
import type {
  ObjectOptions,
  SchemaOptions,
  Static,
  TObject,
  TProperties,
  TSchema,
  TUnsafe,
} from '@sinclair/typebox';

/** An object that takes its declared keys only: the application refuses what it does not know. */
export function closed<P extends TProperties>(properties: P, options: ObjectOptions = {}): TObject<P> {
  return Type.Object(properties, { additionalProperties: false, ...options });
}

/** A map from any name to one shape (`Type.Record` would say it by a pattern that misses line breaks in names). */
export function mapOf<T extends TSchema>(
  value: T,
  options: SchemaOptions & { minProperties?: number } = {},
): TUnsafe<Record<string, Static<T>>> {
  return Type.Unsafe<Record<string, Static<T>>>({ type: 'object', additionalProperties: value, ...options });
}

/** One of some words, as an `enum` (TypeBox's union of literals makes one `const` a word). */
export function oneOf<W extends string>(words: readonly W[], options: SchemaOptions = {}): TUnsafe<W> {
  return Type.Unsafe<W>({ type: 'string', enum: [...words], ...options });
}

/** A shape that stands once under `definitions` and is referred to by its name wherever it is used. */
export interface Shared<T extends TSchema> {
  readonly name: string;
  readonly shape: T;
  readonly ref: TUnsafe<Static<T>>;
}

/** Names a shape so that it can be referred to; {@link definitionsOf} collects it. */
export function shared<T extends TSchema>(name: string, shape: T): Shared<T> {
  return { name, shape, ref: Type.Unsafe<Static<T>>({ $ref: `#/definitions/${name}` }) };
}

/** The `definitions` member of some shared shapes, in the order given. */
export function definitionsOf(shapes: readonly Shared<TSchema>[]): Record<string, TSchema> {
  return Object.fromEntries(shapes.map(({ name, shape }) => [name, shape]));
}

/** A whole number of at least one. */
export const count = (description: string) => Type.Integer({ minimum: 1, description });

/** A share between 0 and 1, both included. */
export const share = (description: string) => Type.Number({ minimum: 0, maximum: 1, description });

/** Any text, the empty one too: the application's schema asks for no length. */
export const text = (description: string) => Type.String({ description });

/** A switch. */
export const flag = (description: string) => Type.Boolean({ description });
