import {
  brokenRules,
  documentedValues,
  evaluationScope,
  finalValues,
  jsonSchemaOf,
  membersOf,
  movedAt,
  parseValuesText,
  printRules,
  printValueTables,
  schemaAt,
  schemaProblems,
  type Problem,
} from '../../../lib/engine/renderers';
import { isJsonObject } from '../../../lib/engine';
import { ACCEPTED, MOVED, movedChart, REFUSED } from '../../support/moved-chart';

/** An old key is let through by the schema, refused by a rule, and in no list of what there is. */

const chart = movedChart();
const { catalogue } = chart;

function problemsOf(text: string): Pick<Problem, 'path' | 'sentence'>[] {
  const values = finalValues(catalogue, parseValuesText(text, 'values.yaml').overrides);
  const scope = evaluationScope(chart.facts, values, { name: 'r', namespace: 'n' });
  return [
    ...schemaProblems(catalogue, values).map(({ path, sentence }) => ({ path, sentence })),
    ...brokenRules(chart, scope).map(({ path, sentence }) => ({ path, sentence })),
  ];
}

test.each(REFUSED)('%s is refused with where it is now', (text, path, sentence) => {
  expect(problemsOf(text)).toEqual([{ path, sentence }]);
});

test.each(ACCEPTED)('%s is fine', (text) => {
  expect(problemsOf(text)).toEqual([]);
});

test('every row is seen to refuse', () => {
  const seen = REFUSED.map(([, path]) => movedAt(MOVED, path.split('.')));
  expect(new Set(seen)).toEqual(new Set(MOVED));
});

test('a key beside it is unknown as ever', () => {
  expect(problemsOf('cache: { entrys: 1 }')).toEqual([
    { path: 'cache.entrys', sentence: 'no such value; known here: size, limits' },
  ]);
});

test('the schema lets it through without a type, for programs, and offers it to nobody', () => {
  const old = { description: expect.stringMatching(/^has moved to/) as string, doNotSuggest: true };
  expect(jsonSchemaOf(catalogue)).toMatchObject({
    properties: {
      title: old,
      cache: { properties: { entries: old } },
      labels: { properties: { tier: old } },
    },
    definitions: {
      service: { properties: { tag: old, image: { properties: { version: old } } } },
      pool: { properties: { nodes: old } },
    },
  });
  expect(countOf(jsonSchemaOf(catalogue))).toBe(MOVED.length);
});

/** How many members of a schema are not suggested. */
function countOf(part: unknown): number {
  if (Array.isArray(part)) return part.reduce<number>((sum, item) => sum + countOf(item), 0);
  if (!isJsonObject(part)) return 0;
  const own = Object.hasOwn(part, 'doNotSuggest') ? 1 : 0;
  return own + countOf(Object.values(part));
}

test('values.yaml, the README and the lists of members have none', () => {
  const before = movedChart([]);
  expect(documentedValues(catalogue)).toBe(documentedValues(before.catalogue));
  expect(printValueTables(catalogue)).toBe(printValueTables(before.catalogue));
  expect(schemaAt(catalogue.schema, ['cache', 'entries'])).toBeUndefined();
  expect(Object.keys(membersOf(catalogue.schema))).toEqual(Object.keys(membersOf(before.catalogue.schema)));
});

test('each level may be missing in the template', () => {
  const rules = printRules(chart);
  expect(rules).toContain(
    '{{- if not (kindIs "invalid" ((.Values.cache | default dict).limits | default dict).most) }}',
  );
  expect(rules).toContain(
    '{{- range $key, $entry := .Values.services }}\n{{- if not (kindIs "invalid" ($entry | default dict).tag) }}',
  );
});

describe('a row is refused at once where', () => {
  const refused = (from: string, to = 'name'): (() => unknown) => {
    return () => jsonSchemaOf(movedChart([{ from, to, sentence: 'x' }]).catalogue);
  };

  test.each([
    ['the value is still there', refused('cache.size'), /cache\.size has moved, but is a value still/],
    [
      'the new one is not there',
      refused('old', 'cache.sice'),
      /old has moved to cache\.sice, but there is no such value/,
    ],
    ['no map is left', refused('gone.old'), /gone\.old has moved, but no map is left there/],
    ['the map is a text', refused('name.old'), /name\.old has moved, but no map is left there/],
    ['others have its shape', refused('services.api.old'), /services\.worker\.old has the same shape/],
    ['other names may have its shape', refused('pools.small.old'), /pools\.\*\.old has the same shape/],
    ['it names too much', refused('services.*.*.old'), /one \* at most/],
    ['it names a whole map', refused('services.*'), /one \* at most/],
  ])('%s', (_what, define, message) => {
    expect(define).toThrow(message);
  });
});
