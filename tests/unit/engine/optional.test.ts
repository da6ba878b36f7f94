import {
  and,
  equals,
  evaluate,
  expressionOf,
  given,
  greaterThan,
  local,
  lookupIn,
  nonEmpty,
  or,
  orElse,
  override,
  literal,
  present,
  printLocals,
  printYaml,
  spread,
  spreadMap,
  text,
  when,
  type Json,
  type JsonObject,
  type Node,
  type NodeMap,
  type Value,
} from '../../../lib/engine/renderers';
import { evaluated, printed, printScope, scopeWith, values } from './support';

const node = (value: Value<unknown>): Node => expressionOf(value);
const { backup } = values;
const BACKUP: JsonObject = { bucket: 'b', labels: { a: '1' }, 'dashed-key': 'd' };

/** What a template and TypeScript make of a tree. */
function made(tree: Node, overrides: JsonObject = {}): { template: string; object: Json | undefined } {
  return {
    template: printYaml(tree, printScope()).join('\n'),
    object: evaluate(tree, scopeWith(overrides)),
  };
}

type Row = readonly [
  what: string,
  value: Value<unknown>,
  template: string,
  absent: Json | undefined,
  there: Json | undefined,
];

describe('a member of an optional map is as absent as the map', () => {
  test.each<Row>([
    [
      'a text or another',
      orElse(backup.bucket, 'none'),
      '(.Values.backup | default dict).bucket | default "none"',
      'none',
      'b',
    ],
    [
      'a key that is no identifier',
      orElse(backup['dashed-key'], 'none'),
      '(index (.Values.backup | default dict) "dashed-key") | default "none"',
      'none',
      'd',
    ],
    ['whether the map is given', present(backup), 'hasKey .Values "backup"', false, true],
    [
      'whether a member is given',
      present(backup.retention),
      'hasKey (.Values.backup | default dict) "retention"',
      false,
      false,
    ],
    [
      'whether a member of a member is given',
      present(backup.retention.note),
      'hasKey ((.Values.backup | default dict).retention | default dict) "note"',
      false,
      false,
    ],
    [
      'a number or another',
      override(backup.retention.days, literal(7)),
      'ternary ((.Values.backup | default dict).retention | default dict).days 7 (hasKey ((.Values.backup | default dict).retention | default dict) "days")',
      7,
      7,
    ],
    [
      'whether it holds anything',
      nonEmpty(backup.labels),
      '(.Values.backup | default dict).labels',
      false,
      true,
    ],
  ])('%s', (_what, value, template, absent, there) => {
    expect(printed(value)).toBe(template);
    expect(evaluated(value)).toBe(absent);
    expect(evaluated(value, { backup: null })).toBe(absent);
    expect(evaluated(value, { backup: BACKUP })).toBe(there);
  });

  test('behind the name of a file for a part of the values', () => {
    const scope = printScope('.', [{ name: '$backup', path: ['backup'] }]);
    expect(expressionOf(orElse(backup.bucket, 'x')).print(scope)).toBe(
      '($backup | default dict).bucket | default "x"',
    );
  });
});

describe('what is given', () => {
  test('has members where a condition asked for it', () => {
    const tree = { bucket: when(present(backup), node(text`s3://${given(backup).bucket}`)) };
    expect(made(tree)).toEqual({
      template:
        '{{- if hasKey .Values "backup" }}\nbucket: {{ printf "s3://%s" .Values.backup.bucket | quote }}\n{{- end }}',
      object: undefined,
    });
    expect(made(tree, { backup: BACKUP }).object).toEqual({ bucket: 's3://b' });
  });

  test('is there deep inside of the condition, in loops too', () => {
    const tree: Node = {
      a: when(present(backup.retention), { b: [{ days: node(given(backup.retention).days) }] }),
      c: when(nonEmpty(backup.labels), { d: 1, ...(spreadMap(given(backup.labels)) as unknown as NodeMap) }),
    };
    expect(made(tree).template).toContain('- days: {{ .Values.backup.retention.days | int }}');
    expect(made(tree, { backup: { ...BACKUP, retention: { days: 3 } } }).object).toEqual({
      a: { b: [{ days: 3 }] },
      c: { a: '1', d: 1 },
    });
  });

  test('is there behind the condition in an and', () => {
    const condition = and(present(values.maybe), greaterThan(given(values.maybe), 3));
    expect(printed(condition)).toBe('and (hasKey .Values "maybe") (gt (int .Values.maybe) 3)');
    expect(
      [3, 4, undefined].map((maybe) => evaluated(condition, maybe === undefined ? {} : { maybe })),
    ).toEqual([false, true, false]);
  });

  test('is there in a local of neither', () => {
    const scope = printScope();
    const named = local('bucket', text`${given(backup).bucket}`);
    printYaml({ a: when(present(backup), node(named)) }, scope);
    // It is defined at the top, outside of the condition.
    expect(() => printLocals(scope.locals, printScope())).toThrow('given(Values.backup)');
  });

  test.each<[string, Node]>([
    ['without any condition', { a: node(text`${given(backup).bucket}`) }],
    ['under another condition', { a: when(values.on, node(given(values.maybe))) }],
    ['under one of two', { a: when(or(values.on, present(backup)), node(given(backup).bucket)) }],
    ['deeper than was asked', { a: when(present(backup), node(given(backup.retention).days)) }],
    ['before it was asked', { a: when(and(equals(given(values.maybe), 3), present(values.maybe)), 1) }],
    ['of a row', { a: node(given(lookupIn(values.rows, values.name, 'row').size)) }],
  ])('throws %s', (_what, tree) => {
    expect(() => made(tree).template).toThrow(/^given\(.*\): nothing around it asks whether it is there/);
  });

  test('throws in TypeScript too, where it is absent', () => {
    expect(() => evaluated(given(backup).bucket)).toThrow('given(Values.backup): nothing around it asks');
  });
});

test('a null counts as absent, also where the schema lets it through', () => {
  expect(printed(present(values.nullable))).toBe('not (kindIs "invalid" .Values.nullable)');
  expect(printed(present(values.maybe))).toBe('hasKey .Values "maybe"');
  expect(evaluated(present(values.nullable), { nullable: null })).toBe(false);
  expect(evaluated(present(values.nullable), { nullable: '' })).toBe(true);
});

test('a list that may be absent is spread where it is given', () => {
  expect(made({ a: [spread(values.maybeList)] }).object).toBeUndefined();
});

test('a row has no members of members', () => {
  const row = lookupIn(values.rows, values.name, 'row');
  expect(() => (row.size as unknown as Record<string, unknown>)['more']).toThrow(
    '$row.size.more: a row that is not there',
  );
});
