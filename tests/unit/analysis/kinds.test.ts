import { podSpecOf } from '../../../lib/analysis';
import type { JsonObject } from '../../../lib/engine';
import { readValuesInput } from '../../../lib/engine/renderers';
import type { KubeObject } from '../../support/kubernetes';
import { render, variants } from '../../support/platform';

/** Kinds whose pods every test of pods looks at. */
const WITH_PODS = ['CronJob', 'DaemonSet', 'Deployment', 'Job', 'Pod', 'ReplicaSet', 'StatefulSet'];
/** Kinds that make no pods. A new one belongs here only after a look at its definition. */
const WITHOUT_PODS = [
  'ConfigMap',
  'ExternalSecret',
  'HTTPRoute',
  'HorizontalPodAutoscaler',
  'Ingress',
  'NetworkPolicy',
  'PersistentVolumeClaim',
  'PodDisruptionBudget',
  'PriorityClass',
  'Role',
  'RoleBinding',
  'ScaledObject',
  'SecretStore',
  'Service',
  'ServiceAccount',
  'ServiceMonitor',
];

const everything = readValuesInput({ files: ['tests/values/everything.yaml'], set: [], setString: [] });
const platforms = [...variants.map(([, platform]) => platform), render(undefined, everything.overrides)];
/** The pods of steps are files of a ConfigMap. */
const steps = platforms.flatMap((platform) =>
  [...platform.flowFiles().values()].filter(({ kind }) => kind !== undefined),
);
const objects = [...platforms.flatMap((platform) => platform.objects.map(asJson)), ...steps];

const kinds = new Set(objects.map(kindOf));

function asJson(object: KubeObject): JsonObject {
  return object as unknown as JsonObject;
}

function kindOf({ kind }: JsonObject): string {
  return typeof kind === 'string' ? kind : '';
}

test('the kinds of all that is rendered are known: whoever adds one says whether it makes pods', () => {
  expect([...kinds].filter((kind) => ![...WITH_PODS, ...WITHOUT_PODS].includes(kind))).toEqual([]);
  expect(WITHOUT_PODS.filter((kind) => !kinds.has(kind))).toEqual([]);
});

test('pods are found in the kinds that make them, and in no other', () => {
  const found = new Set(objects.filter((object) => podSpecOf(object) !== undefined).map(kindOf));
  expect([...found].sort()).toEqual(WITH_PODS.filter((kind) => kinds.has(kind)));
  expect(steps.length).toBeGreaterThan(0);
});
