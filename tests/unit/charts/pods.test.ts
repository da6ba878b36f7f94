import type { Probe } from '../../support/kubernetes';
import {
  brokenPaths,
  containersOf,
  forService,
  mainOf,
  records,
  renderOnly,
  rendered,
  variants,
} from '../../support/platform';
import { inBytes, inCores } from '../../support/quantities';
import { restrictedViolations } from '../../support/restricted';

const allPods = variants.flatMap(([variant, platform]) =>
  platform.pods().map((pod) => ({ ...pod, name: `${variant}: ${pod.name}` })),
);
/** What runs before the server of embeddings, by where its model comes from. */
const INIT_CONTAINERS: Readonly<Record<string, string[]>> = {
  perPod: ['download'],
  shared: ['wait-for-model'],
};

const gpuRecords = records.filter(({ gpu }) => gpu?.pool !== undefined);

test('the checker of the restricted standard finds what it should', () => {
  const good = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  };
  const container = { name: 'c', image: 'i', securityContext: good };
  expect(restrictedViolations({ containers: [container] })).toEqual([]);
  expect(restrictedViolations({ containers: [{ name: 'c', image: 'i' }] })).toHaveLength(4);
  expect(
    restrictedViolations({
      containers: [container],
      initContainers: [{ ...container, securityContext: { ...good, runAsUser: 0 } }],
    }),
  ).toEqual(['c: runs as root']);
  expect(
    restrictedViolations({
      containers: [container],
      volumes: [{ name: 'v', hostPath: {} }],
      hostNetwork: true,
    }),
  ).toHaveLength(2);
});

describe.each(allPods)('$name', ({ template }) => {
  const { spec } = template;

  test('meets the restricted Pod Security Standard', () => {
    expect(restrictedViolations(spec)).toEqual([]);
  });

  test('runs as numeric ids, on a read-only file system', () => {
    expect(spec.securityContext?.runAsUser).toBeGreaterThan(0);
    expect(spec.securityContext?.runAsGroup).toBeGreaterThan(0);
    expect(spec.securityContext?.fsGroup).toBeGreaterThan(0);
    for (const container of containersOf(template))
      expect(container.securityContext?.readOnlyRootFilesystem).toBe(true);
  });

  test('gets no token and no variables about other Services', () => {
    expect(spec.automountServiceAccountToken).toBe(false);
    expect(spec.enableServiceLinks).toBe(false);
  });

  test('has a limit on every directory that it can write to, and mounts only volumes that it has', () => {
    const volumes = spec.volumes ?? [];
    for (const { emptyDir } of volumes)
      if (emptyDir !== undefined) expect(emptyDir.sizeLimit).toMatch(/^\d+[MG]i$/);
    for (const { volumeMounts = [] } of containersOf(template)) {
      for (const mount of volumeMounts) expect(volumes.map(({ name }) => name)).toContain(mount.name);
      expect(new Set(volumeMounts.map(({ mountPath }) => mountPath)).size).toBe(volumeMounts.length);
    }
  });

  test('requests and limits CPU, memory and storage of every container', () => {
    for (const { resources } of containersOf(template)) {
      for (const resource of ['cpu', 'memory', 'ephemeral-storage']) {
        const [request, limit] = [resources?.requests?.[resource], resources?.limits?.[resource]];
        const measure = resource === 'cpu' ? inCores : inBytes;
        expect(measure(request)).toBeGreaterThan(0);
        expect(measure(request)).toBeLessThanOrEqual(measure(limit));
      }
    }
  });

  test('may fill its directories before it is evicted', () => {
    const onDisk = (spec.volumes ?? []).filter(
      ({ emptyDir }) => emptyDir !== undefined && emptyDir.medium !== 'Memory',
    );
    const total = onDisk.reduce((sum, { emptyDir }) => sum + inBytes(emptyDir?.sizeLimit), 0);
    for (const { resources } of spec.containers)
      expect(inBytes(resources?.limits?.['ephemeral-storage'])).toBeGreaterThanOrEqual(total);
  });

  test('has images with a version, and variables that are given once', () => {
    for (const { image, env = [] } of containersOf(template)) {
      expect(image).toMatch(/^[a-z0-9.-]+(:\d+)?\/[a-z0-9._/-]+(:[A-Za-z0-9._-]+|@sha256:[0-9a-f]{64})$/);
      expect(image).not.toMatch(/:latest$/);
      expect(new Set(env.map(({ name }) => name)).size).toBe(env.length);
    }
  });
});

describe.each(records.map((record) => ({ name: record.name, record })))(
  'the pods of $name',
  ({ name, record }) => {
    const platform = rendered.prod;
    const main = platform.main(name);
    const { spec } = platform.pod(name);

    test('run as the user of the record, under an account of their own', () => {
      expect(spec.securityContext).toMatchObject({
        runAsUser: record.user.uid,
        runAsGroup: record.user.gid,
        fsGroup: record.user.gid,
      });
      expect(spec.serviceAccountName).toBe(`medkg-${name}`);
      expect(platform.one('ServiceAccount', name).automountServiceAccountToken).toBe(false);
    });

    test('have three probes at the named port and the path of the record', () => {
      for (const probe of [main.startupProbe, main.readinessProbe, main.livenessProbe]) {
        expect(probe?.httpGet).toEqual({ path: record.health.path, port: 'http' });
      }
      expect(main.ports).toEqual([{ name: 'http', containerPort: record.port.container, protocol: 'TCP' }]);
    });

    test('are asked at a different pace for start, readiness and liveness', () => {
      const [startup, readiness, liveness] = [main.startupProbe, main.readinessProbe, main.livenessProbe].map(
        patience,
      );
      expect(startup).toBeGreaterThanOrEqual(60);
      expect(readiness).toBeLessThanOrEqual(30);
      // Out of the Service first, restarted later.
      expect(liveness).toBeGreaterThan(readiness ?? Infinity);
      if (record.gpu?.pool !== undefined) expect(startup).toBeGreaterThanOrEqual(600);
      // A rollout is not called failed while a pod may still be starting.
      expect(platform.one('Deployment', name).spec.progressDeadlineSeconds).toBeGreaterThan(
        startup ?? Infinity,
      );
    });

    test('go on serving until their endpoint is gone, and end in time', () => {
      const seconds = main.lifecycle?.preStop?.sleep?.seconds;
      expect(seconds).toBe(record.shutdown.preStopSeconds);
      expect(seconds).toBeGreaterThan(0);
      expect(spec.terminationGracePeriodSeconds).toBeGreaterThan(record.shutdown.preStopSeconds + 10);
    });

    test('mount the directories of the record', () => {
      for (const scratch of record.scratch) {
        expect(spec.volumes?.find((volume) => volume.name === scratch.name)?.emptyDir?.sizeLimit).toBe(
          scratch.sizeLimit,
        );
        expect(main.volumeMounts).toContainEqual({ name: scratch.name, mountPath: scratch.mountPath });
      }
    });

    test('spread over zones and hosts, by their own labels', () => {
      const constraints = spec.topologySpreadConstraints ?? [];
      expect(constraints.map(({ topologyKey }) => topologyKey)).toEqual([
        'topology.kubernetes.io/zone',
        'kubernetes.io/hostname',
      ]);
      for (const { labelSelector, whenUnsatisfiable } of constraints) {
        expect(labelSelector.matchLabels).toEqual({
          'app.kubernetes.io/instance': 'medkg',
          'app.kubernetes.io/component': name,
        });
        expect(whenUnsatisfiable).toBe('ScheduleAnyway');
      }
    });

    test('find every service that the record calls', () => {
      const urls = (main.env ?? []).map(({ value }) => value);
      for (const called of records.filter((other) => record.calls.includes(other.name))) {
        expect(urls).toContain(`http://medkg-${called.name}:${called.port.service}`);
      }
    });

    test('have a priority by what they do', () => {
      const priorities = rendered.prod.all('PriorityClass').map(({ metadata }) => metadata.name);
      expect(priorities).toContain(spec.priorityClassName);
      expect(spec.priorityClassName).toMatch(new RegExp(`-${record.priority}-[0-9]+$`));
    });
  },
);

/** Seconds until the kubelet acts. */
function patience(probe: Probe | undefined): number {
  if (probe === undefined) throw new Error('no probe');
  return probe.periodSeconds * probe.failureThreshold;
}

describe.each(gpuRecords.map((record) => ({ name: record.name, record })))(
  'the GPU pods of $name',
  ({ name, record }) => {
    const main = rendered.prod.main(name);

    test('get whole GPUs and all of their memory at once', () => {
      expect(main.resources?.requests?.['nvidia.com/gpu']).toBe(record.gpu?.count);
      expect(main.resources?.limits?.['nvidia.com/gpu']).toBe(record.gpu?.count);
      expect(main.resources?.requests?.['memory']).toBe(main.resources?.limits?.['memory']);
    });

    test('are replaced without a spare GPU', () => {
      expect(rendered.prod.one('Deployment', name).spec.strategy.rollingUpdate).toEqual({
        maxSurge: 0,
        maxUnavailable: 1,
      });
    });

    test('take the count from the values', () => {
      const { resources } = renderOnly(name, 'prod', forService(name, { gpu: { count: 2 } })).main(name);
      expect(resources?.requests?.['nvidia.com/gpu']).toBe(2);
      expect(resources?.limits?.['nvidia.com/gpu']).toBe(2);
    });
  },
);

test('no pod without a GPU in its record asks for one', () => {
  for (const { component, template } of rendered.prod.pods()) {
    if (gpuRecords.some(({ name }) => name === component)) continue;
    for (const { resources } of containersOf(template))
      expect(resources?.limits?.['nvidia.com/gpu']).toBeUndefined();
  }
});

test('the probes of the API follow the base path', () => {
  const { startupProbe, readinessProbe, livenessProbe } = renderOnly('api', 'prod', {
    api: { basePath: '/v1' },
  }).main('api');
  for (const probe of [startupProbe, readinessProbe, livenessProbe])
    expect(probe?.httpGet?.path).toBe('/v1/health');
});

test('the figures of the requirements are those of the chart', () => {
  expect(rendered.prod.main('api').resources).toMatchObject({
    requests: { cpu: '500m', memory: '1Gi' },
    limits: { cpu: '2', memory: '3Gi' },
  });
  expect(rendered.prod.main('ingest').resources).toMatchObject({
    requests: { cpu: '500m', memory: '1Gi' },
    limits: { cpu: '1', memory: '2Gi' },
  });
  expect(rendered.prod.main('splade').resources).toMatchObject({
    requests: { cpu: '4' },
    limits: { cpu: '8', memory: '16Gi' },
  });
  expect(rendered.prod.main('mineru').ports?.[0]?.containerPort).toBe(9000);
  expect(rendered.prod.main('qwen-embed-vllm').ports?.[0]?.containerPort).toBe(8000);
});

describe('the server of embeddings', () => {
  test.each([
    ['a100', 'vllm-gpu', { context: 32768, utilization: '0.92', memory: '28Gi', shm: '4Gi' }],
    ['a10g', 'mineru-gpu', { context: 8192, utilization: '0.90', memory: '24Gi', shm: '2Gi' }],
  ])('takes its figures from the row of %s', (_type, pool, row) => {
    const platform = renderOnly('qwen-embed-vllm', 'prod', forService('qwen-embed-vllm', { gpu: { pool } }));
    const main = platform.main('qwen-embed-vllm');
    expect(main.args).toEqual(
      expect.arrayContaining([
        `--max-model-len=${row.context}`,
        `--gpu-memory-utilization=${row.utilization}`,
      ]),
    );
    expect(main.resources?.limits?.['memory']).toBe(row.memory);
    expect(
      platform.pod('qwen-embed-vllm').spec.volumes?.find(({ name }) => name === 'shm')?.emptyDir,
    ).toEqual({ medium: 'Memory', sizeLimit: row.shm });
  });

  test('has no row, and says so, for another type', () => {
    expect(brokenPaths('prod', forService('qwen-embed-vllm', { profiles: { a100: null } }))).toEqual([
      'services.qwenEmbedVllm.profiles',
    ]);
  });

  test('runs as the user of its image, with a home and caches that it can write to', () => {
    const template = rendered.prod.pod('qwen-embed-vllm');
    const { env = [], volumeMounts = [] } = mainOf(template);
    expect(template.spec.securityContext?.runAsUser).toBe(2000);
    const directories = volumeMounts
      .filter(({ readOnly }) => readOnly !== true)
      .map(({ mountPath }) => mountPath);
    for (const name of [
      'HOME',
      'XDG_CACHE_HOME',
      'VLLM_CACHE_ROOT',
      'TRITON_CACHE_DIR',
      'TORCHINDUCTOR_CACHE_DIR',
    ]) {
      const path = env.find((variable) => variable.name === name)?.value ?? '';
      expect(directories.some((directory) => path === directory || path.startsWith(`${directory}/`))).toBe(
        true,
      );
    }
    expect(env).toContainEqual({ name: 'USER', value: 'vllm' });
  });

  test.each([
    ['shared', { persistentVolumeClaim: { claimName: 'medkg-qwen-embed-vllm-model', readOnly: true } }],
    ['existingClaim', { persistentVolumeClaim: { claimName: 'models', readOnly: true } }],
    ['perPod', { ephemeral: expect.anything() as unknown }],
    ['image', undefined],
  ])('has its model by %s', (mode, volume) => {
    const platform = renderOnly(
      'qwen-embed-vllm',
      'prod',
      forService('qwen-embed-vllm', { modelCache: { mode, existingClaim: 'models' } }),
    );
    const { spec } = platform.pod('qwen-embed-vllm');
    expect(spec.volumes?.find(({ name }) => name === 'model')).toEqual(
      volume && { name: 'model', ...volume },
    );
    expect(spec.initContainers?.map(({ name }) => name) ?? []).toEqual(INIT_CONTAINERS[mode] ?? []);
    expect(platform.all('PersistentVolumeClaim')).toHaveLength(mode === 'shared' ? 1 : 0);
    expect(platform.maybe('Job', 'qwen-embed-vllm') === undefined).toBe(mode !== 'shared');
  });

  test('names the download by a hash of its template, since a Job cannot be changed', () => {
    const name = (overrides = {}): string =>
      renderOnly('qwen-embed-vllm', 'prod', forService('qwen-embed-vllm', overrides)).one(
        'Job',
        'qwen-embed-vllm',
      ).metadata.name;
    expect(name()).toMatch(/^medkg-qwen-embed-vllm-prefetch-[0-9a-f]{8}$/);
    expect(name({ model: { revision: 'a'.repeat(40) } })).not.toBe(name());
    expect(name({ scaling: { hpa: { minReplicas: 3 } } })).toBe(name());
  });
});
