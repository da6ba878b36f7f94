import type { Json } from '../../../lib/engine';
import type { Release } from '../../../lib/engine/renderers';
import type { Way } from '../documents/draft';

/** A text of a file, which has to stand there exactly once, and what takes its place. */
export interface Patch {
  readonly file: string;
  readonly replace: string;
  readonly by: string;
}

/** A document that shows the damage. */
export interface Shown {
  readonly values?: Readonly<Record<string, Json>>;
  /** What a second file says. */
  readonly later?: Readonly<Record<string, Json>>;
  readonly release?: Partial<Release>;
  readonly way?: Way;
  /** Of the chart with charts inside, in place of the platform's. */
  readonly chart?: 'library';
}

/** A deliberately broken printer, and the part of the proof that has to see it. */
export interface Mutation {
  /** Names the trap. */
  readonly name: string;
  readonly patches: readonly Patch[];
  /** Directed documents; random trees of expressions; whole random charts; or tests of `tests/unit/equivalence`, by the name of their file. */
  readonly seenBy: readonly Shown[] | 'trees' | 'charts' | 'names' | 'lives';
}

/** A mutation of one text. */
export function mutation(
  name: string,
  file: string,
  replace: string,
  by: string,
  seenBy: Mutation['seenBy'],
): Mutation {
  return { name, patches: [{ file, replace, by }], seenBy };
}

/** A single document. */
export function shown(
  values: Readonly<Record<string, Json>> = {},
  release: Partial<Release> = {},
  way: Way = 'file',
): readonly Shown[] {
  return [{ values, release, way }];
}
