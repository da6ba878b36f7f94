import type { TSchema } from '@sinclair/typebox';
import { isJsonObject, resolved, type Json } from '../template';
import type { Catalogue } from '../values/catalogue';
import { entriesOf, membersOf } from '../values/schema-at';

/** A value in the table of the README. */
export interface Row {
  readonly path: string;
  readonly type: string;
  readonly standard: string;
  readonly description: string;
}

/** The values of one group: a member at the top. */
export interface ValueGroup {
  readonly name: string;
  readonly description: string;
  readonly rows: readonly Row[];
}

/** A part of the values: one of several alike, whose defaults may differ. */
interface Alike {
  readonly name: string;
  readonly schema: TSchema;
  readonly value: Json | undefined;
}

/** All values, by group; parts that are alike have their rows once. */
export function valueGroups({ schema: whole, defaults }: Catalogue): ValueGroup[] {
  return Object.entries(membersOf(whole)).map(([name, schema]) => {
    const shape = resolved(schema);
    return {
      name,
      description: shape.description ?? '',
      rows: rowsAt(name, [{ name, schema: shape, value: memberOf(defaults, name) }], 1),
    };
  });
}

/** `total` is how many parts are alike: a member that only some of them have names those. */
function rowsAt(path: string, parts: readonly Alike[], total: number): Row[] {
  const [first] = parts;
  if (first === undefined) return [];
  const keys = [...new Set(parts.flatMap(({ schema }) => Object.keys(membersOf(schema))))];
  if (keys.length === 0) return [leaf(path, parts, total)];
  const alike = membersAlike(first);
  if (alike !== undefined && parts.length === 1) return rowsAt(`${path}.<name>`, alike, alike.length);
  return keys.flatMap((key) =>
    rowsAt(
      `${path}.${key}`,
      parts.flatMap((part) => memberPart(part, key)),
      total,
    ),
  );
}

function memberPart({ name, schema, value }: Alike, key: string): Alike[] {
  const member = membersOf(schema)[key];
  if (member === undefined) return [];
  // What has no description of its own is a part of what has.
  return [
    {
      name,
      schema: { description: schema.description, ...resolved(member) },
      value: memberOf(value, key),
    },
  ];
}

/** The members of a map that are shapes shared with others; undefined where they are not. */
function membersAlike({ schema, value }: Alike): Alike[] | undefined {
  const members = Object.entries(membersOf(schema));
  const isAlike = members.length > 3 && members.every(([, member]) => member['$ref'] !== undefined);
  return isAlike
    ? members.map(([name, member]) => ({ name, schema: resolved(member), value: memberOf(value, name) }))
    : undefined;
}

function leaf(path: string, parts: readonly Alike[], total: number): Row {
  const [first] = parts;
  const some = parts.length < total ? ` (${parts.map(({ name }) => name).join(', ')})` : '';
  const schema = first?.schema ?? ({} as TSchema);
  return {
    path,
    type: typeCell(schema),
    standard: standardCell(parts),
    description: `${schema.description ?? ''}${some}`,
  };
}

function typeCell(schema: TSchema): string {
  const words = schema['enum'] as readonly string[] | undefined;
  if (words !== undefined) return words.join(', ');
  const type = String(schema['type'] ?? 'any');
  if (type === 'integer' || type === 'number')
    return `${type}, ${String(schema['minimum'])} to ${String(schema['maximum'])}`;
  const entry = entriesOf(schema);
  const of = entry === undefined ? '' : ` of ${String(resolved(entry)['type'] ?? 'any')}s`;
  return `${{ array: 'list', object: 'map' }[type] ?? type}${of.replace('of anys', 'of strings or integers').replace('objects', 'maps').replace('arrays', 'lists')}`;
}

const LONGEST = 48;

function standardCell(parts: readonly Alike[]): string {
  const texts = [...new Set(parts.map(({ value }) => JSON.stringify(value) as string | undefined))];
  const [text] = texts;
  if (texts.length > 1) return 'by name';
  if (text === undefined) return '';
  return text.length > LONGEST ? 'see values.yaml' : `\`${text}\``;
}

function memberOf(value: Json | undefined, key: string): Json | undefined {
  return isJsonObject(value) ? value[key] : undefined;
}
