import { Type, type Static } from '@sinclair/typebox';
import fc from 'fast-check';
import { type JsonObject, type References, chartValues } from '../../../lib/engine';
import { valueArbitrary } from '../documents/values';

const item = Type.Object(
  { name: Type.String(), port: Type.Integer({ minimum: 0, maximum: 9007199254740992 }), on: Type.Boolean() },
  { additionalProperties: false },
);
const map = Type.Unsafe<Record<string, string>>({ type: 'object', additionalProperties: { type: 'string' } });
const free = Type.Unsafe<Record<string, unknown>>({ type: 'object' });
const inner = Type.Object(
  { 'a-b': Type.String(), size: Type.Integer({ minimum: 0, maximum: 2000000 }), map },
  { additionalProperties: false },
);
const row = Type.Object(
  {
    word: Type.Unsafe<'on' | 'plain'>({ type: 'string', enum: ['on', 'plain'] }),
    size: Type.Integer({ minimum: -2000000, maximum: 2000000 }),
  },
  { additionalProperties: false },
);

/** Values of every type, required and not: what expressions are tried on. */
const Tried = Type.Object(
  {
    text: Type.String(),
    maybeText: Type.Optional(Type.String()),
    plain: Type.Unsafe<'alpha' | 'beta'>({ type: 'string', enum: ['alpha', 'beta'] }),
    whole: Type.Integer({ minimum: -9007199254740992, maximum: 9007199254740992 }),
    count: Type.Integer({ minimum: -2000000, maximum: 2000000 }),
    maybeWhole: Type.Optional(Type.Integer({ minimum: 0, maximum: 2000000 })),
    fraction: Type.Number({ minimum: -1000, maximum: 1000 }),
    flag: Type.Boolean(),
    maybeFlag: Type.Optional(Type.Boolean()),
    map,
    maybeMap: Type.Optional(map),
    maybe: Type.Optional(
      Type.Object({ word: Type.String(), inner: Type.Optional(inner) }, { additionalProperties: false }),
    ),
    texts: Type.Array(Type.String()),
    otherMap: map,
    otherTexts: Type.Array(Type.String()),
    items: Type.Array(item),
    free,
    key: Type.Unsafe<string>({ type: 'string', enum: ['one', 'two'] }),
    otherKey: Type.Unsafe<string>({ type: 'string', enum: ['one', 'absent'] }),
    table: Type.Object({ one: row, two: row }, { additionalProperties: row }),
  },
  { additionalProperties: false },
);

/** The chart that has these values, and nothing else. */
export const FACTS = { name: 'tried', version: '0.1.0', appVersion: '1.0.0' };

/** Symbolic values for trees that are tried. */
export const tried: References<Static<typeof Tried>> = chartValues(FACTS.name, Tried);

/** Values for them. */
export const triedValues: fc.Arbitrary<JsonObject> = valueArbitrary(
  JSON.parse(JSON.stringify(Tried)) as object,
) as fc.Arbitrary<JsonObject>;

/**
 * Makes the whole numbers what `--set` makes them: integers of 64 bits, where those of a file are floating-point numbers.
 */
export const AS_SET = [
  '{{- $_ := set .Values "whole" (int64 .Values.whole) }}',
  '{{- $_ := set .Values "count" (int64 .Values.count) }}',
  '{{- if hasKey .Values "maybeWhole" }}{{- $_ := set .Values "maybeWhole" (int64 .Values.maybeWhole) }}{{- end }}',
  '{{- range .Values.items }}{{- $_ := set . "port" (int64 .port) }}{{- end }}',
  '{{- range .Values.table }}{{- $_ := set . "size" (int64 .size) }}{{- end }}',
].join('\n');
