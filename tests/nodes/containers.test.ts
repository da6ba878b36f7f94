import { readFileSync } from 'node:fs';
import type { V1Pod } from '@kubernetes/client-node';
import type { ServiceRecord } from '../../lib/platform/model';
import { services } from '../../lib/platform/services';
import { qwenEmbedVllm } from '../../lib/platform/services/qwen-embed-vllm';
import { vllmProfiles } from '../../lib/platform/vllm';
import { eventually } from '../cluster/support/eventually';
import { helms, Release } from '../cluster/support/helm';
import { removeNamespace } from '../cluster/support/namespace';
import { rolled, snapshot } from '../cluster/support/objects';
import { warningsIn } from '../cluster/support/run';
import { available, podsIn } from '../cluster/support/workloads';
import { giveGpus, GPU_VALUES, takeGpus } from './support/gpu';
import { namespaceWithSecret, secretOf } from './support/namespace';
import { onePod } from './support/pods';
import { Process } from './support/process';
import { renderedConfiguration } from './support/rendered';
import { answered } from './support/stub';
import { LIMITS, onSmallNodes } from './support/values';

const records: readonly ServiceRecord[] = services;
const onGpus = records.filter(({ gpu }) => gpu?.pool !== undefined);
const onCpus = records.filter((record) => !onGpus.includes(record));
const withGpus = { services: GPU_VALUES };
const MEBIBYTE = 2 ** 20;
/** The kernel's number for a seccomp filter, and no capability at all. */
const FILTERED = '2';
const NONE = '0000000000000000';

const [helm] = helms;
if (helm === undefined) throw new Error('no Helm');
let namespace: string;
let release: Release;

beforeAll(async () => {
  namespace = await namespaceWithSecret('containers');
  release = new Release(helm, namespace);
});
afterAll(async () => {
  await release.clean();
  await removeNamespace(namespace);
  await takeGpus();
});

/** What holds of every service, whatever it runs on. */
function runsAsDescribed(record: ServiceRecord): void {
  let pod: V1Pod;
  let process: Process;
  beforeAll(async () => {
    pod = await onePod(namespace, record.name);
    process = Process.of(pod, record.name);
  });

  test('is ready by its probes, at once, and was asked for its health alone', async () => {
    expect(pod.status?.containerStatuses).toEqual([
      expect.objectContaining({ ready: true, started: true, restartCount: 0 }),
    ]);
    const requests = await answered(pod, record.name);
    expect(new Set(requests.map(({ request }) => request))).toEqual(new Set([`GET ${record.health.path}`]));
  });

  test('runs with its ids and without any privilege', () => {
    const { uid, gid } = record.user;
    const four = (id: number): string[] => Array.from({ length: 4 }, () => String(id));
    expect(process.status('Uid')).toEqual(four(uid));
    expect(process.status('Gid')).toEqual(four(gid));
    expect(process.status('Groups')).toEqual([String(gid)]);
    expect(process.status('NoNewPrivs')).toEqual(['1']);
    expect(process.status('Seccomp')).toEqual([FILTERED]);
    for (const set of ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'])
      expect([set, ...process.status(set)]).toEqual([set, NONE]);
  });

  test('writes to its scratch directories, and to nothing else', () => {
    for (const { mountPath } of record.scratch) expect(process.makeFile(mountPath)).toBe('');
    const shut = ['/', '/bin', ...(record.configuration ? ['/etc/medkg'] : [])];
    for (const path of shut) expect(process.makeFile(path)).toMatch(/Read-only file system/);
    expect(process.writableDirectories()).toEqual(
      [...new Set([...record.scratch.map(({ mountPath }) => mountPath), '/dev/shm'])].sort(),
    );
  });

  test('is held to its limits by the kernel', () => {
    const memory = Number.parseInt(LIMITS.memory) * MEBIBYTE;
    expect(process.limit('memory', 'memory.limit_in_bytes')).toBe(memory);
    const [quota, period] = ['cpu.cfs_quota_us', 'cpu.cfs_period_us'].map((file) =>
      process.limit('cpu', file),
    );
    expect(Number(quota) / Number(period)).toBeCloseTo(Number.parseInt(LIMITS.cpu) / 1000);
  });

  test('has its secrets in its environment and no others, and no token', () => {
    const environment = process.environment();
    const secrets = Object.entries(environment).filter(([name, value]) => value === secretOf(name));
    expect(secrets.map(([name]) => name).sort()).toEqual([...record.secrets].sort());
    expect(process.mounts().filter(({ path }) => path.includes('serviceaccount'))).toEqual([]);
  });
}

describe('dev without the GPU services', () => {
  test('installs: the check of the configuration runs, every pod becomes ready', async () => {
    const outcome = await release.install(onSmallNodes());
    expect(warningsIn(outcome)).toEqual([]);
    await available(namespace);
    expect(await podsIn(namespace)).toHaveLength(onCpus.length);
  });

  describe.each(onCpus)('$name', runsAsDescribed);
});

describe('dev with the GPU services', () => {
  test('upgrades: the model is fetched into its volume, every pod becomes ready', async () => {
    await giveGpus();
    const outcome = await release.upgrade(onSmallNodes(withGpus));
    expect(warningsIn(outcome)).toEqual([]);
    await available(namespace);
    expect(await podsIn(namespace)).toHaveLength(records.length);
  });

  describe.each(onGpus)('$name', runsAsDescribed);

  test('vLLM is started with the arguments of its GPU, and finds the model that was fetched', async () => {
    const process = Process.of(await onePod(namespace, qwenEmbedVllm.name), qwenEmbedVllm.name);
    expect(process.commandLine().slice(1, 3)).toEqual(['serve', qwenEmbedVllm.vllm.model]);
    expect(process.commandLine()).toContain(`--max-model-len=${vllmProfiles.a100.maxModelLen}`);
    const model = readFileSync(process.path('/models/hub/model'), 'utf8');
    expect(model.trim()).toBe(qwenEmbedVllm.vllm.model);
    expect(process.makeFile('/models')).toMatch(/Read-only file system/);
  });
});

describe('the configuration', () => {
  /** What each service finds in its directory, from the machine's side. */
  async function mounted(): Promise<Record<string, Record<string, string>>> {
    const readers = records.filter(({ configuration }) => configuration);
    const found = readers.map(async (record): Promise<[string, Record<string, string>]> => {
      const process = Process.of(await onePod(namespace, record.name), record.name);
      return [record.name, process.files('/etc/medkg')];
    });
    return Object.fromEntries(await Promise.all(found));
  }

  function forEachReader(files: Record<string, string>): Record<string, Record<string, string>> {
    const readers = records.filter(({ configuration }) => configuration);
    return Object.fromEntries(readers.map(({ name }) => [name, files]));
  }

  test('is mounted byte for byte as it was rendered', async () => {
    const rendered = await renderedConfiguration(onSmallNodes(withGpus));
    expect(Object.keys(rendered).sort()).toEqual(['config.schema.json', 'config.yaml', 'policy.yaml']);
    expect(await mounted()).toEqual(forEachReader(rendered));
  });

  test('rolls the pods that read it, and no others, when it changes', async () => {
    const changed = { ...withGpus, config: { observability: { logLevel: 'warn' } } };
    const before = await snapshot(namespace);
    await release.upgrade(onSmallNodes(changed));
    await available(namespace);
    const readers = records.filter(({ configuration }) => configuration).map(({ name }) => name);
    expect(readers.length).toBeLessThan(records.length);
    expect(rolled(before, await snapshot(namespace))).toEqual([...readers].sort());
    await eventually(async () => {
      const rendered = await renderedConfiguration(onSmallNodes(changed));
      expect(rendered['config.yaml']).toMatch(/warn/i);
      expect(await mounted()).toEqual(forEachReader(rendered));
    });
  });
});
