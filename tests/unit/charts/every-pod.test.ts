import { KubePod, type KubePodProps } from 'cdk8s-plus-28/lib/imports/k8s';
import { everyPod } from '../../../lib/charts/pod/every-pod';
import {
  defineChart,
  DescribedConstruct,
  flag,
  group,
  type JsonObject,
  slice,
  TemplateFolder,
  templated,
} from '../../../lib/engine';
import { evaluationScope, finalValues, renderChart, renderObjects } from '../../../lib/engine/renderers';
import { global } from '../../../lib/values/groups/global';
import {
  brokenPaths,
  containersOf,
  forService,
  type Platform,
  podsOf,
  render,
  renderFlows,
  type RenderedPod,
} from '../../support/platform';
import type { KubeObject, PodTemplate } from '../../support/kubernetes';

/** What stands under `global.pods` reaches every pod of the release, and every chart inside. */

const GIVEN = {
  labels: { team: 'search' },
  annotations: { 'linkerd.io/inject': 'enabled' },
  env: [{ name: 'HTTPS_PROXY', value: 'http://proxy:3128' }],
  nodeSelector: { pool: 'apps' },
  tolerations: [{ key: 'apps', operator: 'Exists' }],
  affinity: { podAffinity: {} },
  priorityClassName: 'platform-high',
} as const;
const PULL_SECRET = { name: 'mirror' };
const EVERYWHERE = {
  global: { pods: GIVEN, imagePullSecrets: [PULL_SECRET] },
} as unknown as JsonObject;

/** Every pod: of servers, hooks, tests, Jobs, and of the steps of flows. */
function podsIn(platform: Platform): RenderedPod[] {
  const steps = [...platform.flowFiles()].filter(([, { kind }]) => kind === 'Pod');
  return [...platform.pods(), ...podsOf(steps.map(([, pod]) => pod as unknown as KubeObject))];
}

/** A model that is fetched by a Job, and one that is fetched by each pod. */
const all = [
  ...podsIn(renderFlows(EVERYWHERE)),
  ...podsIn(
    render('prod', { ...EVERYWHERE, ...forService('qwen-embed-vllm', { modelCache: { mode: 'perPod' } }) }),
  ),
];

test('pods of all kinds are looked at', () => {
  const kinds = new Set(all.map(({ kind }) => kind));
  expect(kinds).toEqual(new Set(['Deployment', 'Job', 'Pod']));
  const names = all.map(({ name }) => name).join('\n');
  expect(names).toMatch(/^Job\/medkg-configuration-check$/m);
  expect(names).toMatch(/^Job\/medkg-qwen-embed-vllm-prefetch-/m);
  expect(names).toMatch(/^Pod\/medkg-release-test$/m);
  expect(names).toMatch(/^Pod\/medkg-flow-/m);
  const containers = all.flatMap(({ template }) => containersOf(template)).map(({ name }) => name);
  expect(containers).toEqual(expect.arrayContaining(['download', 'wait-for-model', 'validate', 'health']));
});

test.each(all)('$name has all of it', ({ template }) => {
  const { metadata, spec } = template as PodTemplate & { spec: Record<string, unknown> };
  expect(metadata.labels).toMatchObject(GIVEN.labels);
  expect(metadata.annotations).toMatchObject(GIVEN.annotations);
  expect(spec.nodeSelector).toMatchObject(GIVEN.nodeSelector);
  expect(spec.tolerations).toEqual(expect.arrayContaining([...GIVEN.tolerations]));
  expect(spec.affinity).toEqual(GIVEN.affinity);
  expect(spec.priorityClassName).toBe(GIVEN.priorityClassName);
  expect(spec.imagePullSecrets).toEqual([PULL_SECRET]);
  for (const { env } of containersOf(template)) expect(env).toContainEqual(GIVEN.env[0]);
});

test('it changes pods and nothing else', () => {
  const others = (platform: Platform): unknown[] =>
    platform.objects.filter(
      (object) => podsOf([object]).length === 0 && !/-flows$/.test(object.metadata.name),
    );
  expect(others(render('prod', EVERYWHERE))).toEqual(others(render('prod')));
});

/** `eval` stands for any service. */
const of = (pods: JsonObject, defaults: JsonObject, own: JsonObject): PodTemplate =>
  render('prod', { global: { pods }, defaults, services: { eval: own } }).pod('eval');

describe('what is nearer comes after it', () => {
  test.each([
    ['labels', 'podLabels', ({ metadata }: PodTemplate) => metadata.labels],
    ['annotations', 'podAnnotations', ({ metadata }: PodTemplate) => metadata.annotations],
    ['nodeSelector', 'nodeSelector', ({ spec }: PodTemplate) => spec.nodeSelector],
  ])('maps merge: %s', (knob, nearer, look) => {
    const pod = of(
      { [knob]: { a: 'global', b: 'global', c: 'global' } },
      { [nearer]: { b: 'defaults', c: 'defaults' } },
      { [nearer]: { c: 'service' } },
    );
    expect(look(pod)).toMatchObject({ a: 'global', b: 'defaults', c: 'service' });
  });

  test('lists are joined', () => {
    const pod = of(
      { tolerations: [{ key: 'a' }], env: [{ name: 'A', value: '1' }] },
      { tolerations: [{ key: 'b' }], extraEnv: [{ name: 'B', value: '1' }] },
      { tolerations: [{ key: 'c' }], extraEnv: [{ name: 'C', value: '1' }] },
    );
    expect(pod.spec.tolerations).toEqual([{ key: 'a' }, { key: 'b' }, { key: 'c' }]);
    expect(pod.spec.containers[0]?.env?.slice(-3).map(({ name }) => name)).toEqual(['A', 'B', 'C']);
  });

  test.each<[string, JsonObject, JsonObject, unknown]>([
    ['the service', { priorityClassName: 'defaults' }, { priorityClassName: 'service' }, 'service'],
    ['the defaults', { priorityClassName: 'defaults' }, {}, 'defaults'],
    ['global', {}, {}, 'global'],
    ['ours, since a service says so', {}, { priorityClassName: '' }, expect.stringMatching(/-batch-10000$/)],
  ])('the class is that of %s', (_what, defaults, own, expected) => {
    expect(of({ priorityClassName: 'global' }, defaults, own).spec.priorityClassName).toEqual(expected);
  });

  const [one, two, three] = [{ nodeAffinity: {} }, { podAffinity: {} }, { podAntiAffinity: {} }];
  test.each<[string, JsonObject, JsonObject, unknown]>([
    ['the service', { affinity: two }, { affinity: three }, three],
    ['the defaults', { affinity: two }, {}, two],
    ['global', {}, {}, one],
    ['ours, since a service says so', {}, { affinity: {} }, of({}, {}, {}).spec.affinity],
  ])('the affinity is that of %s', (_what, defaults, own, expected) => {
    expect(of({ affinity: one }, defaults, own).spec.affinity).toEqual(expected);
  });
});

test.each<[string, JsonObject, JsonObject, string[]]>([
  ['a label of ours', { labels: { 'helm.sh/chart': 'x' } }, {}, ['global.pods.labels']],
  ['an annotation of ours', { annotations: { 'checksum/config': 'x' } }, {}, ['global.pods.annotations']],
  ['an annotation of Helm', { annotations: { 'helm.sh/hook': 'x' } }, {}, ['global.pods.annotations']],
  ['a label of the pools', { nodeSelector: { gpu_type: 'x' } }, {}, ['global.pods.nodeSelector']],
  ['a variable of the download', { env: [{ name: 'MODEL_MARKER' }] }, {}, ['global.pods.env']],
  [
    'a variable of a service',
    { env: [{ name: 'TZ' }] },
    { services: { eval: { extraEnv: [{ name: 'TZ' }] } } },
    ['services.eval.extraEnv'],
  ],
])('%s is refused', (_what, pods, others, paths) => {
  expect(brokenPaths('prod', { global: { pods }, ...others })).toEqual(paths);
});

describe('a chart inside', () => {
  class Only extends DescribedConstruct {
    constructor(folder: TemplateFolder, props: KubePodProps) {
      super(folder, 'only', { source: 'tests/unit/charts/every-pod.test.ts' });
      new KubePod(this, 'pod', props);
    }
  }

  const inner = defineChart({
    facts: { name: 'store', version: '1.0.0', appVersion: '1' },
    metadata: { description: 'A store' },
    values: { global, on: group(flag('Anything'), true) },
  });
  const pods = everyPod(inner.values.global);
  const store = inner.describe({
    objects: (app) => {
      new Only(
        new TemplateFolder(app, 'only'),
        templated<KubePodProps>({
          metadata: { name: 'store', labels: pods.labels, annotations: pods.annotations },
          spec: {
            containers: [{ name: 'store', env: pods.env }],
            imagePullSecrets: pods.imagePullSecrets,
            nodeSelector: pods.nodeSelector,
            tolerations: pods.tolerations,
          },
        }),
      );
    },
  });
  const chart = defineChart({
    facts: { name: 'outer', version: '1.0.0', appVersion: '1' },
    metadata: { description: 'A platform' },
    values: { global, store: slice(store, { enabled: true }) },
  });
  const outer = chart.describe({ objects: () => undefined });

  test('has what the outer chart is given', () => {
    const values = finalValues(chart.catalogue, EVERYWHERE);
    const scope = evaluationScope(outer.facts, values, { name: 'r', namespace: 'n' });
    expect(renderObjects(outer, scope).map(({ object }) => object)).toEqual([
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'store', labels: GIVEN.labels, annotations: GIVEN.annotations },
        spec: {
          containers: [{ name: 'store', env: GIVEN.env }],
          imagePullSecrets: [PULL_SECRET],
          nodeSelector: GIVEN.nodeSelector,
          tolerations: GIVEN.tolerations,
        },
      },
    ]);
  });

  test('asks its own global, where Helm puts that of the outer one', () => {
    expect(renderChart(outer).get('charts/store/templates/only/pod.yaml')).toContain(
      '{{- with .Values.global.pods.labels }}',
    );
  });
});
