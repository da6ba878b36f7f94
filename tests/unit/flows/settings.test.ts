import { flowGpus, gpuPool } from '../../../lib/platform/flows/gpus';
import { sources } from '../../../lib/platform/flows/sources';
import { steps } from '../../../lib/platform/flows/steps';
import { type JsonObject, isJsonObject } from '../../../lib/engine';
import { brokenPaths, records, renderFlows, withFlows } from '../../support/platform';

function settingsOf(overrides: JsonObject = {}): Record<string, JsonObject> {
  const settings = renderFlows(overrides).flowFiles().get('flows.json');
  if (settings === undefined) throw new Error('no flows.json');
  return settings as Record<string, JsonObject>;
}

const settings = settingsOf();
const rowsOf = (key: string): JsonObject[] => Object.values(settings[key] ?? {}).filter(isJsonObject);

test('every step, with the class and the pool of its record', () => {
  expect(Object.keys(settings['steps'] ?? {}).sort()).toEqual(steps.map(({ name }) => name).sort());
  for (const { name, retryClass, pool, deadlineSeconds } of steps)
    expect(settings['steps']?.[name]).toMatchObject({
      retryClass,
      deadlineSeconds,
      ...(pool === undefined ? {} : { pool }),
    });
});

test('steps and sources name pools and classes that exist', () => {
  const pools = Object.keys(settings['pools'] ?? {});
  const classes = Object.keys(settings['retryClasses'] ?? {});
  for (const { pool, retryClass } of rowsOf('steps')) {
    if (pool !== undefined) expect(pools).toContain(pool);
    expect(classes).toContain(retryClass);
  }
  for (const { pool } of rowsOf('sources')) expect(pools).toContain(pool);
});

test('sources of one operator share a pool of one slot', () => {
  expect(settings['sources']?.['pmc']).toMatchObject({ pool: 'source_ncbi' });
  expect(settings['sources']?.['pubmed']).toMatchObject({ pool: 'source_ncbi' });
  expect(settings['pools']?.['source_ncbi']).toMatchObject({ slots: 1 });
  expect(Object.keys(settings['sources'] ?? {}).sort()).toEqual(sources.map(({ name }) => name).sort());
});

test('a writer of the ledger waits for the others', () => {
  expect(settings['pools']?.['ledger']).toMatchObject({ slots: 1 });
  const ledgers = rowsOf('sources').map(({ ledger }) => ledger);
  expect(new Set(ledgers).size).toBe(ledgers.length);
});

test('every service whose steps hold GPUs has a pool and a guard, and no other has', () => {
  const onGpus = steps.filter(({ service }) =>
    records.some(({ name, gpu }) => name === service && gpu?.pool !== undefined),
  );
  const working = onGpus.filter(({ retryClass }) => retryClass !== 'guard').map(({ service }) => service);
  const guarded = onGpus.filter(({ retryClass }) => retryClass === 'guard').map(({ service }) => service);
  expect([...new Set(working)].sort()).toEqual(flowGpus.map(({ name }) => name).sort());
  expect(guarded.sort()).toEqual(flowGpus.map(({ name }) => name).sort());
  expect(Object.keys(settings['pools'] ?? {}).filter((pool) => pool.startsWith('gpu_'))).toEqual(
    flowGpus.map(({ name }) => gpuPool(name)),
  );
});

test('steps on GPUs wait as long as their pool takes', () => {
  const waits = settingsOf({ airflow: { gpuPools: { mineru: { startSeconds: 120 } } } })['steps'] ?? {};
  expect(waits['guard_gpu_mineru']).toMatchObject({ scheduleTimeoutSeconds: 120 });
  expect(waits['guard_gpu_splade']).toMatchObject({ scheduleTimeoutSeconds: 900 });
  expect(waits['parse']).toMatchObject({ scheduleTimeoutSeconds: 600 });
});

test('a licence is what the configuration says of it', () => {
  const without = settingsOf({
    config: { vocabularies: { snomed: { enabled: false } }, licences: { snomed: { licensed: false } } },
  });
  expect(without['vocabularies']?.['snomed']).toEqual({
    schedule: '',
    licence: { required: true, granted: false, sentence: 'SNOMED requires affiliate license' },
  });
  expect(settings['vocabularies']?.['snomed']).toMatchObject({
    schedule: '0 4 1 JAN,APR,JUL,OCT *',
    licence: { granted: true },
  });
});

test('the address of vLLM is whole: the workers may be in another namespace', () => {
  expect(settings['vllm']).toMatchObject({ url: 'http://medkg-qwen-embed-vllm.medkg:8000' });
});

describe('rights and places', () => {
  const elsewhere = renderFlows({
    airflow: { namespace: 'airflow', serviceAccounts: ['workers', 'triggerer'] },
  });

  test('pods alone: no exec, no nodes, no secrets', () => {
    expect(withFlows.all('Role').map(({ rules }) => rules)).toEqual([
      [
        {
          apiGroups: [''],
          resources: ['pods'],
          verbs: ['create', 'get', 'list', 'watch', 'patch', 'delete'],
        },
        { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
        { apiGroups: [''], resources: ['events'], verbs: ['list'] },
      ],
    ]);
    expect(withFlows.objects.filter(({ kind }) => /^ClusterRole/.test(kind))).toEqual([]);
  });

  test('of the accounts that Airflow has, where it is', () => {
    expect(withFlows.one('RoleBinding', 'flows').subjects).toEqual([
      { kind: 'ServiceAccount', name: 'airflow-scheduler', namespace: 'medkg' },
      { kind: 'ServiceAccount', name: 'airflow-worker', namespace: 'medkg' },
    ]);
    expect(elsewhere.one('RoleBinding', 'flows').subjects).toEqual([
      { kind: 'ServiceAccount', name: 'workers', namespace: 'airflow' },
      { kind: 'ServiceAccount', name: 'triggerer', namespace: 'airflow' },
    ]);
  });

  test('the files are where Airflow mounts them, the rights where the pods run', () => {
    const places = elsewhere.objects
      .filter(({ metadata }) => /^medkg-flows(-airflow)?$/.test(metadata.name))
      .map(({ kind, metadata }) => [kind, metadata.namespace]);
    expect(places).toEqual([
      ['ConfigMap', 'airflow'],
      ['Role', undefined],
      ['RoleBinding', undefined],
      ['Role', 'airflow'],
      ['RoleBinding', 'airflow'],
      ['PersistentVolumeClaim', undefined],
    ]);
    expect(elsewhere.step('ingest').metadata.namespace).toBe('medkg');
  });
});

test('flows need the services that their steps run as', () => {
  const off = { splade: { enabled: false } };
  expect(brokenPaths('prod', { airflow: { enabled: true }, services: off })).toEqual([
    'services.splade.enabled',
  ]);
  expect(brokenPaths('prod', { airflow: { enabled: false }, services: off })).toEqual([]);
});
