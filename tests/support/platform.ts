import { podTemplateOf } from '../../lib/analysis';
import { ENVIRONMENTS, type Environment } from '../../lib/platform/environments';
import { describePlatform, catalogue } from '../../lib/umbrella';
import { partVariants } from '../../lib/umbrella/parts';
import { allServices } from '../../lib/platform/services';
import { platformScope } from '../../lib/render';
import type { EvaluationScope, JsonObject } from '../../lib/engine';
import {
  type Release,
  coalesce,
  readValuesInput,
  renderObjects,
  finalValues,
  brokenRules,
} from '../../lib/engine/renderers';
import type { Container, KubeObject, Kinds, PodTemplate } from './kubernetes';

/** All records. */
export const records = allServices();

/** The one description, synthesised once for a file of tests. */
export const description = describePlatform();

const RELEASE: Release = { name: 'medkg', namespace: 'medkg' };

/** The values of an environment (or the chart's own), with more on top. */
function valuesOf(environment?: Environment, overrides: JsonObject = {}): JsonObject {
  const files = environment === undefined ? [] : [`values/${environment}.yaml`];
  const given = readValuesInput({ files, set: [], setString: [] }).overrides;
  return coalesce(finalValues(catalogue, given), overrides);
}

export function scopeOf(
  environment?: Environment,
  overrides: JsonObject = {},
  release = RELEASE,
): EvaluationScope {
  return platformScope(valuesOf(environment, overrides), release);
}

/** One rendered pod: of whatever makes pods, or on its own. */
export interface RenderedPod {
  /** For the names of tests and for messages. */
  readonly name: string;
  readonly kind: string;
  readonly component: string;
  readonly template: PodTemplate;
}

/** What one release consists of. */
export class Platform {
  readonly objects: readonly KubeObject[];

  constructor(scope: EvaluationScope, of = description) {
    this.objects = renderObjects(of, scope).map(({ object }) => object as unknown as KubeObject);
  }

  all<K extends keyof Kinds>(kind: K): readonly Kinds[K][] {
    return this.objects.filter((object) => object.kind === kind) as unknown as Kinds[K][];
  }

  /** The object of a kind and a component: the one that is named after it, where there are several. */
  one<K extends keyof Kinds>(kind: K, component: string): Kinds[K] {
    const found = this.maybe(kind, component);
    if (found === undefined) throw new Error(`no ${kind} of ${component}`);
    return found;
  }

  maybe<K extends keyof Kinds>(kind: K, component: string): Kinds[K] | undefined {
    const found = this.all(kind).filter(
      ({ metadata }) => metadata.labels?.['app.kubernetes.io/component'] === component,
    );
    return found.find(({ metadata }) => metadata.name.endsWith(component)) ?? found[0];
  }

  /** Every pod template, of whatever kind, hooks and tests among them. */
  pods(): readonly RenderedPod[] {
    return podsOf(this.objects);
  }

  /** The files that the flows read, parsed. */
  flowFiles(): ReadonlyMap<string, JsonObject> {
    const found = this.all('ConfigMap').find(({ metadata }) => metadata.name.endsWith('-flows'));
    return new Map(
      Object.entries(found?.data ?? {}).map(([file, text]) => [file, JSON.parse(text) as JsonObject]),
    );
  }

  /** The pod of a step, as its template has it. */
  step(file: string): KubeObject & PodTemplate {
    const pod = this.flowFiles().get(`${file}.json`);
    if (pod === undefined) throw new Error(`no template of ${file}`);
    return pod as unknown as KubeObject & PodTemplate;
  }

  pod(component: string): PodTemplate {
    return this.one('Deployment', component).spec.template;
  }

  main(component: string): Container {
    return mainOf(this.pod(component));
  }
}

/** The pods that objects make, or are. */
export function podsOf(objects: readonly KubeObject[]): readonly RenderedPod[] {
  return objects.flatMap((object) => {
    // Rendered pods have the shape that the API server asks for: kubeconform sees to it.
    const template = podTemplateOf(object as unknown as JsonObject) as PodTemplate | undefined;
    if (template === undefined) return [];
    const { kind, metadata } = object;
    const component = template.metadata.labels?.['app.kubernetes.io/component'] ?? '';
    return [{ name: `${kind}/${metadata.name}`, kind, component, template }];
  });
}

/** The first container: the service itself. */
export function mainOf(template: PodTemplate): Container {
  const [main] = template.spec.containers;
  if (main === undefined) throw new Error('a pod without containers');
  return main;
}

export function containersOf({ spec }: PodTemplate): readonly Container[] {
  return [...(spec.initContainers ?? []), ...spec.containers];
}

/** Renders an environment, with overrides. */
export function render(environment?: Environment, overrides: JsonObject = {}, release = RELEASE): Platform {
  return new Platform(scopeOf(environment, overrides, release));
}

/** Renders the objects of one service alone, which is quicker. */
export function renderOnly(name: string, environment?: Environment, overrides: JsonObject = {}): Platform {
  const objects = description.objects.filter(({ folder }) => folder === name);
  return new Platform(scopeOf(environment, overrides), { ...description, objects });
}

/** The values that an environment with overrides must not have together. */
export function brokenPaths(environment?: Environment, overrides: JsonObject = {}): string[] {
  return brokenRules(description, scopeOf(environment, overrides)).map(({ path }) => path);
}

/** Overrides for one service. */
export function forService(name: string, overrides: JsonObject): JsonObject {
  return { services: { [keyOf(name)]: overrides } };
}

function keyOf(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Every environment. */
// The entries have the names of all of them.
export const rendered = Object.fromEntries(
  ENVIRONMENTS.map((name): [Environment, Platform] => [name, render(name)]),
) as Readonly<Record<Environment, Platform>>;

/** Production with the flows, which no environment switches on: they need a file system that many nodes share. */
export const FLOWS_ON: JsonObject = {
  airflow: {
    enabled: true,
    storage: { storageClassName: 'efs' },
    alerts: { alertmanagerUrl: 'http://alertmanager-operated.monitoring:9093' },
  },
};
export function renderFlows(overrides: JsonObject = {}): Platform {
  return render('prod', coalesce(FLOWS_ON, overrides));
}
export const withFlows = renderFlows();

const GPU_ON = { enabled: true };
/** Everything that can be switched on at once, each way once. */
export const variants: readonly (readonly [string, Platform])[] = [
  ...ENVIRONMENTS.map((name): [string, Platform] => [name, rendered[name]]),
  ['the defaults', render()],
  ['dev with GPUs', render('dev', { services: { splade: GPU_ON, mineru: GPU_ON, qwenEmbedVllm: GPU_ON } })],
  ['prod by the Vault agent', render('prod', { secrets: { backend: 'vaultAgent' } })],
  [
    'prod with a volume a pod',
    render('prod', forService('qwen-embed-vllm', { modelCache: { mode: 'perPod' } })),
  ],
  [
    'prod with a model in the image',
    render('prod', forService('qwen-embed-vllm', { modelCache: { mode: 'image' } })),
  ],
  ['prod with flows', withFlows],
  ['prod with extract on a GPU', render('prod', forService('extract', { gpu: { pool: 'vllm-gpu' } }))],
  ...partVariants.map(([name, values]) => [name, render(undefined, values)] as const),
];
