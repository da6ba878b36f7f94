import { type Json, type JsonObject, isJsonObject } from '../../../lib/engine';
import { type Release, toYaml } from '../../../lib/engine/renderers';
import { treeOf, type Draft, type Entry } from './draft';

/** What a program is given: the texts of its files and flags. */
export interface Delivered {
  readonly release: Release;
  readonly files: readonly string[];
  readonly set: readonly string[];
  readonly setString: readonly string[];
}

/** The texts of a draft, after the files that come before it. */
export function deliver(draft: Draft, before: readonly string[] = []): Delivered {
  const assignments = draft.entries.map((entry) => ({ entry, flags: flagsOf(entry) }));
  const inFiles = assignments.filter(({ flags }) => flags === undefined).map(({ entry }) => entry);
  const flags = assignments.flatMap((assignment) => assignment.flags ?? []);
  const ofKind = (kind: Flag['kind']): string[] =>
    flags.filter((flag) => flag.kind === kind).map(({ text }) => text);
  const oneFlag = (texts: string[]): string[] =>
    draft.joined && texts.length > 0 ? [texts.join(',')] : texts;
  return {
    release: draft.release,
    files: [...before, ...layers(inFiles).map((tree) => printTree(tree, draft.style))],
    set: oneFlag(ofKind('set')),
    setString: oneFlag(ofKind('set-string')),
  };
}

function layers(entries: readonly Entry[]): JsonObject[] {
  const [first, second, third] = [['file', 'set', 'set-string'], ['second file'], ['third file']].map(
    (ways) => entries.filter(({ way }) => ways.includes(way)),
  );
  return [first, second, third].flatMap((layer) =>
    layer === undefined || layer.length === 0 ? [] : [treeOf(layer)],
  );
}

function printTree(tree: JsonObject, style: Draft['style']): string {
  return style === 'json' ? `${printJson(tree)}\n` : toYaml(tree);
}

/** JSON that every YAML reads: nothing raw that breaks lines there, and negative zero kept a float. */
export function printJson(value: Json): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0.0' : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(printJson).join(', ')}]`;
  if (isJsonObject(value))
    return `{${Object.entries(value)
      .map(([key, member]) => `${printText(key)}: ${printJson(member)}`)
      .join(', ')}}`;
  return typeof value === 'string' ? printText(value) : JSON.stringify(value);
}

function printText(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

interface Flag {
  readonly kind: 'set' | 'set-string';
  readonly text: string;
}

/** An override as flags, if it has that way and can be written so. */
function flagsOf({ path, value, way }: Entry): Flag[] | undefined {
  if (way !== 'set' && way !== 'set-string') return undefined;
  if (path.some((step) => step === '')) return undefined;
  return assignments(path.map(escapeKey).join('.'), value, way);
}

function assignments(name: string, value: Json, way: Flag['kind']): Flag[] | undefined {
  if (Array.isArray(value)) return flattened(value.map((item, i) => assignments(`${name}[${i}]`, item, way)));
  if (isJsonObject(value))
    return flattened(
      Object.entries(value).map(([key, member]) =>
        key === '' ? undefined : assignments(`${name}.${escapeKey(key)}`, member, way),
      ),
    );
  const typed =
    typeof value === 'string' && (way === 'set-string' || !staysText(value)) ? 'set-string' : 'set';
  if (typeof value === 'number' && (!Number.isSafeInteger(value) || Object.is(value, -0))) return undefined;
  return [{ kind: typed, text: `${name}=${escapeValue(String(value))}` }];
}

/** All or nothing; an empty list or map has no assignment. */
function flattened(parts: readonly (Flag[] | undefined)[]): Flag[] | undefined {
  return parts.length === 0 || parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
}

/** Whether `--set` leaves the text a string. */
function staysText(text: string): boolean {
  return !/^([-+]?[0-9]+|true|false|null)$/i.test(text);
}

function escapeKey(key: string): string {
  return key.replace(/[\\.,=[\]]/g, '\\$&');
}

function escapeValue(text: string): string {
  return text.replace(/[\\,]/g, '\\$&').replace(/^\{/, '\\{');
}
