import type { V1Namespace, V1NetworkPolicy, V1Pod } from '@kubernetes/client-node';
import { parseAllDocuments } from 'yaml';
import { connections } from './analyzer';
import type { Release } from './helm';
import { kubectl } from './kubectl';
import type { End } from './model-calls';
import { namespacesOfStrangers, podsOfStrangers, type Stranger } from './strangers';
import { COMPONENT } from './workloads';

/** What the API server has of a release, with what is around it. */
export interface World {
  readonly policies: readonly V1NetworkPolicy[];
  readonly rest: readonly object[];
  readonly ends: readonly End[];
}

/** Objects of one kind, as they are stored. */
async function stored<T>(...args: readonly string[]): Promise<readonly T[]> {
  const { stdout } = await kubectl(['get', ...args, '--output=json']);
  return (JSON.parse(stdout) as { items: readonly T[] }).items;
}

/** What we read of a hook; a Job has a pod inside. */
interface Hook extends Pick<V1Pod, 'kind' | 'metadata'> {
  readonly spec?: NonNullable<V1Pod['spec']> & { readonly template?: V1Pod };
}

/** The pods that Helm ran and removed. */
async function hookPods(release: Release): Promise<V1Pod[]> {
  const { stdout } = await release.hooks();
  const hooks = parseAllDocuments(stdout).map((hook) => hook.toJS() as Hook);
  const pods = hooks.flatMap((hook) => (hook.kind === 'Pod' ? [hook] : (hook.spec?.template ?? [])));
  return pods.map(({ metadata, spec }) => {
    const labels = metadata?.labels ?? {};
    const name = labels[COMPONENT];
    return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: release.namespace, labels }, spec };
  });
}

export async function lookAt(release: Release, strangers: readonly Stranger[]): Promise<World> {
  const { namespace } = release;
  const installed = await stored<V1Pod>('pods', '--namespace', namespace);
  const pods = [...installed, ...(await hookPods(release))];
  const present = [namespace, 'kube-system'];
  return {
    policies: await stored<V1NetworkPolicy>('networkpolicies', '--namespace', namespace),
    rest: [
      ...(await stored<V1Namespace>('namespaces', ...present)),
      ...namespacesOfStrangers(strangers, present),
      ...pods,
      ...podsOfStrangers(strangers, namespace),
    ],
    ends: [
      ...pods.map(({ metadata }) => ({
        name: `${namespace}/${metadata?.name ?? ''}`,
        component: metadata?.labels?.[COMPONENT],
        peers: [],
      })),
      ...strangers.map(({ namespace: where = namespace, name, component, peers }) => ({
        name: `${where}/${name}`,
        component,
        peers,
      })),
    ],
  };
}

/** What gets through from or to a pod of the release. */
export async function allowed({ policies, rest, ends }: World): Promise<string[]> {
  const ours = new Set(ends.filter(({ component }) => component !== undefined).map(({ name }) => name));
  const lines = await connections([...policies, ...rest]);
  return lines.filter((line) => {
    const [from = '', , to = ''] = line.split(' ');
    return ours.has(from) || ours.has(to);
  });
}
