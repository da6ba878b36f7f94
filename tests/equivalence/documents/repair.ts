import type { Draft, Entry } from './draft';

/** What a rule complains about, as a path. */
type Complaint = readonly string[];

/**
 * A draft without what breaks relations between values: the overrides of the group that a rule names are
 * taken out, then those of the group around it. What cannot be mended so is left as it is, and gets refused.
 */
export function repaired(draft: Draft, complaints: (draft: Draft) => readonly Complaint[]): Draft {
  let current = draft;
  for (const depth of [1, 2, 3]) {
    const found = complaints(current);
    if (found.length === 0) return current;
    current = {
      ...current,
      entries: current.entries.filter(
        (entry) => !found.some((path) => isUnder(entry, path.slice(0, Math.max(1, path.length - depth)))),
      ),
    };
  }
  return complaints(current).length === 0 ? current : draft;
}

function isUnder({ path }: Entry, group: readonly string[]): boolean {
  return group.every((step, i) => path[i] === step);
}
