import type { ChartFacts, Helper, JsonObject, Line, Value } from '../template';
import type { Catalogue, ValuesFile } from '../values/catalogue';
import type { DescribedObject } from './objects';
import type { Rule, RulesOfEach } from './rule';
import type { Subchart } from './subchart';

/** What `Chart.yaml` says beside name and versions. */
export type ChartMetadata = JsonObject & { readonly description: string };

/** The one description of a chart: every renderer takes it, and none knows more. */
export interface Description {
  /** What templates are told of the chart; its name is the prefix of its named templates. */
  readonly facts: ChartFacts;
  /** What `Chart.yaml` says besides. */
  readonly metadata: ChartMetadata;
  /** Its values: what is known, and what it starts with. */
  readonly catalogue: Catalogue;
  readonly valuesFile?: ValuesFile;
  readonly objects: readonly DescribedObject[];
  /** The charts inside of it. */
  readonly subcharts: readonly Subchart[];
  /** All named templates, in the order of `_helpers.tpl`. */
  readonly helpers: readonly Helper[];
  /** Relations between its values. */
  readonly rules: readonly (Rule | RulesOfEach)[];
  /** What an install tells at its end. */
  readonly notes: readonly Line[];
  /** Files that its templates read, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** Objects that belong to the operator: a list of values, handed on as it is. */
  readonly extraObjects?: Value<unknown>;
}
