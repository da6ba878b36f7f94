import fc from 'fast-check';
import type { Json } from '../../../lib/engine';
import { keyArbitrary, textArbitrary } from './texts';
import { mapOf } from './maps';

/** Structure that is handed through: what Kubernetes would take, and what only a test would write. */
const PLAUSIBLE: readonly Json[] = [
  { key: 'dedicated', operator: 'Equal', value: 'on', effect: 'NoSchedule' },
  { key: 'nvidia.com/gpu', operator: 'Exists', tolerationSeconds: 0 },
  { configMapRef: { name: 'more', optional: true } },
  { secretRef: { name: 'no' }, prefix: 'X_' },
  { name: 'data', persistentVolumeClaim: { claimName: 'claim', readOnly: false } },
  { name: 'tmp2', emptyDir: {} },
  { name: 'data', mountPath: '/data', readOnly: true, subPath: 'a b' },
  {
    name: 'sidecar',
    image: 'docker.io/library/busybox:1.36',
    args: ['sh', '-c', 'echo "{{ hi }}" && sleep 1e3'],
    ports: [{ containerPort: 9090 }],
    env: [{ name: 'X', value: '010' }],
  },
  {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator: 'In', values: ['a', 'no'] }] }],
      },
    },
  },
  { podSelector: { matchLabels: { app: 'x' } }, namespaceSelector: {} },
  { configMapKeyRef: { name: 'cm', key: 'k' } },
  { fieldRef: { fieldPath: 'metadata.name' } },
];

const number = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    1,
    -1,
    0.1,
    1.5,
    1e6,
    1000001,
    1e21,
    1e-7,
    123456789012,
    2 ** 53,
    -(2 ** 53),
    5e-324,
    1.7976931348623157e308,
    0.30000000000000004,
  ),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

const scalar: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: textArbitrary({ type: 'string' }) },
  { weight: 2, arbitrary: number },
  { weight: 1, arbitrary: fc.constantFrom<Json>(true, false) },
  { weight: 1, arbitrary: fc.constant<Json>(null) },
);

const anything = fc.letrec<{ any: Json; map: Json; list: Json }>((tie) => ({
  any: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, tie('map'), tie('list')),
  map: fc
    .array(fc.tuple(keyArbitrary(undefined), tie('any')), { maxLength: 3 })
    .map((entries) => mapOf(entries)),
  list: fc.array<Json>(tie('any'), { maxLength: 3 }),
}));

/** A map that the schema does not look into. */
export function freeMap(): fc.Arbitrary<Json> {
  return fc.oneof(fc.constantFrom(...PLAUSIBLE), anything.map, fc.constant<Json>({}));
}

/** A list of such maps. */
export function freeList(): fc.Arbitrary<Json> {
  return fc.array(freeMap(), { maxLength: 3 });
}

/** Further objects: each needs a kind and a name, or no API server would take it. */
export function extraObjects(): fc.Arbitrary<Json> {
  const kind = fc.constantFrom(
    ['v1', 'ConfigMap'],
    ['v1', 'Secret'],
    ['example.org/v1', 'Widget'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
  );
  const namespace = fc.option(fc.constantFrom('other', 'on', 'n'), { nil: undefined });
  const object = fc
    .tuple(kind, namespace, freeMap())
    .map(([[apiVersion = '', kindName = ''], inNamespace, data]) => ({
      apiVersion,
      kind: kindName,
      inNamespace,
      data,
    }));
  return fc.array(object, { maxLength: 3 }).map((objects) =>
    objects.map(({ apiVersion, kind: kindName, inNamespace, data }, i) => ({
      apiVersion,
      kind: kindName,
      metadata: { name: `extra-${i}`, ...(inNamespace === undefined ? {} : { namespace: inNamespace }) },
      data,
    })),
  );
}
