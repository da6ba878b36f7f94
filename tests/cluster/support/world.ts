import { join } from 'node:path';
import {
  GPU_NODE_LABEL,
  GPU_RESOURCE,
  GPU_TYPE_LABEL,
  gpuPools,
  HIGH_MEMORY_LABEL,
  POOL_TAINT,
} from '../../../lib/platform/pools';
import { kubeconfigs, paths } from './environment';
import { kubectl } from './kubectl';

/** Nodes that are alike. */
interface NodeGroup {
  readonly name: string;
  readonly zones: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly object[];
  readonly capacity: Readonly<Record<string, string>>;
}

const zones = ['a', 'b', 'c'];
const highMemory = { [HIGH_MEMORY_LABEL.key]: HIGH_MEMORY_LABEL.value };
const noSchedule = (key: string, value: string): object => ({ key, value, effect: 'NoSchedule' });

/** What the nodes of a pool of GPUs say of themselves. */
export function ofPool(name: string, gpuType: string): Pick<NodeShape, 'labels' | 'taints'> {
  return {
    labels: { [GPU_NODE_LABEL]: 'true', [GPU_TYPE_LABEL]: gpuType, pool: name },
    taints: [noSchedule(POOL_TAINT, name), noSchedule(GPU_RESOURCE, 'present')],
  };
}

/** A cloud in small: CPU nodes in three zones, a spot node that nothing may use unasked, and the pools of GPUs. */
const nodeGroups: readonly NodeGroup[] = [
  { name: 'cpu', zones, capacity: { cpu: '32', memory: '128Gi' } },
  { name: 'cpu-high', zones: ['a', 'b'], labels: highMemory, capacity: { cpu: '16', memory: '256Gi' } },
  {
    name: 'spot',
    zones: ['a'],
    taints: [noSchedule('spot', 'true')],
    capacity: { cpu: '64', memory: '256Gi' },
  },
  ...gpuPools.flatMap(({ name, gpuType }) => {
    const group = {
      ...ofPool(name, gpuType),
      capacity: { cpu: '48', memory: '192Gi', [GPU_RESOURCE]: '4' },
    };
    return [
      { name, zones: ['a', 'b'], ...group },
      { ...group, name: `${name}-high`, zones: ['a', 'b'], labels: { ...group.labels, ...highMemory } },
    ];
  }),
];

/** One node, as the cloud would make it. */
export interface NodeShape {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly object[];
  readonly capacity: Readonly<Record<string, string>>;
}

interface NodeObject {
  readonly apiVersion: 'v1';
  readonly kind: 'Node';
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly spec: object;
  readonly status: object;
}

/** A node as an object; kwok makes it Ready. */
export function nodeObject({ name, labels = {}, taints = [], capacity }: NodeShape): NodeObject {
  const amounts = { 'ephemeral-storage': '500Gi', pods: '110', ...capacity };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', ...labels },
    },
    spec: { taints },
    status: { allocatable: amounts, capacity: amounts },
  };
}

/** All nodes of that cloud. */
export const nodes = nodeGroups.flatMap(({ name, zones: where, labels, taints, capacity }) =>
  where.map((zone) =>
    nodeObject({
      name: `${name}-${zone}`,
      labels: { 'topology.kubernetes.io/zone': zone, group: name, ...labels },
      taints,
      capacity,
    }),
  ),
);

/** Volumes come by themselves, as in a cloud. */
const storageClass = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: 'fake',
};

/** Definitions of the custom resources that the chart can make. */
const definitions = [
  'external-secrets/external-secrets.io_externalsecrets.yaml',
  'external-secrets/external-secrets.io_secretstores.yaml',
  'gateway-api/gateway.networking.k8s.io_httproutes.yaml',
  'keda/keda.sh_scaledobjects.yaml',
  'prometheus-operator/monitoring.coreos.com_servicemonitors.yaml',
];

/** Before all tests: what a cluster has that the chart is installed into. */
export default async function world(): Promise<void> {
  await Promise.all(kubeconfigs.map(prepare));
}

async function prepare(config: string | undefined): Promise<void> {
  const on = (args: readonly string[], input?: string): Promise<unknown> =>
    kubectl(args, input, { KUBECONFIG: config });
  const serverSide = ['apply', '--server-side', '--validate=strict'];
  await on([...serverSide, ...definitions.flatMap((file) => ['-f', join(paths.crds, file)])]);
  const objects = [storageClass, ...nodes];
  await on([...serverSide, '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
  await on(['wait', '--for=condition=Established', '--timeout=90s', 'customresourcedefinition', '--all']);
  await on(['wait', '--for=condition=Ready', '--timeout=60s', 'node', '--all']);
}
