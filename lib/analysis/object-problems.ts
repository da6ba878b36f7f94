import { type Json, type JsonObject, isJsonObject } from '../engine';
import { valuesKey } from '../platform/model';
import { allServices } from '../platform/services';
import type { Problem, RenderedObject } from '../engine/renderers';
import { podsInFiles } from './flow-files';
import { mapsOf, podSpecOf } from './pods';

/**
 * What only our own validation knows, since no schema and no template sees the whole object: names that are
 * given twice, mostly by lists of the operator that are joined with ours.
 */
export function objectProblems(objects: readonly RenderedObject[]): Problem[] {
  return [...sameObjects(objects), ...objects.flatMap(podProblems), ...objects.flatMap(stepProblems)];
}

function sameObjects(objects: readonly RenderedObject[]): Problem[] {
  const identities = objects.map(({ object }) => `${textOf(object['apiVersion'])} ${identityOf(object)}`);
  return repeated(identities).map((identity) => ({
    kind: 'object',
    path: 'extraObjects',
    sentence: `makes ${identity.split(' ').slice(1).join(' ')} a second time: give it another name`,
  }));
}

/** `Deployment/medkg-api`, with the namespace where it is not the release's. */
export function identityOf(object: JsonObject): string {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {};
  const namespace = metadata['namespace'] === undefined ? '' : ` in ${textOf(metadata['namespace'])}`;
  return `${textOf(object['kind'])}/${textOf(metadata['name'])}${namespace}`;
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** A list in a pod whose entries have a name each. */
interface Named {
  readonly what: string;
  /** The value that the operator adds such entries with. */
  readonly value: string;
  readonly names: readonly string[];
}

function podProblems({ template, object }: RenderedObject): Problem[] {
  const pod = podSpecOf(object);
  if (pod === undefined) return [];
  return namesTwice(pod, adding(template), `the pods of ${identityOf(object)}`);
}

/** The pods of steps are text of a ConfigMap, which nothing else looks into. */
function stepProblems(rendered: RenderedObject): Problem[] {
  return podsInFiles(rendered).flatMap(({ file, service, pod }) =>
    namesTwice(podSpecOf(pod) ?? {}, (list) => `services.${service}.${list}`, `the pod of ${file}`),
  );
}

function namesTwice(pod: JsonObject, pathOf: (list: string) => string, where: string): Problem[] {
  return namedLists(pod).flatMap(({ what, value, names }) =>
    repeated(names).map((name): Problem => ({
      kind: 'object',
      path: pathOf(value),
      sentence: `gives the ${what} ${JSON.stringify(name)} a second time in ${where}`,
    })),
  );
}

function namedLists(pod: JsonObject): Named[] {
  const containers = mapsOf(pod['containers']);
  const all = [...mapsOf(pod['initContainers']), ...containers];
  return [
    { what: 'container name', value: 'extraContainers', names: namesOf(all) },
    { what: 'volume name', value: 'extraVolumes', names: namesOf(mapsOf(pod['volumes'])) },
    {
      what: 'port name',
      value: 'extraContainers',
      names: namesOf(containers.flatMap((container) => mapsOf(container['ports']))),
    },
    ...all.flatMap((container): Named[] => [
      { what: 'variable', value: 'extraEnv', names: namesOf(mapsOf(container['env'])) },
      {
        what: 'mount path',
        value: 'extraVolumeMounts',
        names: textsOf(mapsOf(container['volumeMounts']), 'mountPath'),
      },
    ]),
  ];
}

function namesOf(maps: readonly JsonObject[]): string[] {
  return textsOf(maps, 'name');
}

function textsOf(maps: readonly JsonObject[], key: string): string[] {
  return maps.flatMap(({ [key]: text }) => (typeof text === 'string' ? [text] : []));
}

/** What stands more than once, each once. */
function repeated(names: readonly string[]): string[] {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const name of names) (seen.has(name) ? again : seen).add(name);
  return [...again];
}

/** The value that adds to a list of a pod. The folder of a service's template is its name. */
function adding(template: string): (list: string) => string {
  const [folder = ''] = template.split('/');
  if (folder === 'extra-objects') return () => 'extraObjects';
  const service = allServices().find(({ name }) => name === folder);
  if (service !== undefined) return (list) => `services.${valuesKey(service.name)}.${list}`;
  // Jobs, tests and the pods of charts inside have what every pod has, and no lists of their own.
  return (list) => (list === 'extraEnv' ? 'global.pods.env' : '');
}
