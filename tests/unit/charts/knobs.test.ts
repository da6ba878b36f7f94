import type { JsonObject } from '../../../lib/engine';
import { brokenPaths, mainOf, render, renderOnly, type Platform } from '../../support/platform';

/** `eval` stands for any service. */
const NAME = 'eval';

/** What is rendered where `defaults` and the service say something each; undefined is silence. */
function rendering(knob: string, defaults: unknown, service: unknown): Platform {
  const overrides = {
    ...(defaults === undefined ? {} : { defaults: { [knob]: defaults } }),
    ...(service === undefined ? {} : { services: { [NAME]: { [knob]: service } } }),
  };
  return renderOnly(NAME, 'prod', overrides as JsonObject);
}

type Look = (platform: Platform) => unknown;
const pod = (platform: Platform): ReturnType<Platform['pod']> => platform.pod(NAME);
const main = (platform: Platform): ReturnType<typeof mainOf> => mainOf(pod(platform));

const MAPS: readonly (readonly [string, Look])[] = [
  ['labels', (platform) => platform.one('Deployment', NAME).metadata.labels],
  ['labels', (platform) => platform.one('Service', NAME).metadata.labels],
  ['annotations', (platform) => platform.one('Deployment', NAME).metadata.annotations],
  ['podLabels', (platform) => pod(platform).metadata.labels],
  ['podAnnotations', (platform) => pod(platform).metadata.annotations],
  ['serviceAnnotations', (platform) => platform.one('Service', NAME).metadata.annotations],
  ['nodeSelector', (platform) => pod(platform).spec.nodeSelector],
];

describe.each(MAPS)('the map %s', (knob, look) => {
  test('has the entries of both, and the service wins', () => {
    expect(
      look(rendering(knob, { both: 'default', first: 'default' }, { both: 'service', second: 'service' })),
    ).toMatchObject({ both: 'service', first: 'default', second: 'service' });
  });

  test('may be given by one of them', () => {
    expect(look(rendering(knob, { one: 'default' }, undefined))).toMatchObject({ one: 'default' });
    expect(look(rendering(knob, undefined, { one: '' }))).toMatchObject({ one: '' });
  });
});

test('a map that nobody fills is not there', () => {
  const platform = renderOnly(NAME, 'prod');
  expect(platform.one('Deployment', NAME).metadata).not.toHaveProperty('annotations');
  expect(platform.one('Service', NAME).metadata).not.toHaveProperty('annotations');
  expect(pod(platform).spec).not.toHaveProperty('nodeSelector');
});

/** A list, an item for `defaults`, one for the service, and where they come out. */
const LISTS: readonly (readonly [string, JsonObject, JsonObject, Look])[] = [
  [
    'tolerations',
    { key: 'a', operator: 'Exists' },
    { key: 'b', operator: 'Exists' },
    (platform) => pod(platform).spec.tolerations,
  ],
  ['imagePullSecrets', { name: 'a' }, { name: 'b' }, (platform) => pod(platform).spec.imagePullSecrets],
  ['extraEnv', { name: 'A', value: '1' }, { name: 'B', value: '' }, (platform) => main(platform).env],
  [
    'extraEnvFrom',
    { secretRef: { name: 'a' } },
    { secretRef: { name: 'b' } },
    (platform) => main(platform).envFrom,
  ],
  [
    'extraVolumes',
    { name: 'a', emptyDir: {} },
    { name: 'b', emptyDir: {} },
    (platform) => pod(platform).spec.volumes,
  ],
  [
    'extraVolumeMounts',
    { name: 'a', mountPath: '/a' },
    { name: 'b', mountPath: '/b' },
    (platform) => main(platform).volumeMounts,
  ],
  [
    'extraContainers',
    { name: 'a', image: 'a:1' },
    { name: 'b', image: 'b:1' },
    (platform) => pod(platform).spec.containers,
  ],
  [
    'initContainers',
    { name: 'a', image: 'a:1' },
    { name: 'b', image: 'b:1' },
    (platform) => pod(platform).spec.initContainers,
  ],
];

describe.each(LISTS)('the list %s', (knob, first, second, look) => {
  test('has ours, then those of the defaults, then those of the service', () => {
    const ours = (look(renderOnly(NAME, 'prod')) ?? []) as unknown[];
    expect(look(rendering(knob, [first], [second]))).toEqual([...ours, first, second]);
    expect(look(rendering(knob, [first], undefined))).toEqual([...ours, first]);
    expect(look(rendering(knob, undefined, [second]))).toEqual([...ours, second]);
    expect(look(rendering(knob, [first], []))).toEqual([...ours, first]);
  });
});

test('secrets to pull images with come from the umbrella first', () => {
  const platform = render('prod', {
    global: { imagePullSecrets: [{ name: 'umbrella' }] },
    defaults: { imagePullSecrets: [{ name: 'default' }] },
  });
  expect(pod(platform).spec.imagePullSecrets).toEqual([{ name: 'umbrella' }, { name: 'default' }]);
});

/** A scalar: what the defaults say, what the service says though a template takes it for nothing, and the result. */
const SCALARS: readonly (readonly [string, unknown, unknown, Look, unknown])[] = [
  ['revisionHistoryLimit', 7, 0, (platform) => platform.one('Deployment', NAME).spec.revisionHistoryLimit, 0],
  ['topologySpread', true, false, (platform) => pod(platform).spec.topologySpreadConstraints, undefined],
  ['runtimeClassName', 'gvisor', '', (platform) => pod(platform).spec.runtimeClassName, undefined],
  [
    'priorityClassName',
    'high',
    '',
    (platform) => pod(platform).spec.priorityClassName,
    expect.stringMatching(/-batch-10000$/),
  ],
];

describe.each(SCALARS)('the scalar %s', (knob, fallback, falsy, look, result) => {
  test('of the service counts, even where it is 0, false or empty', () => {
    expect(look(rendering(knob, fallback, falsy))).toEqual(result);
  });

  test('of the defaults counts where the service is silent', () => {
    expect(look(rendering(knob, fallback, undefined))).toEqual(look(rendering(knob, undefined, fallback)));
    expect(look(rendering(knob, fallback, undefined))).not.toEqual(result);
  });
});

describe('affinity', () => {
  const theirs = { podAntiAffinity: {} };
  const look = (platform: Platform): unknown => pod(platform).spec.affinity;

  test('of the service is taken whole, or that of the defaults, or ours', () => {
    const other = { podAffinity: {} };
    expect(look(rendering('affinity', theirs, other))).toEqual(other);
    expect(look(rendering('affinity', theirs, undefined))).toEqual(theirs);
    expect(look(rendering('affinity', theirs, {}))).toEqual(look(renderOnly(NAME, 'prod')));
  });
});

test('a service may set all there is for itself', () => {
  const own = {
    command: ['a'],
    args: ['b'],
    preStopSeconds: 0,
    terminationGracePeriodSeconds: 9,
    servicePort: 81,
    rollout: { maxSurge: 2, maxUnavailable: 1 },
  };
  const platform = renderOnly(NAME, 'prod', { services: { [NAME]: own } });
  expect(main(platform)).toMatchObject({ command: ['a'], args: ['b'] });
  expect(main(platform)).not.toHaveProperty('lifecycle');
  expect(pod(platform).spec.terminationGracePeriodSeconds).toBe(9);
  expect(platform.one('Service', NAME).spec.ports[0]?.port).toBe(81);
  expect(platform.one('Deployment', NAME).spec.strategy.rollingUpdate).toEqual(own.rollout);
});

test.each([
  ['rollout', { rollout: { maxSurge: 0, maxUnavailable: 0 } }],
  ['preStopSeconds', { preStopSeconds: 45 }],
])('%s that cannot work is refused', (knob, own) => {
  expect(brokenPaths('prod', { services: { [NAME]: own } })).toEqual([`services.${NAME}.${knob}`]);
});

describe('images', () => {
  const imageOf = (overrides: JsonObject, name = NAME): string =>
    renderOnly(name, 'prod', overrides).main(name).image;
  const digest = `sha256:${'0'.repeat(64)}`;

  test.each<[string, JsonObject, string]>([
    ['ours, at the version of the application', {}, 'ghcr.io/example-org/medkg-eval:1.0.0'],
    [
      'of another organisation',
      { image: { repositoryPrefix: 'acme/medkg-', tag: 'abc' } },
      'ghcr.io/acme/medkg-eval:abc',
    ],
    [
      'with a tag of its own',
      { services: { eval: { image: { tag: 'mine' } } } },
      'ghcr.io/example-org/medkg-eval:mine',
    ],
    [
      'with a digest, which wins',
      { services: { eval: { image: { tag: 'mine', digest } } } },
      `ghcr.io/example-org/medkg-eval@${digest}`,
    ],
    [
      'from the registry of the umbrella',
      { global: { imageRegistry: 'registry.example.org' } },
      'registry.example.org/example-org/medkg-eval:1.0.0',
    ],
    [
      'from elsewhere',
      { services: { eval: { image: { registry: 'quay.io', repository: 'x/eval' } } } },
      'quay.io/x/eval:1.0.0',
    ],
  ])('%s', (_what, overrides, expected) => {
    expect(imageOf(overrides)).toBe(expected);
  });

  test('of vLLM come from the registry of the umbrella too', () => {
    expect(imageOf({}, 'qwen-embed-vllm')).toMatch(/^docker\.io\/vllm\/vllm-openai:v/);
    expect(imageOf({ global: { imageRegistry: 'registry.example.org' } }, 'qwen-embed-vllm')).toMatch(
      /^registry\.example\.org\/vllm\/vllm-openai:v/,
    );
  });
});

test('a service that is off leaves nothing behind', () => {
  const { objects } = render('prod', { services: { mineru: { enabled: false } } });
  expect(
    objects.filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/component'] === 'mineru'),
  ).toEqual([]);
});

test('objects of the operator are added as they are', () => {
  const extra = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'extra' }, data: { a: '1' } };
  expect(render('prod', { extraObjects: [extra] }).objects.at(-1)).toEqual(extra);
});
