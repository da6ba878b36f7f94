import { type Json, isJsonObject } from '../../../lib/engine';
import type { Draft, Entry } from '../documents';
import { mapOf } from '../documents/maps';

/** Whether a draft still shows the fault. */
export type Shows = (draft: Draft) => Promise<boolean>;

/** The smallest draft that we find with the same fault: fewer overrides, plainer ways, smaller values. */
export async function shrink(draft: Draft, shows: Shows): Promise<Draft> {
  const budget = { left: 400 };
  const stillShows: Shows = async (candidate) => budget.left-- > 0 && (await shows(candidate));
  const fewer = await fewerEntries(draft, stillShows);
  const plainer = await firstThatShows(plain(fewer), stillShows, fewer);
  return smallerValues(plainer, stillShows);
}

/** Takes overrides out, many at once while that works, then one by one. */
async function fewerEntries(draft: Draft, shows: Shows): Promise<Draft> {
  let current = draft;
  for (
    let size = Math.ceil(current.entries.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let start = 0; start < current.entries.length;) {
      const without = {
        ...current,
        entries: current.entries.filter((_, i) => i < start || i >= start + size),
      };
      if (await shows(without)) current = without;
      else start += size;
    }
  }
  return current;
}

function plain(draft: Draft): Draft[] {
  const release = { name: 'r', namespace: 'default' };
  const entries = draft.entries.map((entry): Entry => ({ ...entry, way: 'file' }));
  const steps = [
    { release, entries, style: 'json' as const, joined: false },
    { entries, style: 'json' as const },
    { entries },
    { release },
    { style: 'json' as const },
  ];
  return steps.map((step) => ({ ...draft, ...step }));
}

async function firstThatShows(candidates: readonly Draft[], shows: Shows, otherwise: Draft): Promise<Draft> {
  for (const candidate of candidates) if (await shows(candidate)) return candidate;
  return otherwise;
}

async function smallerValues(draft: Draft, shows: Shows): Promise<Draft> {
  let current = draft;
  for (let i = 0; i < current.entries.length; i++) {
    for (;;) {
      const entry = current.entries[i];
      if (entry === undefined) break;
      const before = current;
      const candidates = smaller(entry.value).map((value) => ({
        ...before,
        entries: before.entries.map((other, j) => (j === i ? { ...other, value } : other)),
      }));
      current = await firstThatShows(candidates, shows, before);
      if (current === before) break;
    }
  }
  return current;
}

/** A step smaller, in every way that there is. */
function smaller(value: Json): Json[] {
  if (typeof value === 'string') return shorter(Array.from(value));
  if (Array.isArray(value))
    return [
      ...value.map((_, i) => value.filter((__, j) => i !== j)),
      ...value.flatMap((item, i) => smaller(item).map((less) => value.with(i, less))),
    ];
  if (!isJsonObject(value)) return [];
  const entries = Object.entries(value);
  return [
    ...entries.map((_, i) => mapOf(entries.filter((__, j) => i !== j))),
    ...entries.flatMap(([key, member], i) =>
      smaller(member).map((less) => mapOf(entries.with(i, [key, less]))),
    ),
  ];
}

/** Whole characters only: half of a surrogate pair would be another fault. */
function shorter(characters: readonly string[]): string[] {
  const half = Math.ceil(characters.length / 2);
  const parts = [
    characters.slice(0, half),
    characters.slice(half),
    characters.slice(1),
    characters.slice(0, -1),
  ];
  return parts.filter((part) => part.length < characters.length).map((part) => part.join(''));
}
