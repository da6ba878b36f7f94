import { readPyYaml } from '../../../lib/config/pyyaml';
import { type EvaluationScope, type JsonObject, TextFile, literal, sum } from '../../../lib/engine';
import { Reference, expressionOf, valueOf } from '../../../lib/engine/renderers';

function scopeOf(values: JsonObject): EvaluationScope {
  return {
    values,
    release: { name: 'r', namespace: 'ns' },
    chart: { name: 'c', version: '1.0.0', appVersion: '1.0.0' },
    variables: {},
  };
}

const file = new TextFile({
  zulu: valueOf(new Reference('Values', ['text'], 'string')),
  alpha: valueOf(new Reference('Values', ['count'], 'integer')),
  share: valueOf(new Reference('Values', ['share'], 'number')),
  flag: valueOf(new Reference('Values', ['flag'], 'boolean')),
  word: valueOf(new Reference('Values', ['word'], 'word')),
  list: valueOf(new Reference('Values', ['list'], 'list')),
  fixed: { braces: 'a {{ b }}', rate: 0.5, items: ['on', 'plain'] },
});

const values = { text: 'é <b>&\u2028', count: -0, share: 0.001, flag: false, word: 'info', list: ['a', '<'] };

test('as a template: keys in our order, a filter by type, braces of its own protected', () => {
  expect(file.template().print('medical-kg')).toBe(
    [
      'zulu: {{ .Values.text | toRawJson }}',
      'alpha: {{ .Values.count | int }}',
      'share: {{ .Values.share | toRawJson }}',
      'flag: {{ .Values.flag }}',
      'word: {{ .Values.word }}',
      'list: {{ .Values.list | toRawJson }}',
      'fixed:',
      '  braces: "a {{ "{{" }} b }}"',
      '  rate: 0.5',
      '  items:',
      '    - "on"',
      '    - plain',
    ].join('\n'),
  );
});

test('as text: the bytes that Go prints', () => {
  expect(file.text(scopeOf(values))).toBe(
    [
      'zulu: "é <b>&\\u2028"',
      'alpha: 0',
      'share: 0.001',
      'flag: false',
      'word: info',
      'list: ["a","<"]',
      'fixed:',
      '  braces: "a {{ b }}"',
      '  rate: 0.5',
      '  items:',
      '    - "on"',
      '    - plain',
    ].join('\n'),
  );
});

test('PyYAML reads the text as what was meant', () => {
  expect(readPyYaml(file.text(scopeOf(values)), 'config.yaml').value).toMatchObject({
    zulu: 'é <b>&\u2028',
    share: 0.001,
    list: ['a', '<'],
    fixed: { items: ['on', 'plain'] },
  });
});

test.each([
  [[0.1, 0.2], 0.3],
  [[0.33, 0.33, 0.33], 0.99],
  [[1, 0, -0], 1],
  [[0.001, 0.0010000000000000002], 0.0020000000000000002],
  [[-0.5, 0.25], -0.25],
])('the sum of %j is the decimal one, %d', (summands, total) => {
  expect(expressionOf(sum(...summands.map((summand) => literal(summand)))).evaluate(scopeOf({}))).toBe(total);
});
