import type fc from 'fast-check';
import type { Description, Json } from '../../lib/engine';
import type { Override } from './documents/draft';
import type { DrawnValues, Special } from './documents/drawn-values';

/** Values files that stand before every document. */
export interface Environment {
  readonly name: string;
  readonly files: readonly string[];
}

/** A chart as the proof knows it. */
export interface Subject {
  readonly description: Description;
  readonly environments: readonly Environment[];
  readonly hints: Hints;
}

/** What no schema says: without it, documents are drawn from the schema alone. */
export interface Hints {
  /** Overrides that make sense together, in place of leaves that are drawn one by one. */
  readonly overrides?: (values: DrawnValues) => fc.Arbitrary<Override[]>;
  /** What some leaves have to be, besides what the schema says of them. */
  readonly special?: readonly Special[];
  /** Values that the schema accepts and that contradict each other: every few documents get one in turn. */
  readonly contradictions?: readonly (readonly Override[])[];
  /** What a random document may miss, and every proof should see. */
  readonly rarities?: readonly (readonly Override[])[];
  /** Releases are named like these, too. */
  readonly parts?: readonly string[];
  /** The least share of documents that has to render. */
  readonly rendered?: number;
  /** Whether every condition has to be seen both ways, in a proof that is long enough; those that cannot, and why. */
  readonly oneSided?: Readonly<Record<string, string>>;
  /** Rules that are one rule, by a path that they share. */
  readonly ruleName?: (path: string) => string;
  /** Arguments of helpers that no chart has thought of. */
  readonly further?: Readonly<Record<string, fc.Arbitrary<Json[]>>>;
  /** Helpers that other helpers call, and that are proven with them. */
  readonly inner?: ReadonlySet<string>;
}

/** A chart of which nothing but its description is known. */
export function subjectOf(description: Description): Subject {
  return { description, environments: [{ name: description.facts.name, files: [] }], hints: {} };
}
