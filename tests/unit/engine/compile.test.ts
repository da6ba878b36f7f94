/* eslint-disable @typescript-eslint/restrict-plus-operands, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unnecessary-condition, @typescript-eslint/no-unnecessary-type-assertion, @typescript-eslint/no-meaningless-void-operator, @typescript-eslint/no-unnecessary-template-expression -- the mistakes that are refused here */
import {
  KubeDeployment,
  type Container,
  type KubeDeploymentProps,
  type KubePodProps,
} from 'cdk8s-plus-28/lib/imports/k8s';
import {
  type Condition,
  type Helper,
  type Item,
  type Value,
  and,
  body,
  choose,
  equals,
  given,
  greaterThan,
  include,
  lookupIn,
  nonEmpty,
  override,
  spread,
  templated,
  eachOf,
  lengthOf,
  spreadEach,
  times,
  upper,
  text,
  theirsOr,
  when,
} from '../../../lib/engine';
import { values as chart } from '../../../lib/charts/values';
import { values } from './support';

/**
 * What must not compile. `tsc --noEmit` checks this file: a line below `@ts-expect-error` that compiles after all is
 * an error itself. Nothing here runs, but for the last tests, of what TypeScript cannot refuse.
 */
export function mustNotCompile(): unknown[] {
  const { size, name, on, items, labels, maybe, backup } = values;
  const greeting: Helper<1> = {
    name: 'greeting',
    doc: '',
    yields: 'string',
    takes: 1,
    template: body``,
    evaluate: (_scope, who) => `Hello ${JSON.stringify(who)}`,
    reads: [],
  };
  const selector = { matchLabels: {} };
  const template = { spec: { containers: [] } };
  const deployment = (spec: Parameters<typeof templated<KubeDeploymentProps>>[0]['spec']): unknown =>
    templated<KubeDeploymentProps>({ spec });
  const pod = (spec: Parameters<typeof templated<KubePodProps>>[0]['spec']): unknown =>
    templated<KubePodProps>({ spec });
  const entries = <V>(value: V): Record<string, V> =>
    spreadEach(eachOf(items, 'item', (item) => ({ key: item, value })));
  const container = (props: Item<Container>): Item<Container> => props;

  return [
    // @ts-expect-error: a text where a number belongs
    deployment({ replicas: name, selector, template }),
    // @ts-expect-error: a condition where a number belongs
    deployment({ replicas: on, selector, template }),
    // @ts-expect-error: a constant of the wrong type
    deployment({ replicas: '3', selector, template }),
    // @ts-expect-error: a text under a condition, where a number belongs
    deployment({ replicas: when(on, name), selector, template }),
    // @ts-expect-error: a field that a Deployment does not have
    deployment({ replica: size, selector, template }),
    // @ts-expect-error: a required field that may be missing
    deployment({ selector: when(on, selector), template }),
    // @ts-expect-error: a required field that is missing
    deployment({ template }),
    // @ts-expect-error: a required list that may be missing
    pod({ containers: when(on, []) }),
    // @ts-expect-error: an item of the wrong type
    container({ name: 'c', args: [size] }),
    // @ts-expect-error: an item of the wrong type under a condition
    container({ name: 'c', args: [when(on, 1)] }),
    // @ts-expect-error: a list of the wrong type
    container({ name: 'c', command: labels }),
    // @ts-expect-error: an entry of the wrong type under a condition
    templated<KubeDeploymentProps>({ metadata: { labels: { tier: when(on, size) } } }),
    // @ts-expect-error: a container without a name
    container({ image: name }),
    // @ts-expect-error: a constant of the wrong type, deep inside
    pod({ containers: [{ name: 'c', ports: [{ containerPort: 'http' }] }] }),
    // @ts-expect-error: a structure of the wrong kind
    pod({ containers: [], securityContext: theirsOr(labels, { runAsUser: 'root' }) }),

    // @ts-expect-error: a value that the schema does not have
    values.naem,
    // @ts-expect-error: a value below one that has none
    values.size.more,
    // @ts-expect-error: a service that is not there
    chart.services.nobody,
    // @ts-expect-error: a member that a service does not have
    chart.services.api.gpu,
    // @ts-expect-error: a member of another kind of service
    chart.services.mineru.modelCache,
    // @ts-expect-error: a row without such a member
    lookupIn(values.rows, name, 'row').height,

    // @ts-expect-error: arithmetic
    size + 1,
    // @ts-expect-error: arithmetic
    size * 2,
    // @ts-expect-error: a comparison
    size > 3,
    // @ts-expect-error: a comparison that is never true
    name === 'x',
    // @ts-expect-error: a method of a list
    items.map((item: unknown) => item),
    // @ts-expect-error: a list of a value is no list
    [...items],
    // @ts-expect-error: a value is not called
    name(),

    // @ts-expect-error: a comparison of a text with a number
    equals(name, 3),
    // @ts-expect-error: a comparison with a word that it can never be
    equals(values.mode, 'four'),
    // @ts-expect-error: greater than is not asked of conditions
    greaterThan(on, true),
    // @ts-expect-error: a text is no condition
    when(name, 1),
    // @ts-expect-error: a plain boolean is no condition: it would be decided before there is a release
    when(true, 1),
    // @ts-expect-error: a list is no condition
    and(on, items),
    // @ts-expect-error: a number is never empty
    nonEmpty(size),
    // @ts-expect-error: two types in one choice
    choose(on, name, size),
    // @ts-expect-error: another type in the place of an absent value
    override(maybe, name),
    // @ts-expect-error: one of a map and a list
    choose(on, labels, items),
    // @ts-expect-error: whole maps by condition, where a list belongs
    container({ name: 'c', args: choose(on, labels, labels) }),
    // @ts-expect-error: arithmetic of a text
    times(name, 2),
    // @ts-expect-error: the length of a number
    lengthOf(size),
    // @ts-expect-error: capitals of a number
    upper(size),
    // @ts-expect-error: an index where a text belongs
    container({ name: 'c', args: [eachOf(items, ['item', 'i'], (_item, i) => i)] }),
    // @ts-expect-error: an item of the wrong type behind a filter
    container({ name: 'c', args: [eachOf(items, 'item', (item) => when(nonEmpty(item), size))] }),
    // @ts-expect-error: one of several items of the wrong type
    container({ name: 'c', args: [eachOf(items, 'item', (item) => [item, size])] }),
    // @ts-expect-error: entries of the wrong type
    templated<KubeDeploymentProps>({ metadata: { labels: entries(size) } }),
    // @ts-expect-error: a key that is a number
    spreadEach(eachOf(items, ['item', 'i'], (item, i) => ({ key: i, value: item }))),
    // @ts-expect-error: a member of what may be absent is no text
    text`${backup.bucket}`,
    // @ts-expect-error: nor has it a value to compare
    equals(backup.bucket, 'x'),
    // @ts-expect-error: nor does it fill a field that must be there
    container({ name: backup.bucket }),
    // @ts-expect-error: nor is the member of such a member one
    greaterThan(backup.retention.days, 3),
    // @ts-expect-error: what is given may have members that are not
    text`${given(backup).retention.note}`,
    // @ts-expect-error: a helper without the argument that it takes
    include(greeting),
    // @ts-expect-error: a helper with one more
    include(greeting, name, name),
    // @ts-expect-error: a map is no text
    text`${labels}`,
    // @ts-expect-error: a map is no list
    spread(labels),
    // @ts-expect-error: a value of one type is none of another
    size as Value<number> satisfies Value<string>,
  ];
}

export function mustNotDecide(): void {
  const { on, name } = values;
  const enabled: Condition = equals(name, 'x');
  // @ts-expect-error: decided before there is a release (TS2774)
  if (on) void 0;
  // @ts-expect-error: the same of a condition
  if (enabled) void 0;
  // @ts-expect-error: the same in an expression
  void (on ? 1 : 2);
  // @ts-expect-error: the same by &&
  void (on && 1);
}

/** What compiles: a value of the type, a condition, or both, wherever the API takes one. */
export function mustCompile(): unknown {
  const { size, name, on, items, labels } = values;
  return templated<KubeDeploymentProps>({
    metadata: {
      name,
      labels: choose(on, labels, values.otherLabels),
      annotations: {
        tier: when(on, name),
        team: 'search',
        ...spreadEach(
          eachOf(items, 'item', (item) => when(nonEmpty(item), { key: item, value: when(on, 'x') })),
        ),
      },
    },
    spec: {
      replicas: when(on, size),
      selector: { matchLabels: labels },
      template: {
        spec: {
          containers: [
            when(on, {
              name,
              args: [
                ...['x', name, when(on, name), spread(items)],
                eachOf(items, ['item', 'i'], (item, i) => [text`${i}`, when(nonEmpty(item), item)]),
              ],
              // Quantities and ports take numbers and texts, symbolic or not.
              resources: { limits: { cpu: size, memory: name } },
              livenessProbe: { httpGet: { port: size, path: name } },
              readinessProbe: { httpGet: { port: name } },
            }),
          ],
        },
      },
    },
  });
}

test('what compiles makes an object', () => {
  expect(typeof mustCompile()).toBe('object');
  expect(KubeDeployment.GVK.kind).toBe('Deployment');
});

describe('what TypeScript cannot refuse is refused when it runs', () => {
  const { name } = values;

  test.each<[string, () => unknown]>([
    ['a template string', () => `${name as unknown as string}`],
    ['+ with a text', () => 'x' + (name as never)],
    ['String()', () => String(name)],
    ['a list that is joined', () => [name].join()],
    ['a key of a map', () => ({ [name as never]: 1 })],
  ])('%s', (_what, use) => {
    expect(use).toThrow('has no text yet');
  });

  test('a member that functions have, and values have not', () => {
    expect(() => name.length).toThrow('.Values.name is symbolic, and has no length to ask for');
  });
});
