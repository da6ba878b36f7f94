import { steps } from '../../../lib/platform/flows/steps';
import type { KubeObject } from '../../support/kubernetes';
import {
  brokenPaths,
  mainOf,
  podsOf,
  records,
  render,
  rendered,
  variants,
  type Platform,
} from '../../support/platform';
import { selects } from '../../support/traffic';

/** Kinds that find their pods by a selector. */
const SELECTING = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];
const SELECTOR = (component: string): Record<string, string> => ({
  'app.kubernetes.io/instance': 'medkg',
  'app.kubernetes.io/component': component,
});
const files = steps.flatMap(({ name, service, spot }) =>
  [name, ...(spot ? [`${name}.spot`] : [])].map((file) => ({ file, service })),
);
const LABELS = { labels: { team: 'search' }, podLabels: { tier: 'x' } };
const everyLabel = render('prod', {
  defaults: LABELS,
  services: Object.fromEntries(['api', 'mineru'].map((name) => [name, LABELS])),
});

describe.each([...variants, ['with labels of the operator', everyLabel] as const])(
  '%s',
  (_variant, platform) => {
    test('every selector is the release and the component, and nothing that an operator adds', () => {
      for (const object of platform.objects.filter(({ kind }) => SELECTING.includes(kind))) {
        const component = object.metadata.labels?.['app.kubernetes.io/component'] ?? '';
        const { selector } = (object as KubeObject & { spec: { selector?: unknown } }).spec;
        expect([object.kind, selector]).toEqual([object.kind, { matchLabels: SELECTOR(component) }]);
        for (const { template } of podsOf([object]))
          expect(template.metadata.labels).toMatchObject(SELECTOR(component));
      }
    });

    test('every Service selects the pods of its own name, and no other, at a named port', () => {
      for (const service of platform.all('Service')) {
        const chosen = platform
          .pods()
          .filter(({ template }) =>
            selects({ matchLabels: service.spec.selector }, template.metadata.labels ?? {}),
          );
        expect(chosen.map(({ name }) => name.split('/')[1])).toEqual([service.metadata.name]);
        for (const { targetPort } of service.spec.ports) {
          expect(
            chosen.flatMap(({ template }) => mainOf(template).ports ?? []).map(({ name }) => name),
          ).toContain(targetPort);
        }
      }
    });

    test('budgets, monitors and policies select pods and Services that are there', () => {
      for (const { spec } of platform.all('PodDisruptionBudget'))
        expect(chosenPods(platform, spec.selector)).toHaveLength(1);
      for (const { spec } of platform.all('ServiceMonitor')) {
        const services = platform
          .all('Service')
          .filter(({ metadata }) => selects(spec.selector, metadata.labels ?? {}));
        expect(services).toHaveLength(1);
        expect(services[0]?.spec.ports.map(({ name }) => name)).toContain(spec.endpoints[0]?.port);
      }
      for (const { metadata, spec } of platform.all('NetworkPolicy')) {
        if (metadata.name === 'medkg-platform-default-deny')
          expect(chosenPods(platform, spec.podSelector)).toHaveLength(platform.pods().length);
        else if (metadata.name.endsWith('-step'))
          expect([metadata.name, chosenSteps(platform, spec.podSelector)]).toEqual([
            metadata.name,
            files.filter(({ service }) => metadata.name === `medkg-flows-${service}-step`),
          ]);
        else
          // Airflow's pods are of another release.
          expect([metadata.name, chosenPods(platform, spec.podSelector).length]).toEqual([
            metadata.name,
            metadata.name.startsWith('medkg-airflow-') ? 0 : 1,
          ]);
      }
    });

    test('nothing that changes with each version of the chart is in a pod template', () => {
      for (const { kind, template } of platform.pods()) {
        if (kind === 'Pod') continue;
        expect(Object.keys(template.metadata.labels ?? {})).not.toEqual(
          expect.arrayContaining(['helm.sh/chart']),
        );
        expect(Object.keys(template.metadata.labels ?? {})).not.toEqual(
          expect.arrayContaining(['app.kubernetes.io/version']),
        );
      }
    });

    test('every object has a name of its own, the labels of the release, and no namespace of its own', () => {
      const identities = platform.objects.map(
        ({ apiVersion, kind, metadata }) => `${apiVersion}/${kind}/${metadata.name}`,
      );
      expect(new Set(identities).size).toBe(identities.length);
      for (const { metadata } of platform.objects) {
        expect(metadata.labels).toMatchObject({
          'app.kubernetes.io/name': 'medical-kg',
          'app.kubernetes.io/instance': 'medkg',
          'app.kubernetes.io/managed-by': 'Helm',
          'app.kubernetes.io/part-of': 'medical-kg',
          'app.kubernetes.io/version': expect.any(String) as unknown,
          'helm.sh/chart': expect.stringMatching(/^medical-kg-/) as unknown,
        });
        expect(metadata.namespace).toBeUndefined();
      }
    });
  },
);

function chosenSteps(platform: Platform, selector: Parameters<typeof selects>[0]): readonly unknown[] {
  return files.filter(({ file }) => selects(selector, platform.step(file).metadata.labels ?? {}));
}

function chosenPods(platform: Platform, selector: Parameters<typeof selects>[0]): readonly unknown[] {
  return platform.pods().filter(({ template }) => selects(selector, template.metadata.labels ?? {}));
}

test.each(['app.kubernetes.io/component', 'app.kubernetes.io/instance', 'helm.sh/chart'])(
  'the label %s of an operator is refused',
  (label) => {
    expect(brokenPaths('prod', { defaults: { podLabels: { [label]: 'x' } } })).toEqual([
      'defaults.podLabels',
    ]);
    expect(brokenPaths('prod', { services: { api: { labels: { [label]: 'x' } } } })).toEqual([
      'services.api.labels',
    ]);
  },
);

/** The rule names them by one pattern, far from where each is set. */
test('every annotation that we set on pods is refused of an operator', () => {
  const ours = new Set(
    variants
      .flatMap(([, platform]) => platform.pods())
      .filter(({ kind }) => kind !== 'Pod')
      .flatMap(({ template }) => Object.keys(template.metadata.annotations ?? {})),
  );
  expect(ours).toContain('checksum/config');
  expect(ours).toContain('vault.hashicorp.com/agent-inject-template-medkg.env');
  for (const annotation of [...ours, 'medkg.io/secrets-rollout'])
    expect([
      annotation,
      brokenPaths('prod', { defaults: { podAnnotations: { [annotation]: 'x' } } }),
    ]).toEqual([annotation, ['defaults.podAnnotations']]);
});

describe('fields that the API server lets nobody change', () => {
  /** What cannot be changed in an object of the same name. */
  function immutable(object: KubeObject): unknown {
    const spec = (object as KubeObject & { spec?: Record<string, unknown> }).spec ?? {};
    switch (object.kind) {
      case 'Deployment':
      case 'DaemonSet':
      case 'ReplicaSet':
        return spec['selector'];
      case 'StatefulSet':
        return [
          spec['selector'],
          spec['serviceName'],
          spec['volumeClaimTemplates'],
          spec['podManagementPolicy'],
        ];
      case 'Job':
        return [spec['template'], spec['selector']];
      case 'PersistentVolumeClaim':
        return spec;
      default:
        return undefined;
    }
  }

  test('are the same in all environments', () => {
    const seen = new Map<string, unknown>();
    for (const platform of Object.values(rendered)) {
      for (const object of platform.objects) {
        // A hook is deleted before it is made anew.
        if (object.metadata.annotations?.['helm.sh/hook'] !== undefined) continue;
        const identity = `${object.kind}/${object.metadata.name}`;
        if (seen.has(identity)) expect(immutable(object)).toEqual(seen.get(identity));
        seen.set(identity, immutable(object));
      }
    }
    expect(seen.size).toBeGreaterThan(80);
  });
});

describe('names', () => {
  const DNS_LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
  const long = 'a-release-name-of-fifty-three-characters-which-is-max';
  const releases = [
    'r',
    'r-medical-kg',
    'r-api',
    'with.dots',
    '1st',
    long,
    `${long.slice(0, -1)}y`,
    'a'.repeat(28),
    'a'.repeat(29),
  ];

  test.each(releases)('of release %s are labels of at most 63 characters', (name) => {
    const { objects } = render('prod', {}, { name, namespace: 'n'.repeat(63) });
    for (const { kind, metadata } of objects) {
      expect(metadata.name).toMatch(DNS_LABEL);
      expect([kind, metadata.name, metadata.name.length <= 63]).toEqual([kind, metadata.name, true]);
    }
  });

  test('are never shared by two releases', () => {
    const owners = new Map<string, string>();
    for (const name of releases) {
      for (const namespace of ['one', 'two']) {
        for (const { kind, metadata } of render('prod', {}, { name, namespace }).objects) {
          const place = kind === 'PriorityClass' ? '' : namespace;
          const identity = `${place}/${kind}/${metadata.name}`;
          expect([identity, owners.get(identity)]).toEqual([identity, undefined]);
          owners.set(identity, `${namespace}/${name}`);
        }
      }
    }
  });

  test('begin with what replaces the release, and selectors have it too', () => {
    const { metadata, spec } = render('prod', { fullnameOverride: 'other' }).one('Deployment', 'api');
    expect(metadata.name).toBe('other-api');
    expect(spec.selector.matchLabels).toEqual({
      ...SELECTOR('api'),
      'app.kubernetes.io/instance': 'other',
    });
  });

  test('change with the selectors and never without them, so that no selector changes in place', () => {
    const selectors = new Map<string, unknown>();
    for (const name of releases.filter((release) => !release.includes('.'))) {
      for (const [release, fullnameOverride] of [
        ['medkg', name],
        [name, ''],
      ] as const) {
        const rendered = render('prod', { fullnameOverride }, { name: release, namespace: 'one' });
        const deployment = rendered.one('Deployment', 'api');
        const seen = selectors.get(deployment.metadata.name) ?? deployment.spec.selector;
        expect(deployment.spec.selector).toEqual(seen);
        selectors.set(deployment.metadata.name, seen);
      }
    }
    expect(new Set([...selectors.values()].map((one) => JSON.stringify(one))).size).toBe(selectors.size);
  });
});

test('every record has its Deployment, Service and account in production', () => {
  for (const { name } of records) {
    for (const kind of [
      'Deployment',
      'Service',
      'ServiceAccount',
      'NetworkPolicy',
      'ServiceMonitor',
    ] as const)
      expect(rendered.prod.one(kind, name).metadata.name).toBe(`medkg-${name}`);
  }
});
