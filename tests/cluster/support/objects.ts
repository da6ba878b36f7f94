import type { V1ObjectMeta } from '@kubernetes/client-node';
import { kubectl } from './kubectl';

/** An object as the API server stores it. */
export interface Stored {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: V1ObjectMeta;
  readonly type?: string;
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
}

/** Objects by `Kind/name`, the name without the release. */
export type Snapshot = ReadonlyMap<string, Stored>;

/** What differs between two snapshots. */
export interface Difference {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

/** Where the controller counts the templates of a Deployment. */
const REVISION = 'deployment.kubernetes.io/revision';

const IGNORED_KINDS = ['Event', 'Endpoints', 'EndpointSlice', 'Lease', 'ControllerRevision'];
const IGNORED_RESOURCES = /^(events|endpoints|leases|controllerrevisions)(\.|$)|metrics\.k8s\.io$/;

let resources: Promise<string> | undefined;

/** Every kind of object that a namespace can hold, custom ones included. */
function namespacedResources(): Promise<string> {
  resources ??= kubectl(['api-resources', '--namespaced', '--verbs=list', '--output=name']).then(
    ({ stdout }) =>
      stdout
        .split('\n')
        .filter((name) => name !== '' && !IGNORED_RESOURCES.test(name))
        .join(','),
  );
  return resources;
}

/** All that is in a namespace but what is in every one, and but what only reports. */
export async function everythingIn(namespace: string): Promise<readonly Stored[]> {
  const { stdout } = await kubectl([
    'get',
    await namespacedResources(),
    '--namespace',
    namespace,
    '--output=json',
  ]);
  const { items } = JSON.parse(stdout) as { items: readonly Stored[] };
  return items.filter((object) => !IGNORED_KINDS.includes(object.kind) && !isInEveryNamespace(object));
}

function isInEveryNamespace({ kind, metadata: { name } }: Stored): boolean {
  return (
    (kind === 'ConfigMap' && name === 'kube-root-ca.crt') || (kind === 'ServiceAccount' && name === 'default')
  );
}

/** What a release, or a person, made: nothing that a controller derived, nor Helm's own record. */
export async function snapshot(namespace: string, release = 'medkg'): Promise<Snapshot> {
  const objects = await everythingIn(namespace);
  const made = objects.filter(
    ({ metadata, type }) => metadata.ownerReferences === undefined && type !== 'helm.sh/release.v1',
  );
  return new Map(made.map((object) => [`${object.kind}/${shortName(object, release)}`, object]));
}

function shortName({ metadata: { name = '' } }: Stored, release: string): string {
  return name.startsWith(`${release}-`) ? name.slice(release.length + 1) : name;
}

/** What became of the objects of a namespace; the number of pods is left to an autoscaler where there is one. */
export function difference(before: Snapshot, after: Snapshot): Difference {
  const changed = [...after].filter(([name, object]) => {
    const old = before.get(name);
    const scaled = before.has(autoscalerOf(name)) && after.has(autoscalerOf(name));
    return old !== undefined && meaning(old, scaled) !== meaning(object, scaled);
  });
  return {
    added: [...after.keys()].filter((name) => !before.has(name)).sort(),
    removed: [...before.keys()].filter((name) => !after.has(name)).sort(),
    changed: changed.map(([name]) => name).sort(),
  };
}

function autoscalerOf(name: string): string {
  return name.replace(/^[^/]*/, 'HorizontalPodAutoscaler');
}

/** What an object asks for, without what the API server and the controllers count. */
function meaning(object: Stored, scaled: boolean): string {
  const { name, uid = '', labels, annotations = {}, finalizers } = object.metadata;
  const kept = { ...annotations, [REVISION]: undefined };
  const spec = { ...object.spec };
  if (scaled) delete spec['replicas'];
  // Whoever makes a Service anew gets another address.
  if (object.kind === 'Service' && spec['clusterIP'] !== 'None') {
    delete spec['clusterIP'];
    delete spec['clusterIPs'];
  }
  const told = {
    ...object,
    status: undefined,
    spec,
    metadata: { name, labels, annotations: kept, finalizers },
  };
  // A Job's selector is made of its identity.
  return JSON.stringify(told).replaceAll(uid, '<uid>');
}

/** Services whose pods were replaced. */
export function rolled(before: Snapshot, after: Snapshot): string[] {
  const revision = (object: Stored | undefined): string | undefined =>
    object?.metadata.annotations?.[REVISION];
  return [...after]
    .filter(
      ([name, object]) =>
        object.kind === 'Deployment' && before.has(name) && revision(object) !== revision(before.get(name)),
    )
    .map(([name]) => name.slice('Deployment/'.length))
    .sort();
}

/** How often each object was written: no change at all leaves these as they are. */
export function versions(objects: Snapshot): Record<string, readonly unknown[]> {
  return Object.fromEntries(
    [...objects].map(([name, { metadata }]) => [
      name,
      [metadata.uid, metadata.generation, metadata.resourceVersion],
    ]),
  );
}
