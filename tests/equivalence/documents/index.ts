import fc from 'fast-check';
import type { Subject } from '../subject';
import { breakage } from './breakage';
import { withOverrides, type Draft, type Entry, type Override, type Way } from './draft';
import { DrawnValues } from './drawn-values';
import { statesOf } from './inside';
import { releaseArbitrary } from './releases';

export { deliver, type Delivered } from './deliver';
export { treeOf, withOverrides, type Draft, type Entry } from './draft';
export { repaired } from './repair';

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

/** The random documents of a chart. */
export class Documents {
  readonly values: DrawnValues;
  private readonly arbitrary: fc.Arbitrary<Draft>;

  constructor(private readonly subject: Subject) {
    this.values = new DrawnValues(subject.description, subject.hints.special);
    this.arbitrary = draftArbitrary(subject, this.values);
  }

  /** As many documents as asked for, most of which render; the same seed gives the same ones. */
  drafts(count: number, seed: number): Draft[] {
    return fc.sample(this.arbitrary, { numRuns: count, seed });
  }

  /** The n-th contradiction, over and over. */
  contradiction(n: number): readonly Override[] | undefined {
    return inTurn(this.subject.hints.contradictions, n);
  }

  /** A draft with the n-th rarity, over and over. */
  withRarity(draft: Draft, n: number): Draft {
    const rarity = inTurn(this.subject.hints.rarities, n);
    return rarity === undefined ? draft : withOverrides(draft, rarity);
  }
}

function inTurn<T>(list: readonly T[] | undefined, n: number): T | undefined {
  return list?.[n % Math.max(1, list.length)];
}

function draftArbitrary({ description, hints }: Subject, values: DrawnValues): fc.Arbitrary<Draft> {
  // A null in a slice is mostly refused: where no hints are, it is what charts inside are proven with.
  const ofNulls = description.subcharts.length > 0 && hints.overrides === undefined ? 3 : 10;
  return fc
    .record({
      release: releaseArbitrary(description.facts.name, hints.parts),
      groups: many((hints.overrides ?? fromSchema)(values)),
      deleted: rarely(values.deletion(), ofNulls),
      broken: rarely(breakage(values.leaves), 14),
      ways,
      firstWay: fc.nat(11),
      style: fc.constantFrom<Draft['style']>('yaml', 'json', 'json'),
      joined: fc.boolean(),
      states: statesOf(description),
    })
    .map(({ groups, deleted, broken, states, ways: allowed, firstWay, ...rest }) => {
      const wayOf = (i: number): Way => allowed[(firstWay + i) % allowed.length] ?? 'file';
      const entries = [...groups.flat(), ...deleted, ...broken, ...states].map((override, i): Entry => ({
        ...override,
        way: wayOf(i),
      }));
      return { ...rest, entries };
    });
}

/** Without hints: leaves, some of them together. */
function fromSchema(values: DrawnValues): fc.Arbitrary<Override[]> {
  const single = (weight: number, arbitrary: fc.Arbitrary<Override> | undefined) =>
    arbitrary === undefined ? [] : [{ weight, arbitrary: arbitrary.map((override) => [override]) }];
  return fc.oneof(
    { weight: 3, arbitrary: values.together() },
    ...single(3, values.anyOf()),
    ...single(1, values.member()),
    ...single(1, values.foreign()),
  );
}

/** Sizes from a single group to some twenty, which are about sixty leaves. */
function many(overrides: fc.Arbitrary<Override[]>): fc.Arbitrary<Override[][]> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.array(overrides, { minLength: 1, maxLength: 3, size: 'max' }) },
    { weight: 3, arbitrary: fc.array(overrides, { minLength: 3, maxLength: 9, size: 'max' }) },
    { weight: 1, arbitrary: fc.array(overrides, { minLength: 10, maxLength: 22, size: 'max' }) },
  );
}

function rarely(arbitrary: fc.Arbitrary<Override>, oneIn: number): fc.Arbitrary<Override[]> {
  return fc
    .nat(oneIn - 1)
    .chain((i) => (i === 0 ? arbitrary.map((override) => [override]) : fc.constant([])));
}
