import type { JsonObject } from '../engine';
import { sumOf, times, type Amounts } from './amounts';
import { nodeShape, type NodeShape, type NodeSizes } from './nodes';
import { atLeast, pack, type Item } from './packing';
import { CPU_POOL, type Pool, type PodDemand } from './pod';
import { workloadsOf, type Count, type Workload } from './workloads';

/** What the pods of a pool need at one moment. */
export interface Need {
  readonly pods: number;
  readonly requests: Amounts;
  /** Nodes by first-fit decreasing, and how many it takes at least, however the pods are placed. */
  readonly nodes: number;
  readonly atLeast: number;
}

/** What they need, and what they may take, at one end of scaling. */
export interface Demand extends Need {
  readonly limits: Amounts;
  /** Requests over what these nodes have for pods, and limits over the same. */
  readonly used: Amounts;
  readonly overCommit: Amounts;
  /** While everything is upgraded at once. */
  readonly upgrade: Need;
}

/** One pool of nodes, and the pods that run there. */
export interface PoolReport {
  readonly pool: string;
  readonly gpuType: string | undefined;
  readonly node: NodeShape;
  readonly least: Demand;
  readonly most: Demand;
  /** Whose pods prefer nodes with much memory. */
  readonly preferHighMemory: readonly string[];
  /** Whose pods have no limit, by resource: their over-commit has no bound. */
  readonly unlimited: Readonly<Record<string, readonly string[]>>;
  readonly tooLarge: readonly TooLarge[];
}

/** A pod that not even an empty node can take: what it asks for too much of, and what a node has of that. */
export interface TooLarge {
  readonly name: string;
  readonly asks: Amounts;
  readonly has: Amounts;
}

/** The pods that the objects of a release make, and the nodes that they need, pool by pool. */
export function capacity(objects: readonly JsonObject[], sizes: NodeSizes): PoolReport[] {
  return grouped(workloadsOf(objects)).map(({ pool, workloads }) => reportOn(pool, workloads, sizes));
}

function reportOn(pool: Pool, workloads: readonly Workload[], sizes: NodeSizes): PoolReport {
  const node = nodeShape(pool, sizes);
  const named = (holds: (pod: PodDemand) => boolean): string[] =>
    workloads.filter(({ pod }) => holds(pod)).map(({ name }) => name);
  const unlimited = [...new Set(workloads.flatMap(({ pod }) => pod.unlimited))];
  return {
    pool: pool.name,
    gpuType: pool.gpuType,
    node,
    least: demandOf(workloads, ({ least }) => least, node),
    most: demandOf(workloads, ({ most }) => most, node),
    preferHighMemory: named(({ prefersHighMemory }) => prefersHighMemory),
    unlimited: Object.fromEntries(
      unlimited.map((resource) => [resource, named((pod) => pod.unlimited.includes(resource))]),
    ),
    tooLarge: workloads.flatMap((workload) => tooLarge(workload, node)),
  };
}

function tooLarge({ name, pod }: Workload, { allocatable }: NodeShape): TooLarge[] {
  const excess = Object.entries(pod.requests)
    .map(([resource, asks]) => ({ resource, asks, has: allocatable[resource] ?? 0 }))
    .filter(({ asks, has }) => asks > has);
  if (excess.length === 0) return [];
  return [
    {
      name,
      asks: Object.fromEntries(excess.map(({ resource, asks }) => [resource, asks])),
      has: Object.fromEntries(excess.map(({ resource, has }) => [resource, has])),
    },
  ];
}

type Moment = (workload: Workload) => Count;

function demandOf(workloads: readonly Workload[], at: Moment, node: NodeShape): Demand {
  const pods = workloads.flatMap((workload) => repeated(workload.pod, at(workload).running));
  const more = workloads.flatMap((workload) => repeated(workload.pod, at(workload).more));
  const need = needOf(pods, node);
  const limits = sumOf(pods.map((pod) => pod.limits));
  const room = times(node.allocatable, need.nodes);
  return {
    ...need,
    limits,
    used: ratio(need.requests, room),
    overCommit: ratio(limits, room),
    upgrade: needOf([...pods, ...more], node),
  };
}

function repeated(pod: PodDemand, number: number): PodDemand[] {
  return Array.from({ length: number }, () => pod);
}

function needOf(pods: readonly Item[], { allocatable }: NodeShape): Need {
  const { nodes } = pack(pods, allocatable);
  return {
    pods: pods.length,
    requests: sumOf(pods.map(({ requests }) => requests)),
    nodes: nodes.length,
    atLeast: atLeast(nodes.flat(), allocatable),
  };
}

/** Resource by resource, where there is anything of it. */
function ratio(amounts: Amounts, room: Amounts): Amounts {
  return Object.fromEntries(
    Object.entries(amounts).flatMap(([resource, amount]) => {
      const of = room[resource] ?? 0;
      return of === 0 ? [] : [[resource, amount / of]];
    }),
  );
}

/** Workloads by their pool: nodes without GPUs first, the others in the order of the objects. */
function grouped(workloads: readonly Workload[]): { pool: Pool; workloads: Workload[] }[] {
  const groups = new Map<string, { pool: Pool; workloads: Workload[] }>();
  for (const workload of workloads) {
    const { pool } = workload.pod;
    const key = `${pool.gpuType ?? ''}/${pool.name}`;
    const group = groups.get(key) ?? { pool, workloads: [] };
    group.workloads.push(workload);
    groups.set(key, group);
  }
  const all = [...groups.values()];
  const isCpu = ({ pool }: { pool: Pool }): boolean => pool.name === CPU_POOL;
  return [...all.filter(isCpu), ...all.filter((group) => !isCpu(group))];
}
