import { type Json, type JsonObject, isJsonObject } from '../../../lib/engine';
import type { Release } from '../../../lib/engine/renderers';
import { mapOf } from './maps';

/** How an override reaches the program: in one of three files, or on the command line. */
export type Way = 'file' | 'second file' | 'third file' | 'set' | 'set-string';

/** One override. */
export interface Entry {
  readonly path: readonly string[];
  readonly value: Json;
  readonly way: Way;
}

/** A single override, before it has a way. */
export type Override = Pick<Entry, 'path' | 'value'>;

/** A document as it is made and made smaller: the texts come later, by `deliver`. */
export interface Draft {
  readonly release: Release;
  readonly entries: readonly Entry[];
  /** Block YAML by our own printer, or JSON. */
  readonly style: 'yaml' | 'json';
  /** All assignments in one flag. */
  readonly joined: boolean;
}

/** A draft with further overrides in its last file. */
export function withOverrides(draft: Draft, overrides: readonly Override[]): Draft {
  const way = draft.entries.findLast((entry) => entry.way.endsWith('file'))?.way ?? 'file';
  return { ...draft, entries: [...draft.entries, ...overrides.map((override) => ({ ...override, way }))] };
}

/** The overrides as one tree; of two for one path, and of a map and its member, the later wins. */
export function treeOf(entries: readonly Override[]): JsonObject {
  const root: JsonObject = {};
  for (const { path, value } of entries) {
    let map = root;
    for (const step of path.slice(0, -1)) {
      const inner = Object.hasOwn(map, step) ? map[step] : undefined;
      const next = isJsonObject(inner) ? mapOf(Object.entries(inner)) : {};
      assign(map, step, next);
      map = next;
    }
    assign(map, path.at(-1) ?? '', value);
  }
  return root;
}

function assign(map: JsonObject, key: string, value: Json): void {
  Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true });
}
