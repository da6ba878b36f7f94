import type { JsonObject } from '../../../lib/engine';
import { brokenPaths, forService, records, renderOnly, rendered, variants } from '../../support/platform';

const MODES = ['fixed', 'hpa', 'keda'] as const;

describe.each(variants)('%s', (_variant, platform) => {
  test('only a Deployment that nothing scales has a number of replicas', () => {
    const scaled = new Set(
      [...platform.all('HorizontalPodAutoscaler'), ...platform.all('ScaledObject')].map(
        ({ spec }) => spec.scaleTargetRef.name,
      ),
    );
    for (const { metadata, spec } of platform.all('Deployment')) {
      expect([metadata.name, spec.replicas !== undefined]).toEqual([
        metadata.name,
        !scaled.has(metadata.name),
      ]);
    }
  });

  test('every autoscaler has a target that is there, and bounds in order', () => {
    const deployments = platform.all('Deployment').map(({ metadata }) => metadata.name);
    for (const { metadata, spec } of platform.all('HorizontalPodAutoscaler')) {
      expect(spec.scaleTargetRef).toMatchObject({ kind: 'Deployment', name: metadata.name });
      expect(deployments).toContain(spec.scaleTargetRef.name);
      expect(spec.minReplicas).toBeLessThanOrEqual(spec.maxReplicas);
      const component = metadata.labels?.['app.kubernetes.io/component'];
      const signals = records.find(({ name }) => name === component)?.scaling;
      expect(spec.metrics).toHaveLength(signals?.secondSignal === undefined ? 1 : 2);
      expect(spec.behavior.scaleDown.stabilizationWindowSeconds).toBeGreaterThanOrEqual(300);
    }
  });

  test('a budget is there above one replica, and never blocks a drain', () => {
    for (const { metadata, spec } of platform.all('Deployment')) {
      const component = metadata.labels?.['app.kubernetes.io/component'] ?? '';
      const least =
        platform.maybe('HorizontalPodAutoscaler', component)?.spec.minReplicas ?? spec.replicas ?? 0;
      const budget = platform.maybe('PodDisruptionBudget', component);
      expect([component, budget !== undefined]).toEqual([component, least > 1]);
      if (budget === undefined) continue;
      expect(budget.spec.unhealthyPodEvictionPolicy).toBe('AlwaysAllow');
      const { minAvailable, maxUnavailable } = budget.spec;
      expect((minAvailable === undefined) !== (maxUnavailable === undefined)).toBe(true);
      expect(maxUnavailable ?? least - (minAvailable ?? least)).toBeGreaterThan(0);
    }
  });
});

test('the API keeps three of four, as the requirements say', () => {
  expect(rendered.prod.one('HorizontalPodAutoscaler', 'api').spec).toMatchObject({
    minReplicas: 4,
    maxReplicas: 20,
  });
  expect(rendered.prod.one('PodDisruptionBudget', 'api').spec).toMatchObject({ minAvailable: 3 });
});

test.each([
  [2, { maxUnavailable: 1 }],
  [3, { maxUnavailable: 1 }],
  [4, { minAvailable: 3 }],
])('the budget of an API with at least %i pods', (minReplicas, expected) => {
  const { spec } = renderOnly('api', 'prod', forService('api', { scaling: { hpa: { minReplicas } } })).one(
    'PodDisruptionBudget',
    'api',
  );
  expect({ minAvailable: spec.minAvailable, maxUnavailable: spec.maxUnavailable }).toEqual({
    minAvailable: undefined,
    maxUnavailable: undefined,
    ...expected,
  });
});

describe.each(records)('$name', ({ name, scaling }) => {
  test.each(MODES)('can be scaled by %s, and by nothing else at once', (mode) => {
    expect(brokenPaths('prod', forService(name, { scaling: { mode } }))).toEqual([]);
    const platform = renderOnly(name, 'prod', forService(name, { scaling: { mode } }));
    expect(platform.one('Deployment', name).spec.replicas !== undefined).toBe(mode === 'fixed');
    expect(platform.maybe('HorizontalPodAutoscaler', name) !== undefined).toBe(mode === 'hpa');
    expect(platform.maybe('ScaledObject', name) !== undefined).toBe(mode === 'keda');
  });

  test('has queries of one element, about its own pods, for KEDA', () => {
    const platform = renderOnly(name, 'prod', forService(name, { scaling: { mode: 'keda' } }));
    const { metadata, spec } = platform.one('ScaledObject', name);
    expect(metadata.annotations).toEqual({ 'validations.keda.sh/hpa-ownership': 'false' });
    expect(spec.scaleTargetRef).toMatchObject({ kind: 'Deployment', name: `medkg-${name}` });
    expect(spec.fallback.replicas).toBeGreaterThanOrEqual(spec.minReplicaCount);
    expect(spec.triggers).toHaveLength(scaling.secondSignal === undefined ? 1 : 2);
    for (const { metadata: asked } of spec.triggers) {
      const query = asked['query'] ?? '';
      expect(query).toMatch(/^sum\(.+\)$/);
      expect(query).toContain('namespace="medkg"');
      expect(query).not.toContain('SELECTOR');
      const pods = new RegExp(`^${/pod=~"([^"]+)"/.exec(query)?.[1] ?? 'nothing'}$`);
      expect(`medkg-${name}-5d4f8c7b9-x2x4z`).toMatch(pods);
      for (const other of records.filter((record) => record.name !== name))
        expect(`medkg-${other.name}-5d4f8c7b9-x2x4z`).not.toMatch(pods);
    }
  });

  test('a Prometheus that does not answer takes no pod away', () => {
    const platform = renderOnly(name, 'prod', forService(name, { scaling: { mode: 'keda' } }));
    expect(platform.one('ScaledObject', name).spec.fallback.behavior).toBe('currentReplicasIfHigher');
  });
});

test('zero replicas are a number of replicas', () => {
  expect(
    renderOnly('eval', 'prod', forService('eval', { scaling: { fixed: { replicas: 0 } } })).one(
      'Deployment',
      'eval',
    ).spec.replicas,
  ).toBe(0);
});

test.each([
  ['hpa', { minReplicas: 5, maxReplicas: 4 }, 'services.parser.scaling.hpa.minReplicas'],
  ['keda', { minReplicas: 5, maxReplicas: 4 }, 'services.parser.scaling.keda.minReplicas'],
])('bounds of %s that contradict each other are refused', (mode, bounds, path) => {
  expect(brokenPaths('prod', forService('parser', { scaling: { mode, [mode]: bounds } }))).toContain(path);
});

test.each([
  [
    'cpu',
    [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 55 } },
      },
    ],
  ],
  [
    'pods',
    [
      {
        type: 'Pods',
        pods: { metric: { name: 'load' }, target: { type: 'AverageValue', averageValue: '7' } },
      },
    ],
  ],
  [
    'external',
    [
      {
        type: 'External',
        external: {
          metric: { name: 'load', selector: { matchLabels: { queue: 'q' } } },
          target: { type: 'AverageValue', averageValue: '7' },
        },
      },
    ],
  ],
])('an autoscaler looks at %s', (source, metrics) => {
  const metric = { source, utilization: 55, name: 'load', averageValue: '7', matchLabels: { queue: 'q' } };
  expect(
    renderOnly('api', 'prod', forService('api', { scaling: { hpa: { metric } } })).one(
      'HorizontalPodAutoscaler',
      'api',
    ).spec.metrics,
  ).toEqual(metrics);
});

test('a second metric stands beside the first one, and can be taken away', () => {
  const metricsWith = (secondMetric: JsonObject): readonly object[] =>
    renderOnly('splade', 'prod', forService('splade', { scaling: { hpa: { secondMetric } } })).one(
      'HorizontalPodAutoscaler',
      'splade',
    ).spec.metrics;
  expect(metricsWith({ source: 'none' })).toHaveLength(1);
  expect(metricsWith({ source: 'cpu', utilization: 55 })[1]).toMatchObject({
    resource: { target: { averageUtilization: 55 } },
  });
  expect(metricsWith({ source: 'external', matchLabels: { queue: 'q' } })[1]).toMatchObject({
    external: { metric: { selector: { matchLabels: { queue: 'q' } } } },
  });
});

test('a second trigger of KEDA asks what it is told, and can be taken away', () => {
  const triggersWith = (name: string, keda: JsonObject): readonly object[] =>
    renderOnly(name, 'prod', forService(name, { scaling: { mode: 'keda', keda } })).one('ScaledObject', name)
      .spec.triggers;
  expect(triggersWith('splade', { secondThreshold: '' })).toHaveLength(1);
  expect(triggersWith('api', { secondQuery: 'sum(up)', secondThreshold: '2' })[1]).toMatchObject({
    metadata: { query: 'sum(up)', threshold: '2' },
  });
});

test('how fast pods come and go is up to the operator', () => {
  const hpa = {
    scaleUpStabilizationSeconds: 1,
    scaleUpPercent: 2,
    scaleUpPeriodSeconds: 3,
    scaleDownStabilizationSeconds: 4,
    scaleDownPods: 5,
    scaleDownPeriodSeconds: 6,
  };
  expect(
    renderOnly('api', 'prod', forService('api', { scaling: { hpa } })).one('HorizontalPodAutoscaler', 'api')
      .spec.behavior,
  ).toEqual({
    scaleUp: {
      stabilizationWindowSeconds: 1,
      policies: [{ type: 'Percent', value: 2, periodSeconds: 3 }],
    },
    scaleDown: {
      stabilizationWindowSeconds: 4,
      policies: [{ type: 'Pods', value: 5, periodSeconds: 6 }],
    },
  });
});

test('the CPU-bound follow their CPU, the API its requests, and GPU servers their GPU or queue', () => {
  const source = (name: string): string | undefined =>
    rendered.prod.one('HorizontalPodAutoscaler', name).spec.metrics[0]?.type;
  for (const name of ['parser', 'chunker', 'indexer', 'extract'])
    expect([name, source(name)]).toEqual([name, 'Resource']);
  for (const name of ['api', 'splade', 'qwen-embed-vllm', 'mineru'])
    expect([name, source(name)]).toEqual([name, 'Pods']);
});

test.each([
  ['qwen-embed-vllm', ['vllm_num_requests_waiting', 'DCGM_FI_DEV_GPU_UTIL']],
  ['splade', ['DCGM_FI_DEV_GPU_UTIL', 'splade_requests_waiting']],
])('%s follows its GPU and its queue, by either autoscaler', (name, metrics) => {
  const { spec } = rendered.prod.one('HorizontalPodAutoscaler', name);
  expect(spec.metrics.map(({ pods }) => pods?.metric.name)).toEqual(metrics);
  const keda = renderOnly(name, 'prod', forService(name, { scaling: { mode: 'keda' } }));
  const queries = keda.one('ScaledObject', name).spec.triggers.map(({ metadata }) => metadata['query'] ?? '');
  expect(
    queries.map((query) => metrics.findIndex((metric) => query.replace(':', '_').includes(metric))),
  ).toEqual([0, 1]);
});
