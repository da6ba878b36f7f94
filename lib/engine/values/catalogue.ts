import type { TSchema } from '@sinclair/typebox';
import type { JsonObject } from '../template/json';
import { definitionsOf } from '../template/shared-shapes';
import { compile, type SchemaErrors } from './compile';
import type { Dependency } from './dependencies';
import { letInMoved, type Moved } from './moved';

/** The values of a chart: what its schema knows, and what it starts with. */
export interface Catalogue {
  /** The name of the chart. */
  readonly chart: string;
  readonly schema: TSchema;
  readonly defaults: JsonObject;
  /** The charts that it has in its folder `charts`, each with a slice of its values. */
  readonly dependencies: readonly Dependency[];
  /** What is no value any more, but is still refused with where it is now: not in the schema above. */
  readonly moved: readonly Moved[];
  /** What the schema refuses about values: all of it. */
  readonly errors: SchemaErrors;
  /** What the chart's own patterns ask for, in words: after "must be". */
  readonly words: ReadonlyMap<string, string>;
  /** What lists the values below a path: it stands in messages, where there are too many to name. */
  readonly listing: ((path: string) => string) | undefined;
}

/** What `values.yaml` says beside the values themselves. */
export interface ValuesFile {
  /** After the chart's name, in the first line. */
  readonly more?: string;
  /** Said above a group of the values, after its description. */
  readonly notes?: Readonly<Record<string, string>>;
  /** Groups whose members are long, with a blank line between them. */
  readonly spaced?: readonly string[];
}

/** What a catalogue is made of; the rest has a meaning that most charts can live with. */
export type CatalogueParts = Pick<Catalogue, 'chart' | 'schema' | 'defaults'> & Partial<Catalogue>;

/** The catalogue of a chart. */
export function catalogueOf(parts: CatalogueParts): Catalogue {
  const whole = { dependencies: [], moved: [], words: new Map(), listing: undefined, ...parts };
  return { ...whole, errors: parts.errors ?? compile(parts.chart, () => jsonSchemaOf(whole)) };
}

/** `values.schema.json`: draft-07, shared shapes once. */
export function jsonSchemaOf({
  chart,
  schema,
  moved,
}: Pick<Catalogue, 'chart' | 'schema' | 'moved'>): JsonObject {
  const printed = JSON.parse(
    JSON.stringify({
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: `Values of the chart ${chart}`,
      ...schema,
      definitions: definitionsOf(schema),
    }),
    // What JSON.parse yields of an object.
  ) as JsonObject;
  return letInMoved(printed, moved);
}
