import { Type, type Static } from '@sinclair/typebox';
import {
  type Alias,
  type EvaluationScope,
  type Json,
  type JsonObject,
  type References,
  type Value,
  chartValues,
  shared,
} from '../../../lib/engine';
import { type PrintScope, expressionOf, printScope as scopeIn } from '../../../lib/engine/renderers';

const Row = Type.Object({ size: Type.String(), count: Type.Integer({ minimum: 1, maximum: 5 }) });

const Port = Type.Object({
  name: Type.String(),
  number: Type.Integer(),
  weight: Type.Integer({ minimum: 0, maximum: 10 }),
});
const Labels = Type.Unsafe<Record<string, string>>({
  type: 'object',
  additionalProperties: { type: 'string' },
});

/** A small schema with a value of every kind. */
const Sample = Type.Object({
  name: Type.String(),
  mode: Type.Unsafe<'one' | 'two' | 'three'>({ type: 'string', enum: ['one', 'two', 'three'] }),
  size: Type.Integer(),
  count: Type.Integer({ minimum: -100, maximum: 100 }),
  share: Type.Number(),
  on: Type.Boolean(),
  off: Type.Boolean(),
  items: Type.Array(Type.String()),
  ports: Type.Array(Port),
  labels: Labels,
  otherLabels: Labels,
  rows: Type.Unsafe<Record<string, Static<typeof Row>>>({
    type: 'object',
    additionalProperties: shared('row', Row),
  }),
  any: Type.Unsafe<unknown>({}),
  'dashed-key': Type.String(),
  maybe: Type.Optional(Type.Integer()),
  maybeCount: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })),
  maybeText: Type.Optional(Type.String()),
  maybeList: Type.Optional(Type.Array(Type.String())),
  deep: Type.Object({ name: Type.String(), maybe: Type.Optional(Type.Boolean()) }),
  backup: Type.Optional(
    Type.Object({
      bucket: Type.String(),
      labels: Type.Unsafe<Record<string, string>>({
        type: 'object',
        additionalProperties: { type: 'string' },
      }),
      'dashed-key': Type.String(),
      retention: Type.Optional(Type.Object({ days: Type.Integer(), note: Type.Optional(Type.String()) })),
    }),
  ),
  nullable: Type.Optional(Type.Union([Type.String(), Type.Null()])),
});

export const values: References<Static<typeof Sample>> = chartValues('chart', Sample);

/** What the values are unless a test says otherwise. */
const SAMPLE: JsonObject = {
  name: 'n',
  mode: 'two',
  size: 3,
  count: 3,
  share: 0.5,
  on: true,
  off: false,
  items: ['b', 'a'],
  ports: [
    { name: 'http', number: 80 },
    { name: 'grpc', number: 90 },
  ],
  labels: { b: '2', a: '1' },
  otherLabels: { c: '3' },
  rows: { small: { size: '1Gi', count: 1 } },
  any: { x: [1] },
  'dashed-key': 'd',
  deep: { name: 'deep' },
};

export function scopeWith(
  overrides: JsonObject = {},
  variables: EvaluationScope['variables'] = {},
): EvaluationScope {
  return {
    values: { ...SAMPLE, ...overrides },
    release: { name: 'rel', namespace: 'ns' },
    chart: { name: 'chart', version: '1.2.3', appVersion: '4.5.6' },
    variables,
  };
}

/** Where expressions of the sample are printed. */
export function printScope(root: PrintScope['root'] = '.', aliases: readonly Alias[] = []): PrintScope {
  return scopeIn('chart', root, aliases);
}

export function printed(value: Value<unknown>, root: PrintScope['root'] = '.'): string {
  return expressionOf(value).print(printScope(root));
}

export function evaluated(value: Value<unknown>, overrides: JsonObject = {}): Json | undefined {
  return expressionOf(value).evaluate(scopeWith(overrides));
}
