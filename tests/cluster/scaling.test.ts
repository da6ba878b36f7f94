import { valuesKey, type ServiceRecord } from '../../lib/platform/model';
import { services } from '../../lib/platform/services';
import { Autoscalers } from './support/autoscalers';
import { eventually } from './support/eventually';
import { helms, Release } from './support/helm';
import { kubectl } from './support/kubectl';
import { CPU, each, shared, type Metrics, type Reading } from './support/metrics';
import { MetricsServer } from './support/metrics-server';
import { makeNamespace, removeNamespace } from './support/namespace';
import { documented } from './support/troubleshooting';
import { COMPONENT, isReady, podsIn } from './support/workloads';

const [, helm] = helms;
if (helm === undefined) throw new Error('no Helm 4');

/** How long the need must stay low before pods are taken away, here. */
const WINDOW_SECONDS = 10;
/** What the requirements say that each service follows; the first signal, and one beside it. */
const SIGNALS: Readonly<Record<string, readonly string[]>> = {
  api: ['http_requests_per_second'],
  'qwen-embed-vllm': ['vllm_num_requests_waiting', 'DCGM_FI_DEV_GPU_UTIL'],
  splade: ['DCGM_FI_DEV_GPU_UTIL', 'splade_requests_waiting'],
  mineru: ['DCGM_FI_DEV_GPU_UTIL'],
};
/** Follows a queue outside of the cluster, to show that this works too. */
const QUEUE = {
  service: 'catalog',
  metric: 'documents_waiting',
  labels: { queue: 'catalog' },
  target: 10,
  least: 1,
  most: 3,
};
/** Their metrics are not missing: who serves them fails. */
const OUT_OF_ORDER = ['mineru', 'chunker'];

interface Row {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly signals: readonly string[];
  /** How much of each signal a pod is to have. */
  readonly targets: readonly number[];
}

const rows: readonly Row[] = (services as readonly ServiceRecord[])
  .filter(({ name }) => name !== QUEUE.service)
  .map(({ name, scaling: { minReplicas, maxReplicas, signal, secondSignal } }) => ({
    name,
    least: minReplicas,
    most: maxReplicas,
    signals: SIGNALS[name] ?? [CPU],
    targets: [signal, secondSignal].flatMap((one) =>
      one === undefined ? [] : [one.source === 'cpu' ? one.utilization : Number(one.averageValue)],
    ),
  }));

const all = [...rows, { ...QUEUE, name: QUEUE.service }].map(({ name, least, most }) => ({
  name,
  least,
  most,
}));

/** What KEDA and Kubernetes have in common. */
interface Scaler {
  readonly kind: string;
  readonly spec: {
    readonly scaleTargetRef: { readonly name: string };
    readonly triggers?: readonly object[];
  };
}

/** Everything by autoscalers, which act within seconds. */
const quick = {
  mode: 'hpa',
  hpa: {
    scaleUpPercent: 1000,
    scaleUpPeriodSeconds: 1,
    scaleDownStabilizationSeconds: WINDOW_SECONDS,
    scaleDownPods: 100,
    scaleDownPeriodSeconds: 1,
  },
};
const slow = { podAnnotations: { 'fake/ready-after': '3s' } };
const external = {
  minReplicas: QUEUE.least,
  maxReplicas: QUEUE.most,
  metric: {
    source: 'external',
    name: QUEUE.metric,
    averageValue: String(QUEUE.target),
    matchLabels: QUEUE.labels,
  },
};
const overrides = {
  services: {
    ...Object.fromEntries(services.map(({ name }) => [valuesKey(name), { scaling: quick, ...slow }])),
    [QUEUE.service]: { ...slow, scaling: { ...quick, hpa: { ...quick.hpa, ...external } } },
  },
};

let server: MetricsServer;
let metrics: Metrics;
let namespace: string;
let release: Release;
let autoscalers: Autoscalers;

beforeAll(async () => {
  server = await MetricsServer.start();
  ({ metrics } = server);
  namespace = await makeNamespace('scale');
  release = new Release(helm, namespace);
  setAll(() => each(0), 0);
  await release.install({ environment: 'prod', overrides });
  autoscalers = await Autoscalers.follow(namespace);
});
// First, and whatever failed: no namespace goes while an API has no server.
afterAll(() => server.stop());
afterAll(async () => {
  autoscalers.stop();
  await release.clean();
  await removeNamespace(namespace);
});

/** Sets every signal of every service, and the length of the queue. */
function setAll(reading: (row: Row, signal: number) => Reading, waiting: number | undefined): void {
  for (const row of rows)
    row.signals.forEach((metric, signal) => {
      metrics.set(row.name, metric, reading(row, signal));
    });
  metrics.setExternal(
    QUEUE.metric,
    { labels: { queue: 'another' }, value: 1000 },
    ...(waiting === undefined ? [] : [{ labels: QUEUE.labels, value: waiting }]),
  );
}

/** Far more than any number of pods could do, in the last signal of each service alone. */
function flood(): void {
  setAll(({ signals, targets }, i) => each(i === signals.length - 1 ? 10 * (targets[i] ?? 0) : 0), 1000);
}

const numbers = (name: string): number[] => autoscalers.wanted(name).map(({ replicas }) => replicas);

/** Waits until a service should have that many pods, and has them. */
function reaches(name: string, replicas: number): Promise<void> {
  return eventually(async () => {
    expect([name, numbers(name).at(-1)]).toEqual([name, replicas]);
    const pods = await podsIn(namespace, `${COMPONENT}=${name}`);
    expect(pods.filter(isReady)).toHaveLength(replicas);
  });
}

/** Waits until the autoscaler has looked some times more, and the time has passed in which it hesitates. */
async function looksAgain(name: string, metric: string, times = 5): Promise<void> {
  const [asked, start] = [metrics.asked(name, metric), Date.now()];
  await eventually(() => {
    expect(metrics.asked(name, metric)).toBeGreaterThanOrEqual(asked + times);
    expect(Date.now() - start).toBeGreaterThan(WINDOW_SECONDS * 1000);
  });
}

describe('without load', () => {
  test.each(all)('$name has its least number of pods: $least', ({ name, least }) => reaches(name, least));
});

describe('with more load in its first signal', () => {
  beforeAll(() => {
    autoscalers.forget();
    setAll(({ least, targets }, i) => (i === 0 ? shared((least + 1) * (targets[0] ?? 0)) : each(0)), 20);
  });

  test.each(all)('$name gets as many pods as the load asks for, no more while they start', async (row) => {
    await reaches(row.name, row.least + 1);
    expect(numbers(row.name)).toEqual([row.least, row.least + 1]);
  });
});

describe('with a load beyond all bounds in its last signal alone', () => {
  beforeAll(flood);

  test.each(all)('$name stops at its greatest number of pods: $most', async ({ name, most }) => {
    await reaches(name, most);
    await eventually(() => {
      expect(autoscalers.condition(name, 'ScalingLimited')).toMatchObject({ reason: 'TooManyReplicas' });
    });
    expect(Math.max(...numbers(name))).toBe(most);
  });
});

describe('when a metric is missing, or who serves it fails', () => {
  beforeAll(async () => {
    autoscalers.forget();
    // Of two signals one is missing, and the other one would let pods go.
    setAll(
      ({ name }, i) => (i === 0 ? (OUT_OF_ORDER.includes(name) ? 'error' : 'missing') : each(0)),
      undefined,
    );
    await Promise.all(rows.map(({ name, signals: [metric = ''] }) => looksAgain(name, metric)));
  });

  test.each(rows)('$name keeps its pods', ({ name, most }) => {
    expect(autoscalers.condition(name, 'ScalingActive')).toMatchObject({ status: 'False' });
    expect(numbers(name)).toEqual([most]);
  });

  test(`${QUEUE.service} keeps its pods, which follow the queue`, async () => {
    await eventually(() => {
      expect(autoscalers.condition(QUEUE.service, 'ScalingActive')).toMatchObject({ status: 'False' });
    });
    expect(numbers(QUEUE.service)).toEqual([QUEUE.most]);
  });

  test.each([
    ['api', 'pods-metric-missing'],
    ['mineru', 'pods-metric-fails'],
    ['parser', 'cpu-missing'],
    [QUEUE.service, 'external-metric-missing'],
  ])('%s says why: %s', (name, id) => {
    expect(autoscalers.condition(name, 'ScalingActive')?.message).toMatch(documented(id));
  });
});

describe('when the load is gone', () => {
  let gone: number;
  beforeAll(async () => {
    flood();
    await Promise.all(rows.map(({ name, signals }) => looksAgain(name, signals.at(-1) ?? '', 2)));
    autoscalers.forget();
    gone = Date.now();
    setAll(() => each(0), 0);
  });

  test.each(all)('$name goes back to its least number of pods, after the window', async ({ name, least }) => {
    await reaches(name, least);
    expect(autoscalers.gaveReason(name, 'ScaleDownStabilized')).toBe(true);
    expect((autoscalers.wanted(name)[1]?.at ?? 0) - gone).toBeGreaterThan(WINDOW_SECONDS * 500);
    expect(Math.min(...numbers(name))).toBe(least);
  });
});

test('of two signals one is enough to ask for more pods', async () => {
  metrics.set('splade', 'DCGM_FI_DEV_GPU_UTIL', 'missing');
  metrics.set('splade', 'splade_requests_waiting', each(50));
  await reaches('splade', 4);
});

test('a pod that is young, and busy with its start, asks for no more pods', async () => {
  const [oldest] = await podsIn(namespace, `${COMPONENT}=chunker`);
  const name = oldest?.metadata?.name ?? '';
  autoscalers.forget();
  // Since its start no whole window of measurement has passed for any but one.
  const busy = (windowSeconds: number): Reading => {
    return (pod) =>
      pod.metadata?.name === name ? { value: 70, windowSeconds: 1 } : { value: 500, windowSeconds };
  };
  metrics.set('chunker', CPU, busy(3600));
  await looksAgain('chunker', CPU);
  expect(numbers('chunker')).toEqual([2]);
  metrics.set('chunker', CPU, busy(1));
  await reaches('chunker', 8);
});

test('with KEDA it makes ScaledObjects, no autoscaler, and takes no pod away', async () => {
  const names = ['api', 'qwen-embed-vllm', 'splade'];
  const keda = Object.fromEntries(names.map((name) => [valuesKey(name), { scaling: { mode: 'keda' } }]));
  const before = Object.fromEntries(names.map((name) => [name, numbers(name).at(-1)]));
  await release.upgrade({ environment: 'prod', overrides: { services: { ...overrides.services, ...keda } } });
  const { stdout } = await kubectl([
    'get',
    'scaledobjects,horizontalpodautoscalers',
    '--namespace',
    namespace,
    '--output=json',
  ]);
  const { items } = JSON.parse(stdout) as { items: readonly Scaler[] };
  const scalers = items.filter(({ spec }) => names.includes(spec.scaleTargetRef.name.replace('medkg-', '')));
  expect(scalers.map(({ kind, spec }) => [kind, spec.scaleTargetRef.name, spec.triggers?.length])).toEqual([
    ['ScaledObject', 'medkg-api', 1],
    ['ScaledObject', 'medkg-qwen-embed-vllm', 2],
    ['ScaledObject', 'medkg-splade', 2],
  ]);
  expect(Object.fromEntries(names.map((name) => [name, numbers(name).at(-1)]))).toEqual(before);
});
