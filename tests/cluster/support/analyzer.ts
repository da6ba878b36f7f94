import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { merged, parseRange, textOf, type Range } from './addresses';
import { failure, run } from './run';

/**
 * What gets through NetworkPolicies, as network-config-analyzer says: an evaluator that is not ours.
 * An end is `namespace/pod`, or a range of addresses outside of the cluster.
 */
export interface Connection {
  readonly from: string;
  readonly to: string;
  /** `TCP`, or `all`. */
  readonly protocol: string;
  /** A number, a wide range, or `all`. */
  readonly port: string;
}

const root = resolve(__dirname, '../../..');

/** The program; installed at the version that we pin, where nobody names one. */
async function program(): Promise<string> {
  if (process.env['NCA'] !== undefined) return process.env['NCA'];
  const command = ['bash', join(root, 'scripts/ci/tools.sh'), 'nca'] as const;
  const outcome = await run(command[0], command.slice(1));
  if (outcome.code !== 0) throw failure(command, outcome);
  return join(root, '.tools/bin/nca');
}

/** Every connection that pods, namespaces and policies let through, at every port, in the order of the alphabet. */
export async function connections(objects: readonly object[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'nca-'));
  const input = join(folder, 'objects.yaml');
  const output = join(folder, 'connections.txt');
  const items = { apiVersion: 'v1', kind: 'List', items: objects };
  const args = [
    ...['--connectivity', input, '--resource_list', input, '--file_out', output],
    ...['--output_format', 'txt_no_fw_rules', '--output_endpoints', 'pods'],
  ];
  try {
    await writeFile(input, JSON.stringify(items));
    const nca = await program();
    const outcome = await run(nca, args);
    if (outcome.code !== 0) throw failure([nca, ...args], outcome);
    return linesOf(parse(await readFile(output, 'utf8')));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A line a connection; networks at the same port are joined, so that it does not matter how they were cut. */
export function linesOf(all: readonly Connection[]): string[] {
  const lines = new Set<string>();
  const networks = new Map<string, Range[]>();
  for (const { from, to, protocol, port } of all) {
    const what = `${protocol} ${port}`;
    const [origin, target] = [parseRange(from), parseRange(to)];
    if (origin !== undefined) add(networks, `NET -> ${to} ${what}`, origin);
    else if (target !== undefined) add(networks, `${from} -> NET ${what}`, target);
    else lines.add(`${from} -> ${to} ${what}`);
  }
  for (const [line, ranges] of networks) lines.add(line.replace('NET', merged(ranges).map(textOf).join(',')));
  return [...lines].sort();
}

function add(networks: Map<string, Range[]>, line: string, range: Range): void {
  networks.set(line, [...(networks.get(line) ?? []), range]);
}

const LINE = /^(\S+) => (\S+) : (.+)$/;
const SOME = /^\{protocols:([A-Z, ]+?)(?:,dst_ports:([\d,-]+))?\}$/;

/** Reads the analyzer's report; a line that says something else is an error, never passed over. */
function parse(report: string): Connection[] {
  return report
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const [, from = '', to = '', what = ''] = LINE.exec(line) ?? [];
      if (what === 'All connections') return [{ from, to, protocol: 'all', port: 'all' }];
      const [, protocols, ports] = SOME.exec(what) ?? [];
      if (protocols === undefined) throw new Error(`the analyzer says something new: ${line}`);
      return protocols
        .split(', ')
        .flatMap((protocol) => portsOf(ports).map((port) => ({ from, to, protocol, port })));
    });
}

/** Neighbouring ports come as a range: a short one is taken apart. */
const SHORT = 16;

function portsOf(ports: string | undefined): string[] {
  if (ports === undefined) return ['all'];
  return ports.split(',').flatMap((item) => {
    const [first = 0, last = first] = item.split('-').map(Number);
    return last - first > SHORT
      ? [item]
      : Array.from({ length: last - first + 1 }, (_, i) => String(first + i));
  });
}
