import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { byCodePoint } from './json';

/** Leads from a reference to its shape: for programs, and in no JSON. A function, since TypeBox copies all else. */
const SHAPE = Symbol('shape');

type Referring = TSchema & { readonly [SHAPE]: () => TSchema };

/**
 * A shape that several places of a schema share: a reference to it, with its static type. A printed schema has the shape
 * once, under `definitions` (see `definitionsOf`).
 */
export function shared<S extends TSchema>(
  name: string,
  schema: S,
): ReturnType<typeof Type.Unsafe<Static<S>>> {
  return Type.Unsafe<Static<S>>({ $ref: `#/definitions/${name}`, [SHAPE]: () => schema });
}

function isReference(schema: TSchema): schema is Referring {
  return SHAPE in schema;
}

/** A schema in place of a reference to it, with the description that stands beside the reference. */
export function resolved(schema: TSchema): TSchema {
  if (!isReference(schema)) return schema;
  const shape = resolved(schema[SHAPE]());
  return schema.description === undefined ? shape : { ...shape, description: schema.description };
}

/**
 * All shared shapes that a schema leads to, by name. Throws where two shapes have one name.
 */
export function definitionsOf(schema: TSchema): Record<string, TSchema> {
  const found = new Map<string, TSchema>();
  collect(schema, found);
  return Object.fromEntries([...found].sort(([one], [other]) => byCodePoint(one, other)));
}

function collect(part: unknown, found: Map<string, TSchema>): void {
  if (Array.isArray(part)) part.forEach((item) => collect(item, found));
  if (typeof part !== 'object' || part === null) return;
  // Every object inside of a schema may be one.
  const schema = part as TSchema;
  if (isReference(schema)) collectShape(String(schema['$ref']), schema[SHAPE](), found);
  else Object.values(part).forEach((member) => collect(member, found));
}

function collectShape(reference: string, shape: TSchema, found: Map<string, TSchema>): void {
  const name = reference.replace('#/definitions/', '');
  const known = found.get(name);
  if (known === shape) return;
  if (known !== undefined) throw new Error(`two shapes are called ${name}: give one of them another name`);
  collect(shape, found);
  found.set(name, shape);
}
