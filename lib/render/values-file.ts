import type { TSchema } from '@sinclair/typebox';
import { dereference, type Json } from '../template';
import { isJsonObject } from '../template';
import { defaultValues, definitions, Values } from '../values';
import { toYaml } from './yaml';

/** `values.yaml`: every default, with a comment on every value. */
export function documentedValues(): string {
  return `${printMembers(defaultValues() as unknown as Json, Values, 0).join('\n')}\n`;
}

function printMembers(value: Json, schema: TSchema, indent: number): string[] {
  if (!isJsonObject(value)) return [];
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, TSchema>>;
  return Object.entries(value).flatMap(([key, member]) => printMember(key, member, properties[key], indent));
}

function printMember(key: string, value: Json, schema: TSchema | undefined, indent: number): string[] {
  const pad = ' '.repeat(indent);
  const described = schema === undefined ? undefined : dereference(schema, definitions);
  const description = schema?.description ?? described?.description;
  const comment = description === undefined || description === '' ? [] : [`${pad}# -- ${description}`];
  const members = described === undefined || described['properties'] === undefined ? [] : printMembers(value, described, indent + 2);
  if (members.length > 0) return [...comment, `${pad}${key}:`, ...members];
  const printed = toYaml({ [key]: value }).trimEnd().split('\n');
  return [...comment, ...printed.map((line) => `${pad}${line}`)];
}
