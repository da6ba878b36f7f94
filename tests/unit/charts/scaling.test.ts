import { brokenPaths, forService, records, renderOnly, rendered, variants } from './support/platform';

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
      expect(spec.metrics).toHaveLength(1);
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

describe.each(records.map(({ name }) => [name]))('%s', (name) => {
  test.each(MODES)('can be scaled by %s, and by nothing else at once', (mode) => {
    expect(brokenPaths('prod', forService(name, { scaling: { mode } }))).toEqual([]);
    const platform = renderOnly(name, 'prod', forService(name, { scaling: { mode } }));
    expect(platform.one('Deployment', name).spec.replicas !== undefined).toBe(mode === 'fixed');
    expect(platform.maybe('HorizontalPodAutoscaler', name) !== undefined).toBe(mode === 'hpa');
    expect(platform.maybe('ScaledObject', name) !== undefined).toBe(mode === 'keda');
  });

  test('has a query of one element, about its own pods, for KEDA', () => {
    const platform = renderOnly(name, 'prod', forService(name, { scaling: { mode: 'keda' } }));
    const { metadata, spec } = platform.one('ScaledObject', name);
    expect(metadata.annotations).toEqual({ 'validations.keda.sh/hpa-ownership': 'false' });
    expect(spec.scaleTargetRef).toMatchObject({ kind: 'Deployment', name: `medkg-${name}` });
    expect(spec.fallback.replicas).toBeGreaterThanOrEqual(spec.minReplicaCount);
    const query = spec.triggers[0]?.metadata['query'] ?? '';
    expect(query).toMatch(/^sum\(.+\)$/);
    expect(query).toContain('namespace="medkg"');
    expect(query).not.toContain('SELECTOR');
    const pods = new RegExp(`^${/pod=~"([^"]+)"/.exec(query)?.[1] ?? 'nothing'}$`);
    expect(`medkg-${name}-5d4f8c7b9-x2x4z`).toMatch(pods);
    for (const other of records.filter((record) => record.name !== name))
      expect(`medkg-${other.name}-5d4f8c7b9-x2x4z`).not.toMatch(pods);
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

test('the CPU-bound follow their CPU, the API its requests, and GPU servers their GPU or queue', () => {
  const source = (name: string): string | undefined =>
    rendered.prod.one('HorizontalPodAutoscaler', name).spec.metrics[0]?.type;
  for (const name of ['parser', 'chunker', 'indexer', 'extract'])
    expect([name, source(name)]).toEqual([name, 'Resource']);
  for (const name of ['api', 'splade', 'qwen-embed-vllm', 'mineru'])
    expect([name, source(name)]).toEqual([name, 'Pods']);
});
