import { execFileSync } from 'node:child_process';
import { ApiObject, Chart } from 'cdk8s';
import {
  KubeDeployment,
  KubePod,
  type KubeDeploymentProps,
  type KubePodProps,
} from 'cdk8s-plus-28/lib/imports/k8s';
import {
  eachOf,
  nonEmpty,
  not,
  or,
  spread,
  symbolicApp,
  templated,
  text,
  when,
  type Condition,
  type Item,
} from '../../../lib/engine/renderers';
import { values } from './support';

const { on, off, ports, items, name } = values;

/** Captures an object, which is there only if the condition holds. */
function capturing(make: (chart: Chart) => ApiObject, condition?: Condition): () => unknown {
  const { app, symbolicValues } = symbolicApp();
  const object = make(new Chart(app, 'chart'));
  return () => symbolicValues.capture(object, condition);
}

function pod(containers: readonly Item<{ name: string }>[], condition?: Condition): () => unknown {
  return capturing(
    (chart) =>
      new KubePod(chart, 'pod', templated<KubePodProps>({ metadata: { name: 'p' }, spec: { containers } })),
    condition,
  );
}

const each = eachOf(ports, 'port', (port) => ({ name: port.name }));

describe('a part that an object must have, of conditional parts alone', () => {
  test.each<[string, () => unknown, string]>([
    [
      'a loop',
      pod([each]),
      'chart/pod: spec.containers must be there, and is made of conditional parts alone (.Values.ports); give it one that is always there, or put the object under a condition',
    ],
    ['conditions', pod([when(on, { name: 'a' }), when(off, { name: 'b' })]), '(or .Values.on .Values.off)'],
    ['what is spread', pod([spread(items)]), '(.Values.items)'],
    ['under another condition', pod([each], on), 'spec.containers must be there'],
    [
      'deep in another one, which is lost with it',
      capturing(
        (chart) =>
          new KubeDeployment(
            chart,
            'd',
            templated<KubeDeploymentProps>({
              spec: { selector: {}, template: { spec: { containers: [each] } } },
            }),
          ),
      ),
      'chart/d: spec.template.spec.containers must be there',
    ],
    [
      'in an item of a list',
      capturing(
        (chart) =>
          new ApiObject(chart, 'r', {
            apiVersion: 'rbac.authorization.k8s.io/v1',
            kind: 'Role',
            rules: [{ verbs: ['get'] }, { verbs: [when(on, 'get')] }],
          }),
      ),
      'chart/r: rules.1.verbs must be there, and is made of conditional parts alone (.Values.on)',
    ],
  ])('%s', (_what, capture, message) => {
    expect(capture).toThrow(message);
  });

  test.each<[string, () => unknown]>([
    ['one is always there', pod([each, { name: text`${name}` }])],
    ['one of two is', pod([when(on, { name: 'a' }), when(not(on), { name: 'b' })])],
    ['the object is there only with them', pod([each], nonEmpty(ports))],
    ['the object is there only with some of them', pod([each, when(on, { name: 'a' })], nonEmpty(ports))],
    ['a whole list of values', pod(ports as never)],
    [
      'what is around it has the condition',
      capturing(
        (chart) =>
          new KubePod(
            chart,
            'pod',
            templated<KubePodProps>({
              spec: when(or(on, nonEmpty(ports)), { containers: [when(on, { name: 'a' }), each] }),
            }),
          ),
      ),
    ],
    [
      'the kind is unknown',
      capturing(
        (chart) =>
          new ApiObject(chart, 't', { apiVersion: 'v9', kind: 'Thing', spec: { containers: [each] } }),
      ),
    ],
  ])('is fine where %s', (_what, capture) => {
    expect(capture).not.toThrow();
  });
});

test('the table of such parts is that of the L1 types', () => {
  expect(() =>
    execFileSync('node', ['scripts/required-parts.mjs', '--check'], { stdio: 'pipe' }),
  ).not.toThrow();
});
