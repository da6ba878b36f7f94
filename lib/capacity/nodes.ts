import { cpuNode, gpuNodes, MOST_PODS, type NodeType } from '../platform/nodes';
import { GPU_RESOURCE, gpuTypes } from '../platform/pools';
import { amountsOf, minus, type Amounts } from './amounts';
import type { Pool } from './pod';

/** The nodes of a pool: what one has, and what of it is left for pods. */
export interface NodeShape {
  readonly instance: string;
  readonly size: Amounts;
  readonly allocatable: Amounts;
}

/** A size that replaces the one of the table. */
export interface NodeSize {
  readonly cpu: string;
  readonly memory: string;
  readonly gpus?: string;
}

/** Sizes by the name of the pool. */
export type NodeSizes = ReadonlyMap<string, NodeSize>;

/** Nobody knows how large the nodes of a pool are. */
export class UnknownNodeError extends Error {
  constructor(readonly pool: Pool) {
    super(`no size is known for the nodes of ${pool.name}`);
  }
}

/** The nodes of a pool, by the table or as they were given. */
export function nodeShape(pool: Pool, given: NodeSizes): NodeShape {
  const size = given.get(pool.name);
  const known = nodeType(pool);
  if (size === undefined && known === undefined) throw new UnknownNodeError(pool);
  const base = known ?? cpuNode;
  return size === undefined ? shapeOf(base) : shapeOf(resized(base, size));
}

function nodeType({ gpuType }: Pool): NodeType | undefined {
  if (gpuType === undefined) return cpuNode;
  const known = gpuTypes.find((type) => type === gpuType);
  return known === undefined ? undefined : gpuNodes[known];
}

/** The disk and the reserve stay. */
function resized(base: NodeType, { cpu, memory, gpus }: NodeSize): NodeType {
  const size: NodeType['size'] = { ...base.size, cpu, memory, pods: MOST_PODS };
  return {
    ...base,
    instance: 'as given',
    size: gpus === undefined ? size : { ...size, [GPU_RESOURCE]: gpus },
  };
}

function shapeOf({ instance, size, reserve }: NodeType): NodeShape {
  const amounts = amountsOf(size);
  return { instance, size: amounts, allocatable: minus(amounts, amountsOf(reserve)) };
}
