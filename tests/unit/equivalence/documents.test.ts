/** The random documents of the proof: that they say what they are meant to say. */
import { defaultValues, rules, rulesOfEachService } from '../../../lib/umbrella';
import { platformScope } from '../../../lib/render';
import type { Json, JsonObject } from '../../../lib/engine';
import { coalesce, brokenRules } from '../../../lib/engine/renderers';
import { deliver, Documents, treeOf, type Draft } from '../../equivalence/documents';
import { printJson } from '../../equivalence/documents/deliver';
import { platform } from '../../equivalence/platform';
import { contradictions } from '../../equivalence/platform/contradictions';
import { readTexts, valuesOf } from '../../equivalence/proof/input';
import { pathsIn } from '../../equivalence/proof/judge';
import { validValues } from './validator';

const documents = new Documents(platform);
const RELEASE = { name: 'r', namespace: 'one' };
const DEFAULTS = JSON.parse(JSON.stringify(defaultValues())) as JsonObject;

function brokenBy(overrides: (typeof contradictions)[number]): string[] {
  const values = coalesce(DEFAULTS, treeOf(overrides));
  expect(validValues(values)).toBe(true);
  return brokenRules(platform.description, platformScope(values, RELEASE)).map(
    ({ path, sentence }) => `${path.replace(/^services\.\w+/, 'services.*')} ${sentence}`,
  );
}

test('every contradiction breaks a rule', () => {
  expect(contradictions.filter((overrides) => brokenBy(overrides).length === 0)).toEqual([]);
});

test('every rule is broken by a contradiction', () => {
  const broken = contradictions.flatMap(brokenBy);
  const all = [
    ...rules.map(({ path, sentence }) => `${path.replace(/^services\.\w+/, 'services.*')} ${sentence}`),
    ...rulesOfEachService.map(({ path, sentence }) => `services.*.${path} ${sentence}`),
  ];
  // What breaks it may follow.
  expect(all.filter((rule) => !broken.some((told) => told.startsWith(rule)))).toEqual([]);
});

describe('delivery', () => {
  const entry = (
    path: string[],
    value: Json,
    way: Draft['entries'][number]['way'] = 'file',
  ): Draft['entries'][number] => ({ path, value, way });
  const draft = (...entries: Draft['entries']): Draft => ({
    release: RELEASE,
    entries,
    style: 'json',
    joined: false,
  });

  test('a value is the same by a file, by --set and by --set-string, where it can be written so', () => {
    const value = { 'a.b': 'x,y', 'c=d': '{z}', e: ['1', 'true', '', 'null'], '[0]': 'a\\b', n: 5, t: true };
    const trees = (['file', 'set', 'set-string'] as const).map((way) =>
      readTexts(deliver(draft(entry(['k'], value, way)))),
    );
    expect(trees).toEqual([{ k: value }, { k: value }, { k: value }]);
  });

  test('what a flag cannot say goes into a file', () => {
    const delivered = deliver(draft(entry(['k'], { empty: [] }, 'set'), entry(['n'], 0.5, 'set')));
    expect(delivered.set).toEqual([]);
    expect(readTexts(delivered)).toEqual({ k: { empty: [] }, n: 0.5 });
  });

  test('layers become files in their order, and flags come last', () => {
    const delivered = deliver(
      draft(
        entry(['a'], 1, 'set'),
        entry(['a'], 2, 'third file'),
        entry(['a'], 3),
        entry(['b'], 4, 'second file'),
      ),
    );
    expect(delivered.files).toHaveLength(3);
    expect(readTexts(delivered)).toEqual({ a: 1, b: 4 });
  });

  test('JSON keeps everything that YAML would take for something else', () => {
    const value = {
      t: ['\u2028', '\ufeff', 'on', '1e3', '{{ x }}'],
      z: -0,
      f: 1e21,
      k: { 'a: b': null },
    };
    expect(readTexts({ files: [printJson(value)], set: [], setString: [] })).toEqual(value);
  });
});

test('the same seed gives the same documents, another seed gives others', () => {
  expect(documents.drafts(5, 1)).toEqual(documents.drafts(5, 1));
  expect(documents.drafts(5, 1)).not.toEqual(documents.drafts(5, 2));
});

test('most documents are accepted by the schema, and some are not', () => {
  const accepted = documents.drafts(200, 3).filter((draft) => {
    try {
      return validValues(valuesOf(platform.description, deliver(draft)));
    } catch {
      return false;
    }
  });
  expect(accepted.length).toBeGreaterThan(150);
  expect(accepted.length).toBeLessThan(200);
});

test('paths are found in the messages of Helm', () => {
  const message =
    "values don't meet the specifications of the schema(s) in the following chart(s):\nmedical-kg:\n- at '/services/api': additional properties 'x' not allowed\n- at '/it\\'s': got number, want string\n";
  expect(pathsIn(message)).toEqual(['/services/api', "/it's"]);
});
