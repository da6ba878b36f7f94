import type { Amounts } from './amounts';
import type { Demand, Need, PoolReport } from './report';

/** The report for programs: CPUs, bytes and numbers. */
export function reportData(pools: readonly PoolReport[]): object[] {
  return pools.map((pool) => ({
    ...pool,
    node: { ...pool.node, size: plain(pool.node.size), allocatable: plain(pool.node.allocatable) },
    least: demandData(pool.least),
    most: demandData(pool.most),
    tooLarge: pool.tooLarge.map(({ name, asks, has }) => ({ name, asks: plain(asks), has: plain(has) })),
  }));
}

function demandData(demand: Demand): object {
  return { ...demand, ...needData(demand), limits: plain(demand.limits), upgrade: needData(demand.upgrade) };
}

function needData(need: Need): object {
  return { ...need, requests: plain(need.requests) };
}

/** CPUs instead of thousandths. */
function plain(amounts: Amounts): Amounts {
  const { cpu } = amounts;
  return cpu === undefined ? amounts : { ...amounts, cpu: cpu / 1000 };
}
