import { mutation, shown, type Mutation } from './mutation';

const PRINT = 'lib/engine/template/print.ts';
const LOGIC = 'lib/engine/template/expressions/logic.ts';
const OPTIONAL = 'lib/engine/template/expressions/optional.ts';
const TEXT = 'lib/engine/template/expressions/text.ts';
const JSON_TEXT = 'lib/engine/template/json.ts';
const YAML_TEXT = 'lib/engine/template/yaml-text.ts';
const PROMPT = 'config.extraction.pico.prompt';

/** Numbers and comparisons. */
const numbers: readonly Mutation[] = [
  mutation('gt without int', LOGIC, 'return `(${numeric} ${printed})`;', 'return printed;', shown()),
  mutation(
    'a fraction compared with an integer',
    LOGIC,
    "expression instanceof Literal && (numeric === 'int' || expression.type === 'number')",
    'expression instanceof Literal',
    'trees',
  ),
  mutation(
    'a number printed raw inside of a text: 1e+06',
    PRINT,
    'return `${printed} | int`;',
    'return printed;',
    shown({ 'services.qwenEmbedVllm.profiles.a100.maxModelLen': 1048576 }),
  ),
  mutation(
    '%d of a number of a file',
    TEXT,
    '`(int ${expression.operand(scope)})`',
    'expression.operand(scope)',
    'trees',
  ),
  mutation('a percent sign in a format', TEXT, "string.replaceAll('%', '%%')", 'string', 'trees'),
  mutation(
    'negative zero',
    JSON_TEXT,
    "Object.is(value, -0) ? '-0' : JSON.stringify(value)",
    'JSON.stringify(value)',
    shown({ 'config.extraction.pico.temperature': -0 }),
  ),
  mutation(
    'an integer of a text taken for a word',
    PRINT,
    "part.type === 'integer' ? '0' : 'x'",
    "'x'",
    'trees',
  ),
];

/** Strings and the characters in them. */
const strings: readonly Mutation[] = [
  mutation(
    'an unquoted string',
    PRINT,
    'return `${printed} | quote`;',
    'return printed;',
    shown({ 'secrets.existingSecret': 'on' }),
  ),
  mutation(
    'a choice takes the type of its first side',
    LOGIC,
    'this.type = commonType(yes.type, no.type);',
    'this.type = yes.type;',
    shown({ 'secrets.existingSecret': '1' }),
  ),
  mutation(
    'toJson escapes <>&',
    'lib/engine/template/text-style.ts',
    "string: ' | toRawJson'",
    "string: ' | toJson'",
    shown({ [PROMPT]: 'a <b> & c' }),
  ),
  mutation(
    'U+2028 raw in JSON',
    JSON_TEXT,
    ".replace(/\\u2028/g, '\\\\u2028')",
    '',
    shown({ [PROMPT]: 'a\u2028b' }),
  ),
  mutation('YAML words unquoted', YAML_TEXT, '&& !WORDS.test(text)', '', 'trees'),
  mutation(
    'control characters and line breaks of YAML 1.1 raw',
    YAML_TEXT,
    '/[\\u007f-\\u009f\\u2028\\u2029\\ufeff\\ufffe\\uffff]/g',
    '/[\\u2028\\u2029\\ufeff]/g',
    'trees',
  ),
  mutation('a block of text that loses its end', YAML_TEXT, '|\\n\\n$|', '|', 'trees'),
  mutation('{{ not escaped', PRINT, "return text.replaceAll('{{', '{{ \"{{\" }}');", 'return text;', 'trees'),
  mutation(
    'a text with quotes inside of quotes',
    PRINT,
    '/^[\\x20-\\x26\\x28-\\x7e]*$/.test(part)',
    'true',
    'trees',
  ),
];

/** What is absent, zero, false or empty. */
const absence: readonly Mutation[] = [
  mutation(
    'default in place of hasKey: 0 is absent',
    OPTIONAL,
    'return `ternary ${this.override_.operand(scope)} ${this.fallback.operand(scope)} (${printIsThere(this.override_, scope)})`;',
    'return `${this.override_.operand(scope)} | default ${this.fallback.operand(scope)}`;',
    shown({ 'services.api.revisionHistoryLimit': 0 }),
  ),
  mutation(
    'default in place of hasKey: false is absent',
    OPTIONAL,
    'return `ternary ${this.override_.operand(scope)} ${this.fallback.operand(scope)} (${printIsThere(this.override_, scope)})`;',
    'return `${this.override_.operand(scope)} | default ${this.fallback.operand(scope)}`;',
    shown({ 'services.api.topologySpread': false }),
  ),
  mutation(
    'truth in place of hasKey',
    OPTIONAL,
    'return printIsThere(this.value, scope);',
    'return this.value.print(scope);',
    'trees',
  ),
  mutation('a truth that is no boolean', LOGIC, 'new Filled(condition.value)', 'condition', 'trees'),
  mutation(
    'null emitted for an empty part',
    PRINT,
    "return condition === 'always'\n    ? printField",
    'return condition !== undefined\n    ? printField',
    shown(),
  ),
  mutation(
    'a condition asked once, for its neighbour too',
    PRINT,
    'printed === previous && condition !== undefined',
    'condition !== undefined && previous !== undefined',
    shown({ 'secrets.rolloutToken': '', 'secrets.backend': 'vaultAgent' }),
  ),
];

/** Maps, lists and loops. */
const structure: readonly Mutation[] = [
  mutation(
    'a map merged with the wrong winner',
    'lib/charts/helpers/labels.ts',
    '{{- range rest . -}}',
    '{{- range reverse (rest .) -}}',
    shown({ 'defaults.labels': { team: 'x' }, 'services.api.labels': { team: 'y' } }),
  ),
  mutation(
    'a map merge that takes "" for absent',
    'lib/charts/helpers/labels.ts',
    '{{- $_ := set $merged $key $value -}}',
    '{{- if $value -}}{{- $_ := set $merged $key $value -}}{{- end -}}',
    shown({ 'services.api.podAnnotations': { team: '' } }),
  ),
  mutation(
    'a merged map that loses a line break at its end',
    'lib/charts/helpers/labels.ts',
    '{{- toRawJson $merged -}}',
    '{{- toYaml $merged -}}',
    shown({ 'services.api.annotations': { note: 'a\nb\n' } }),
  ),
  mutation(
    'lists joined in the wrong order',
    PRINT,
    'return inGroups(list, (item) => item, place)',
    'return inGroups(list.toReversed(), (item) => item, place)',
    shown({ 'defaults.tolerations': [{ key: 'a' }], 'services.api.tolerations': [{ key: 'b' }] }),
  ),
  mutation(
    '.Values inside of range',
    'lib/engine/template/loop-scope.ts',
    '...withAnotherDot(around), locals',
    '...around, locals',
    'trees',
  ),
  mutation(
    '.Values inside of with',
    PRINT,
    'print({ ...place, scope: withAnotherDot(place.scope), dot })',
    'print({ ...place, dot })',
    'trees',
  ),
  mutation(
    '$ taken for the root of a template with parameters',
    'lib/engine/template/value.ts',
    "return scope.root === '.' ? { ...scope, root: '$' } : scope;",
    "return { ...scope, root: '$' };",
    'trees',
  ),
  mutation(
    'the dot taken for the root of a template with parameters',
    'lib/engine/template/parameters.ts',
    "return names.length === 0 ? '.' : `$${ROOT}`;",
    "return '.';",
    'trees',
  ),
  mutation(
    'an argument that a template is not called with',
    'lib/engine/template/parameters.ts',
    'const entries = Object.entries(given);',
    'const entries = Object.entries(given).slice(1);',
    'trees',
  ),
  mutation(
    'the same key twice',
    PRINT,
    'return [pad(place, `${name}: ${place.style.scalar(dotted(node, place), place.scope)}`)];',
    'return [1, 2].map(() => pad(place, `${name}: ${place.style.scalar(dotted(node, place), place.scope)}`));',
    shown(),
  ),
  mutation(
    'nindent off by two',
    'lib/engine/template/value.ts',
    'nindent ${indent}',
    'nindent ${indent - 2}',
    shown(),
  ),
  mutation('keys of JSON unsorted', JSON_TEXT, '`{${sortedKeys(value)', '`{${Object.keys(value)', shown()),
  mutation('keys sorted by UTF-16 units', JSON_TEXT, '.sort(byCodePoint)', '.sort()', 'trees'),
  mutation(
    'a loop over a map without its order',
    'lib/engine/template/iterations.ts',
    'sortedKeys(collection)',
    'Object.keys(collection)',
    'trees',
  ),
];

const STRINGS = 'lib/engine/template/expressions/strings.ts';
const LENGTH = 'lib/engine/template/expressions/length.ts';
const LINES = 'lib/engine/template/lines.ts';

/** Functions, and what loops make. */
const functions: readonly Mutation[] = [
  mutation(
    'trunc cuts between bytes',
    STRINGS,
    '`regexFind "(?s)^.{0,${length}}"`',
    '`trunc ${length}`',
    'trees',
  ),
  mutation('a dot is no line feed', STRINGS, '(?s)^.', '^.', 'trees'),
  mutation(
    'capitals as JavaScript knows them',
    STRINGS,
    "'upper', upperCase",
    "'upper', (whole) => whole.toUpperCase()",
    'trees',
  ),
  mutation('white space as JavaScript knows it', STRINGS, "whole.replace(ENDS, '')", 'whole.trim()', 'trees'),
  mutation(
    'len counts bytes',
    LENGTH,
    '`len (splitList "" ${this.whole.stringOperand(scope)})`',
    '`len ${this.whole.stringOperand(scope)}`',
    'trees',
  ),
  mutation(
    'operands in the wrong order',
    'lib/engine/template/expressions/integers.ts',
    '${this.one.operand(scope)} ${this.other.operand(scope)}',
    '${this.other.operand(scope)} ${this.one.operand(scope)}',
    'trees',
  ),
  mutation(
    'a dot that is a line feed too',
    'lib/engine/template/expressions/pattern.ts',
    "'[^\\\\n]'",
    "'[^]'",
    'trees',
  ),
  mutation(
    'an index from 1',
    'lib/engine/template/iterations.ts',
    'round(index, entry)',
    'round(index + 1, entry)',
    'trees',
  ),
  mutation(
    'a key without a value, since all items are filtered out',
    'lib/engine/template/presence.ts',
    "inRound === 'always'",
    'inRound !== undefined',
    'trees',
  ),
  mutation('else left out', LINES, "'{{- else }}',", '', 'trees'),
  mutation(
    'a definition that leaves a line',
    LINES,
    "scope).join('')}",
    "scope).map((line) => `${line}\\n`).join('')}",
    'trees',
  ),
];

/** Broken printers. */
export const printerMutations: readonly Mutation[] = [
  ...numbers,
  ...strings,
  ...absence,
  ...structure,
  ...functions,
];
