import { load } from 'js-yaml';
import { parse } from 'yaml';
import { fitsBlock, yamlString } from '../../../lib/engine/template/yaml-text';

/** Words and numbers of YAML 1.1 and 1.2, and whatever else plain text must not be taken for. */
const TEXTS = [
  ...[
    '',
    ' ',
    'a',
    'a b',
    'a  b',
    ' a',
    'a ',
    '-',
    '--',
    '---',
    '...',
    '-a',
    '- a',
    '--flag=x',
    '?',
    '? a',
    ':',
    'a:',
    'a: b',
    'a :b',
    ':a',
    'a:b',
    'http://x:80/y?z=1',
  ],
  ...[
    'y',
    'Y',
    'yes',
    'Yes',
    'YES',
    'n',
    'no',
    'No',
    'on',
    'ON',
    'off',
    'true',
    'True',
    'false',
    'null',
    'Null',
    '~',
    'NaN',
    '.nan',
    '.inf',
    '-.Inf',
    'inf',
  ],
  ...[
    '0',
    '1',
    '-1',
    '+1',
    '01',
    '0o7',
    '0x1F',
    '0b1',
    '1_000',
    '1:30',
    '1.5',
    '.5',
    '1.',
    '1e3',
    '1e-7',
    '1.0.0',
    '2026-11-24',
    '2026-11-24T00:00:00Z',
    '100m',
    '1Gi',
    '12345678901234567890',
  ],
  ...[
    '<<',
    '=',
    '!tag',
    '&anchor',
    '*alias',
    '|',
    '>',
    '@a',
    '`a',
    '%a',
    '#a',
    'a #b',
    'a#b',
    '[a]',
    '{a}',
    'a,b',
    'a]',
    '"',
    "'",
    '"a"',
    "it's",
    `both ' and "`,
    '{{ a }}',
  ],
  ...[
    '\n',
    'a\nb',
    'a\nb\n',
    '\ta',
    'a\tb',
    '\u0000',
    '\u0007',
    '\u001b',
    '\u007f',
    '\u0085',
    '\u00a0',
    '\u2028',
    '\u2029',
    '\ufeff',
    '\ufffe',
    '\uffff',
    'ü',
    '日本',
    '😀',
    '\\',
    'a\\nb',
  ],
];

test.each(TEXTS.map((text) => [text]))('%j is the same text to every YAML', (text) => {
  const scalar = yamlString(text);
  const document = `key: ${scalar}\n`;
  expect(scalar).not.toContain('\n');
  expect(parse(document, { version: '1.1' })).toEqual({ key: text });
  expect(parse(document, { version: '1.2' })).toEqual({ key: text });
  expect(load(document)).toEqual({ key: text });
  expect(load(`- ${scalar}\n`)).toEqual([text]);
});

test.each([
  ['api', 'api'],
  ['/v1/health', '/v1/health'],
  ['500m', '500m'],
  ['--port=8000', '--port=8000'],
  ['app.kubernetes.io/name', 'app.kubernetes.io/name'],
  ['{"a":1}', `'{"a":1}'`],
  ['true', '"true"'],
  ['8080', '"8080"'],
])('%s is written as a person would: %s', (text, scalar) => {
  expect(yamlString(text)).toBe(scalar);
});

test.each([
  ['a', false],
  ['a\nb', true],
  ['a\nb\n', true],
  ['a\n\nb\n', true],
  [' a\nb', false],
  ['a \nb', false],
  ['a\nb\n\n', false],
  ['a\n\u0007', false],
])('%j fits a literal block: %s', (text, fits) => {
  expect(fitsBlock(text)).toBe(fits);
});
