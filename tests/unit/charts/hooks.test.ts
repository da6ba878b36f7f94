import { records, render, rendered, variants, type Platform } from '../../support/platform';

const HOOK = 'helm.sh/hook';

function hooks(
  platform: Platform,
): { kind: string; name: string; hook: string; weight: number; deletePolicy: string }[] {
  return platform.objects.flatMap(({ kind, metadata }) => {
    const {
      [HOOK]: hook,
      'helm.sh/hook-weight': weight,
      'helm.sh/hook-delete-policy': deletePolicy = '',
    } = metadata.annotations ?? {};
    return hook === undefined
      ? []
      : [{ kind, name: metadata.name, hook, weight: Number(weight ?? 0), deletePolicy }];
  });
}

describe.each(variants)('%s', (_variant, platform) => {
  const before = hooks(platform).filter(({ hook }) => hook === 'pre-install,pre-upgrade');

  test('checks the configuration before anything is installed or changed', () => {
    const [job] = before.filter(({ kind }) => kind === 'Job');
    expect(job?.name).toBe('medkg-configuration-check');
    // What the Job needs is there before it, and nothing of it is left behind.
    for (const { kind, weight, deletePolicy } of before) {
      if (kind !== 'Job') expect(weight).toBeLessThan(job?.weight ?? -Infinity);
      expect(deletePolicy).toBe('before-hook-creation,hook-succeeded,hook-failed');
    }
  });

  test('the check needs nothing that an install makes only later', () => {
    const job = platform.one('Job', 'configuration-check');
    const { spec } = job.spec.template;
    const names = before.map(({ name }) => name);
    expect(names).toContain(spec.serviceAccountName);
    for (const { configMap, persistentVolumeClaim } of spec.volumes ?? []) {
      expect(persistentVolumeClaim).toBeUndefined();
      if (configMap !== undefined) expect(names).toContain(configMap.name);
    }
    for (const { env = [], envFrom, command } of spec.containers) {
      expect(env.filter(({ valueFrom }) => valueFrom !== undefined)).toEqual([]);
      expect(envFrom).toBeUndefined();
      expect(command).toEqual(['med', 'config', 'validate', '--strict', '--config-dir', '/etc/medkg']);
    }
    expect(spec).not.toHaveProperty('priorityClassName');
  });

  test('the check ends, tells why it failed, and is no pod of a service', () => {
    const { metadata, spec } = platform.one('Job', 'configuration-check');
    expect(metadata.annotations?.['helm.sh/hook-output-log-policy']).toBe('hook-failed');
    expect(spec.activeDeadlineSeconds).toBeGreaterThan(0);
    expect(spec.template.spec.restartPolicy).toBe('Never');
    expect(records.map(({ name }) => name)).not.toContain(
      spec.template.metadata.labels?.['app.kubernetes.io/component'],
    );
  });

  test('a test asks the API for its health and its version', () => {
    const pod = platform.one('Pod', 'release-test');
    expect(pod.metadata.annotations).toMatchObject({
      [HOOK]: 'test',
      'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded,hook-failed',
    });
    expect(pod.spec.restartPolicy).toBe('Never');
    expect(pod.spec.containers.map(({ args }) => args?.at(-1))).toEqual([
      'http://medkg-api:80/health',
      'http://medkg-api:80/version',
    ]);
    // The image's curl knows no `--max-time=10`.
    for (const { args } of pod.spec.containers)
      expect(args?.slice(0, -1)).toEqual(['--fail', '--silent', '--show-error', '--max-time', '10']);
  });

  test('nothing else is a hook', () => {
    expect(hooks(platform).filter(({ kind }) => kind === 'Pod')).toHaveLength(1);
    expect(hooks(platform).filter(({ kind }) => kind === 'Job')).toHaveLength(1);
    expect(
      hooks(platform).filter(({ kind }) => !['Job', 'ServiceAccount', 'ConfigMap', 'Pod'].includes(kind)),
    ).toEqual([]);
  });
});

test('the test follows the base path and the port', () => {
  const pod = render('prod', { api: { basePath: '/v1' }, services: { api: { servicePort: 8000 } } }).one(
    'Pod',
    'release-test',
  );
  expect(pod.spec.containers[0]?.args?.at(-1)).toBe('http://medkg-api:8000/v1/health');
});

test.each([
  ['hooks', { hooks: { validateConfiguration: false } }, 'configuration-check'],
  ['tests', { tests: { enabled: false } }, 'release-test'],
  ['the API', { services: { api: { enabled: false } } }, 'release-test'],
])('without %s nothing of them is left', (_what, overrides, component) => {
  expect(
    render('dev', overrides).objects.filter(
      ({ metadata }) => metadata.labels?.['app.kubernetes.io/component'] === component,
    ),
  ).toEqual([]);
});

describe('the checksum of the configuration', () => {
  test.each(records.map(({ name, configuration }) => [name, configuration]))(
    '%s: %s',
    (name, configuration) => {
      const { metadata, spec } = rendered.prod.pod(name);
      const mounts = spec.containers.flatMap(({ volumeMounts = [] }) =>
        volumeMounts.map(({ mountPath }) => mountPath),
      );
      expect(mounts.includes('/etc/medkg')).toBe(configuration);
      expect(metadata.annotations?.['checksum/config'] !== undefined).toBe(configuration);
      if (configuration) expect(metadata.annotations?.['checksum/config']).toMatch(/^[0-9a-f]{64}$/);
      if (configuration)
        expect(spec.volumes?.find(({ name: volume }) => volume === 'configuration')?.configMap?.name).toBe(
          'medkg-configuration',
        );
    },
  );
});

test('monitoring scrapes every service every ten seconds, and not in development', () => {
  for (const { name, metricsPath } of records) {
    const { endpoints } = rendered.prod.one('ServiceMonitor', name).spec;
    expect(endpoints).toEqual([{ port: 'http', path: metricsPath, interval: '10s', scrapeTimeout: '8s' }]);
  }
  expect(rendered.prod.one('ServiceMonitor', 'api').metadata.labels).toMatchObject({
    release: 'kube-prometheus-stack',
  });
  expect(rendered.dev.all('ServiceMonitor')).toEqual([]);
});

test('priorities are of this release alone, and none is the default of the cluster', () => {
  const classes = rendered.prod.all('PriorityClass');
  expect(classes.map(({ value }) => value)).toEqual([100000, 10000]);
  for (const { metadata, globalDefault } of classes) {
    expect(metadata.name).toMatch(/^medkg-medkg-[0-9a-f]{8}-(serving|batch)-[0-9]+$/);
    expect(globalDefault).not.toBe(true);
  }
  expect(rendered.dev.all('PriorityClass')).toEqual([]);
  expect(rendered.dev.pod('api').spec).not.toHaveProperty('priorityClassName');
});
