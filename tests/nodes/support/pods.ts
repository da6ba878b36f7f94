import { DiscoveryV1Api, type V1ContainerStatus, type V1Pod } from '@kubernetes/client-node';
import { kubeConfig } from '../../cluster/support/cluster';
import { COMPONENT, podsIn } from '../../cluster/support/workloads';

const discovery = kubeConfig.makeApiClient(DiscoveryV1Api);

/** The pods of a service; of one release, where there are more. */
export function podsOf(namespace: string, component: string, release = 'medkg'): Promise<V1Pod[]> {
  return podsIn(namespace, `${COMPONENT}=${component},app.kubernetes.io/instance=${release}`);
}

/** The pod of a service that has one. */
export async function onePod(namespace: string, component: string, release?: string): Promise<V1Pod> {
  const [pod, ...more] = await podsOf(namespace, component, release);
  if (pod === undefined || more.length > 0)
    throw new Error(`${component} has ${String(more.length)} pods more than one`);
  return pod;
}

/** What the kubelet says of the container that a service is named for. */
export function stateOf(pod: V1Pod, container: string): V1ContainerStatus {
  const status = pod.status?.containerStatuses?.find(({ name }) => name === container);
  if (status === undefined) throw new Error(`the kubelet says nothing of ${container} yet`);
  return status;
}

/** Names of the pods to which the Service sends requests. */
export async function servedBy(namespace: string, service: string): Promise<string[]> {
  const labelSelector = `kubernetes.io/service-name=${service}`;
  const { items } = await discovery.listNamespacedEndpointSlice({ namespace, labelSelector });
  return items
    .flatMap(({ endpoints }) => endpoints)
    .filter(({ conditions }) => conditions?.ready === true)
    .map(({ targetRef }) => String(targetRef?.name))
    .sort();
}
