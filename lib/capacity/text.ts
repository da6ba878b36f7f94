import { GPU_RESOURCE, HIGH_MEMORY_LABEL } from '../platform/pools';
import type { Amounts } from './amounts';
import type { NodeShape } from './nodes';
import type { Demand, PoolReport, TooLarge } from './report';

/** Marks headings; a terminal shows them in bold. */
type Paint = (style: 'bold' | 'dim', text: string) => string;

const NAMES: Readonly<Record<string, string>> = {
  cpu: 'CPU',
  memory: 'memory',
  'ephemeral-storage': 'disk',
  [GPU_RESOURCE]: 'GPU',
};
const BYTES = ['memory', 'ephemeral-storage'];

const LEGEND = [
  'In brackets: while everything is upgraded at once, with the pods of Jobs, hooks and tests.',
  'Percent: of what these nodes have for pods; limits above 100 % are over-committed.',
  'Nodes: pods are packed by their requests, the largest first, each onto the first node with room. The scheduler spreads',
  'them instead, so that it may want one more; and so does the loss of a zone. Selectors and affinities that you add are',
  'not looked at. Sizes of nodes are examples (lib/platform/nodes.ts): give yours by --node.',
];

/** The report, for people. */
export function reportText(pools: readonly PoolReport[], paint: Paint): string[] {
  return [
    ...pools.flatMap((pool) => [...poolLines(pool, paint), '']),
    ...LEGEND.map((line) => paint('dim', line)),
  ];
}

function poolLines(report: PoolReport, paint: Paint): string[] {
  const { pool, node, least, most, preferHighMemory, unlimited } = report;
  const { key, value } = HIGH_MEMORY_LABEL;
  return [
    `${paint('bold', pool)}: ${nodeText(node)}`,
    line('', '', ['at minimum', ''], ['at maximum', '']),
    line('pods', '', inUpgrade(least, 'pods'), inUpgrade(most, 'pods')),
    line('nodes', '', inUpgrade(least, 'nodes'), inUpgrade(most, 'nodes')),
    ...Object.keys(NAMES).flatMap((resource) => resourceLines(resource, least, most)),
    ...(preferHighMemory.length > 0 ? [`  prefer ${key}=${value}: ${preferHighMemory.join(', ')}`] : []),
    ...Object.entries(unlimited).map(
      ([resource, names]) => `  without a limit of ${nameOf(resource)}: ${names.join(', ')}`,
    ),
  ];
}

function nodeText({ instance, size, allocatable }: NodeShape): string {
  const resources = Object.keys(NAMES).filter((resource) => amountIn(size, resource) > 0);
  return `nodes of ${listed(size, resources)} (${instance}); for pods ${listed(allocatable, resources)}`;
}

function inUpgrade(demand: Demand, what: 'pods' | 'nodes'): Cell {
  return [String(demand[what]), `(${demand.upgrade[what]})`];
}

/** Nobody over-commits GPUs: their limits are their requests. */
function resourceLines(resource: string, least: Demand, most: Demand): string[] {
  if (amountIn(most.requests, resource) === 0) return [];
  const requests = ({ requests: of, used }: Demand): Cell => shareOf(resource, of, used);
  const limits = ({ limits: of, overCommit }: Demand): Cell => shareOf(resource, of, overCommit);
  return [
    line(nameOf(resource), 'requests', requests(least), requests(most)),
    ...(resource === GPU_RESOURCE ? [] : [line('', 'limits', limits(least), limits(most))]),
  ];
}

function shareOf(resource: string, amounts: Amounts, shares: Amounts): Cell {
  const share = shares[resource];
  return [
    amountText(resource, amountIn(amounts, resource)),
    share === undefined ? '' : `${Math.round(share * 100)} %`,
  ];
}

/** A number, and what belongs to it. */
type Cell = readonly [string, string];

function line(name: string, what: string, ...cells: readonly Cell[]): string {
  const columns = cells.map(([amount, share]) => `${amount.padStart(13)}${share.padStart(7)}`);
  return `  ${name.padEnd(7)} ${what.padEnd(8)}${columns.join('')}`.trimEnd();
}

/** A pod that fits no node, in a sentence. */
export function tooLargeText(pool: string, { name, asks, has }: TooLarge): string {
  return `${name} fits no node of ${pool}: a pod asks for ${listed(asks)}, a node has ${listed(has)} for pods`;
}

/** `4 CPU, 16Gi memory`. */
function listed(amounts: Amounts, resources = Object.keys(amounts)): string {
  return resources
    .map((resource) => `${amountText(resource, amountIn(amounts, resource))} ${nameOf(resource)}`)
    .join(', ');
}

function nameOf(resource: string): string {
  return NAMES[resource] ?? resource;
}

function amountIn(amounts: Amounts, resource: string): number {
  return amounts[resource] ?? 0;
}

/** 1500 thousandths are 1.5 CPU; bytes are told in GiB. */
function amountText(resource: string, amount: number): string {
  if (resource === 'cpu') return String(amount / 1000);
  if (!BYTES.includes(resource)) return String(amount);
  const gib = amount / 2 ** 30;
  return `${gib >= 10 ? Math.round(gib * 10) / 10 : Math.round(gib * 100) / 100}Gi`;
}
