import { Type } from '@sinclair/typebox';
import { type Arguments, NamedTemplate, parameters } from '../../../lib/engine';
import { expressionOf, printNamedTemplates, printScope } from '../../../lib/engine/renderers';
import { values } from '../../../lib/charts/values';
import { scopeOf } from '../../support/platform';
import { serviceAlias } from '../../../lib/charts/scope';

const given = parameters({ word: Type.String(), words: Type.Array(Type.String()) });

function templateWith(...uses: readonly Arguments[]): NamedTemplate {
  const template = new NamedTemplate(
    'test.part',
    uses.map((arguments_, i) => ({ path: ['data', `${i}.json`], given: arguments_ })),
    'A part.',
    serviceAlias('api'),
  );
  template.takeFrom(
    {
      spec: {
        word: expressionOf(given.word),
        words: expressionOf(given.words),
        environment: expressionOf(values.environment),
        grace: expressionOf(values.services.api.terminationGracePeriodSeconds),
      },
    },
    ['spec'],
  );
  return template;
}

const USES = [
  { word: 'x', words: ['a', 'b'] },
  { word: 'on', words: [] },
] as const;
const scope = printScope('medical-kg');

test('is printed once, with its parameters', () => {
  const named = [templateWith(...USES)];
  expect(printNamedTemplates({ alias: undefined, named }, 'medical-kg')).toBe(`{{/*
test.part: A part.
*/}}
{{- define "medical-kg.test.part" -}}
{{- $root := .root }}
{{- $word := .word }}
{{- $words := .words }}
{{- $service := $root.Values.services.api }}
environment: {{ $root.Values.environment }}
grace: {{ $service.terminationGracePeriodSeconds | int }}
word: {{ $word | quote }}
words:
  {{- toYaml $words | nindent 2 }}
{{ end }}
`);
});

test('is called for each place, with other arguments', () => {
  const template = templateWith(...USES);
  const texts = template.uses.map((use) => expressionOf(template.json(use.given)));
  expect(texts.map((text) => text.print(scope))).toEqual([
    'include "medical-kg.jsonFile" (list . (include "medical-kg.test.part" (dict "root" . "word" "x" "words" (list "a" "b")) | fromYaml))',
    'include "medical-kg.jsonFile" (list . (include "medical-kg.test.part" (dict "root" . "word" "on" "words" list) | fromYaml))',
  ]);
  expect(texts.map((text) => JSON.parse(text.evaluate(scopeOf('prod')) as string) as unknown)).toEqual([
    expect.objectContaining({ word: 'x', words: ['a', 'b'], environment: 'prod' }),
    expect.objectContaining({ word: 'on', words: [], environment: 'prod' }),
  ]);
});

test('is taken out of one place alone', () => {
  expect(() => templateWith(...USES).extractFrom({})).toThrow('test.part can be taken from one place alone');
});

test('is called with the same parameters everywhere', () => {
  expect(() => templateWith({ word: 'x', words: [] }, { words: [] })).toThrow(
    'test.part is called with different parameters',
  );
});
