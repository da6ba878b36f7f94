/** Texts that one of the many readers on the way could take for something else. */

/** Words and numbers of YAML 1.1 and 1.2. */
const YAML_WORDS = [
  ...['on', 'On', 'off', 'yes', 'no', 'NO', 'y', 'n', 'Y', 'true', 'True', 'false', '~', 'null', 'Null', 'NULL', '.nan', '.inf', '-.inf', 'nan', '<<', '='],
  ...['0', '-0', '1', '010', '08', '0o7', '0x1F', '0b1', '1_000', '1e3', '1E3', '.5', '5.', '+1', '-1', '1.0', '1:30', '190:20:30', '12e03', '1000000', '1e+06'],
  ...['2024-01-01', '2024-01-01T00:00:00Z', '9007199254740992', '9007199254740993', '123456789012345678901234567890'],
];

/** Characters with a meaning in YAML, JSON, Go templates or shells. */
const SYNTAX = [
  ...['{{ .Values.x }}', '{{- fail "x" }}', '{{', '}}', '{{/* c */}}', '{{ "{{" }}', '${VAR}', '$1', '%s', '%d%%', '%!s(int=5)', '`'],
  ...['<a> & "b"', '\\', '\\n', '\\"', '"', "'", '"quoted"', "it's", 'a: b', 'a:', ':', '- a', '-', '---', '...', '# c', 'a # c', '#'],
  ...['[a]', '{a}', '{a: b}', '[', ']', '{', '}', ',', 'a,b', '&a', '*a', '!a', '!!str 1', '|', '>', '|-', '? a', '@a', '%a', ' a', 'a ', '  ', '\ta'],
  ...['a=b', 'a.b', 'a[0]', '__proto__', 'constructor', 'a/b', '/', '//', '~1', '=~', 'sum(rate(x{y="z"}[5m])) > 0'],
];

/** Beyond ASCII. */
const UNICODE = ['é', 'e\u0301', '\u00a0', 'a\u00a0b', '\u2028', 'a\u2028b', '\u2029', '\ufeff', 'a\ufeffb', '\u200b', '\u202e', 'שלום', 'مرحبا', '日本語', '😀', '👩‍👩‍👧', '\u{10ffff}', '\ufffd', 'ß', 'İ', '\u{1d54f}'];

/**
 * What Helm's toYaml cannot hold: it yields nothing for a structure with such a character, and a space for U+0085.
 * Values with these are refused while reading.
 */
export const LOST = /[\u007f-\u009f\ufffe\uffff]/;

/** Several lines, and characters that only free text may hold. */
const LINES = ['a\nb', 'a\nb\n', '\n', '\n\n', 'a\n\nb', ' a\nb', 'a \nb', 'a\n  b\n', 'a\n{{ x }}\n', '\ta\n\tb', 'a\n# b', '- a\n- b\n', 'a: 1\nb: 2\n', 'a\r\nb', '\u0001', '\u001b'];

const LONG = ['a'.repeat(63), 'a'.repeat(64), 'b'.repeat(253), 'word '.repeat(40).trim(), 'x'.repeat(1000), `${'é'.repeat(100)} z`];

/** Some one will read each of them wrongly. */
export const ODD_TEXTS: readonly string[] = ['', 'a', 'plain', ...YAML_WORDS, ...SYNTAX, ...UNICODE, ...LINES, ...LONG];

/** Texts that are ordinary where a pattern asks for something special. */
export const ORDINARY_TEXTS: readonly string[] = [
  ...['a', 'b2', 'my-name', 'a.b-c', 'on', 'n', '1', '0', '1e3', '010', 'team/app', 'v1.2.3', 'latest', 'sha256', 'x_y'],
  ...['ghcr.io', 'registry.example.org:5000', 'registry.example.org/team', 'localhost:5000', 'https://example.org/v1', 'redis://10.0.0.1:6379/0', 's3://bucket/path', 'x://{{y}}', 'http://a/?q=<b>&c="d"'],
  ...['10.0.0.0/8', '0.0.0.0/0', '2001:db8::/32', '192.168.1.1/32', '::/0', '1:30/8'],
  ...['5', '1.5', '500m', '1Gi', '0.5', '100', '1e3', '2k', '0', '1000000', '12345678901234567890'.slice(0, 16)],
  ...['10s', '8s', '1m', '99m', '1h', '/v1', '/a/b', '/health', 'api.example.org', 'x.y.zz', `sha256:${'0'.repeat(64)}`, `sha256:${'0123456789abcdef'.repeat(4)}`, '0'.repeat(40), '1'.repeat(40), 'deadbeef'.repeat(5)],
  ...['arn:aws:acm:eu-central-1:123456789012:certificate/0a1b-2c3d', 'arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/name/0a1b', '0.9', '0.05', '0.900'],
];

/** Keys of free-form maps; not `<<`, which Helm's own YAML takes for a merge, however it is written. */
export const ODD_KEYS: readonly string[] = [
  ...['a', 'b', 'team', 'example.org/name', 'on', 'off', 'y', 'n', 'null', '~', 'true', '1', '1.5', '0x1', '010', '1e3', '.5', '=', '-', 'a b', 'a.b', 'a:b', 'a: b', '#a', '{{ x }}', '{{', '"', "'", '\\', '<&>'],
  ...['é', '😀', '\u2028', '\u00a0', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', '[0]', 'a[0]', 'a,b', 'a=b', '?', '@', 'K'.repeat(100), 'Z', 'aB', '\ufffd', '\u{10000}'],
];
