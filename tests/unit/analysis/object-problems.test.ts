import { objectProblems } from '../../../lib/analysis';
import type { JsonObject } from '../../../lib/engine';

function problemsOf(pod: JsonObject, template = 'qwen-embed-vllm/deployment'): string[] {
  const object = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'r-api' },
    spec: { template: { spec: pod } },
  };
  return objectProblems([{ template, object }]).map(({ path, sentence }) => `${path}: ${sentence}`);
}

const container = (name: string, more: JsonObject = {}): JsonObject => ({ name, ...more });

test('names that are fine', () => {
  expect(
    problemsOf({
      containers: [container('a', { env: [{ name: 'X' }] }), container('b', { env: [{ name: 'X' }] })],
      volumes: [{ name: 'a' }],
    }),
  ).toEqual([]);
});

test.each([
  [
    'a variable',
    { containers: [container('a', { env: [{ name: 'X' }, { name: 'X' }] })] },
    'extraEnv: gives the variable "X" a second time',
  ],
  [
    'a container',
    { containers: [container('a')], initContainers: [container('a')] },
    'extraContainers: gives the container name "a" a second time',
  ],
  [
    'a volume',
    { containers: [], volumes: [{ name: 'v' }, { name: 'v' }, { name: 'v' }] },
    'extraVolumes: gives the volume name "v" a second time',
  ],
  [
    'a mount',
    { containers: [container('a', { volumeMounts: [{ mountPath: '/x' }, { mountPath: '/x' }] })] },
    'extraVolumeMounts: gives the mount path "/x" a second time',
  ],
  [
    'a port',
    {
      containers: [
        container('a', { ports: [{ name: 'http' }] }),
        container('b', { ports: [{ name: 'http' }] }),
      ],
    },
    'extraContainers: gives the port name "http" a second time',
  ],
] as const)('%s given twice', (_, pod, sentence) => {
  expect(problemsOf(pod as unknown as JsonObject)).toEqual([
    `services.qwenEmbedVllm.${sentence} in the pods of Deployment/r-api`,
  ]);
});

const TWICE = { containers: [container('a', { env: [{ name: 'X' }, { name: 'X' }] })] };
const template = { spec: TWICE };
test.each<[string, JsonObject]>([
  ['StatefulSet', { template }],
  ['DaemonSet', { template }],
  ['ReplicaSet', { template }],
  ['Job', { template }],
  ['CronJob', { jobTemplate: { spec: { template } } }],
  ['Pod', TWICE],
])('are found in a %s too', (kind, spec) => {
  const object = { apiVersion: 'v1', kind, metadata: { name: 'r-store' }, spec };
  expect(objectProblems([{ template: 'store/pods', object }]).map(({ sentence }) => sentence)).toEqual([
    `gives the variable "X" a second time in the pods of ${kind}/r-store`,
  ]);
});

test('objects made twice, told apart by kind and namespace', () => {
  const object = (kind: string, namespace?: string): { template: string; object: JsonObject } => ({
    template: 'extra-objects/0',
    object: {
      apiVersion: 'v1',
      kind,
      metadata: { name: 'x', ...(namespace === undefined ? {} : { namespace }) },
    },
  });
  const problems = objectProblems([
    object('Service'),
    object('Secret'),
    object('Service', 'other'),
    object('Service'),
  ]);
  expect(problems.map(({ sentence }) => sentence)).toEqual([
    'makes Service/x a second time: give it another name',
  ]);
});

test.each([
  ['configuration-check/job', 'global.pods.env: gives'],
  ['example/cache/stateful-set', 'global.pods.env: gives'],
  ['extra-objects/0', 'extraObjects: gives'],
])('%s is of no service, and the path is a value that there is', (template, told) => {
  const pod = { containers: [container('a', { env: [{ name: 'X' }, { name: 'X' }] })] };
  expect(problemsOf(pod, template)).toEqual([expect.stringContaining(told)]);
});
