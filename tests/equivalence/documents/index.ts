import fc from 'fast-check';
import { breakage } from './breakage';
import type { Draft, Entry, Way } from './draft';
import { deletion, leaves, memberOverride, overrideOf, type Override } from './leaves';
import { releaseArbitrary } from './releases';
import { switched } from './switches';

export { deliver, type Delivered } from './deliver';
export { treeOf, withOverrides, type Draft, type Entry } from './draft';
export { contradiction, rarity } from './contradictions';
export { repaired } from './repair';

const anyLeaf = fc.constantFrom(...leaves).chain(overrideOf);
const platformLeaf = fc
  .constantFrom(...leaves.filter(({ path }) => path[0] !== 'services'))
  .chain(overrideOf);

const overrides: fc.Arbitrary<Override[]> = fc.oneof(
  { weight: 6, arbitrary: switched },
  { weight: 2, arbitrary: anyLeaf.map((override) => [override]) },
  { weight: 3, arbitrary: platformLeaf.map((override) => [override]) },
  { weight: 1, arbitrary: memberOverride.map((override) => [override]) },
);

/** Sizes from a single group to some twenty, which are about sixty leaves. */
const many = fc.oneof(
  { weight: 4, arbitrary: fc.array(overrides, { minLength: 1, maxLength: 3, size: 'max' }) },
  { weight: 3, arbitrary: fc.array(overrides, { minLength: 3, maxLength: 9, size: 'max' }) },
  { weight: 1, arbitrary: fc.array(overrides, { minLength: 10, maxLength: 22, size: 'max' }) },
);

const rarely = (arbitrary: fc.Arbitrary<Override>, oneIn: number): fc.Arbitrary<Override[]> =>
  fc.nat(oneIn - 1).chain((i) => (i === 0 ? arbitrary.map((override) => [override]) : fc.constant([])));

/** The ways that the overrides of one document go. */
const ways = fc.constantFrom<readonly Way[]>(
  ...([
    ['file'],
    ['file'],
    ['file'],
    ['set'],
    ['set-string'],
    ['file', 'second file'],
    ['file', 'second file', 'third file'],
  ] as const),
  ...([
    ['file', 'set'],
    ['set', 'set-string'],
    ['file', 'second file', 'set', 'set-string'],
  ] as const),
);

/** Random values documents, most of which render. */
export const draftArbitrary: fc.Arbitrary<Draft> = fc
  .record({
    release: releaseArbitrary,
    groups: many,
    deleted: rarely(deletion, 10),
    broken: rarely(breakage, 14),
    ways,
    firstWay: fc.nat(11),
    style: fc.constantFrom<Draft['style']>('yaml', 'json', 'json'),
    joined: fc.boolean(),
  })
  .map(({ groups, deleted, broken, ways: allowed, firstWay, ...rest }) => {
    const wayOf = (i: number): Way => allowed[(firstWay + i) % allowed.length] ?? 'file';
    const entries = [...groups.flat(), ...deleted, ...broken].map((override, i): Entry => ({
      ...override,
      way: wayOf(i),
    }));
    return { ...rest, entries };
  });

/** As many documents as asked for; the same seed gives the same ones. */
export function drafts(count: number, seed: number): Draft[] {
  return fc.sample(draftArbitrary, { numRuns: count, seed });
}
