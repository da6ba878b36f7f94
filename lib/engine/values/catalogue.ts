import type { TObject } from '@sinclair/typebox';
import type { ErrorObject } from 'ajv';
import type { JsonObject } from '../template/json';
import { definitionsOf } from '../template/shared-shapes';

/** The values of a chart: what its schema knows, and what it starts with. */
export interface Catalogue {
  /** The name of the chart. */
  readonly chart: string;
  readonly schema: TObject;
  readonly defaults: JsonObject;
  /** What the schema refuses about values: ajv's errors, all of them. */
  readonly errors: (values: unknown) => readonly ErrorObject[];
  /** What the chart's own patterns ask for, in words: after "must be". */
  readonly words: ReadonlyMap<string, string>;
  /** What lists the values below a path: it stands in messages, where there are too many to name. */
  readonly listing: (path: string) => string;
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

/** `values.schema.json`: draft-07, shared shapes once. */
export function jsonSchemaOf({ chart, schema }: Pick<Catalogue, 'chart' | 'schema'>): JsonObject {
  return JSON.parse(
    JSON.stringify({
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: `Values of the chart ${chart}`,
      ...schema,
      definitions: definitionsOf(schema),
    }),
    // What JSON.parse yields of an object.
  ) as JsonObject;
}
