import type { V1Node, V1Pod } from '@kubernetes/client-node';
import { core } from './cluster';
import { eventually } from './eventually';
import { apply, kubectl } from './kubectl';
import { nodeObject, nodes as worldNodes, type NodeShape } from './world';

/** The label of nodes that a test added. */
const ADDED = 'added';
/** What the cluster puts on nodes that are cordoned, or not ready yet. */
const CONDITION_TAINT = /^node\.kubernetes\.io\//;

/** The nodes that a selector of labels finds. */
export async function nodesWith(labelSelector?: string): Promise<readonly V1Node[]> {
  return (await core.listNode({ labelSelector })).items;
}

/** A look-up of the labels of the node that a pod is on. */
export async function nodeLabels(): Promise<(pod: V1Pod) => Readonly<Record<string, string>>> {
  const labels = new Map((await nodesWith()).map(({ metadata }) => [metadata?.name, metadata?.labels ?? {}]));
  return ({ spec }) => labels.get(spec?.nodeName) ?? {};
}

/** Adds nodes that go with the next `restoreNodes`. */
export async function addNodes(shapes: readonly NodeShape[]): Promise<void> {
  const items = shapes.map((shape) => nodeObject({ ...shape, labels: { ...shape.labels, [ADDED]: 'yes' } }));
  await apply(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  await allReady();
}

/** Takes nodes out of service, and ends their pods, as when the machines fail and nobody replaces them. */
export async function stopNodes(selector: string): Promise<void> {
  await kubectl(['cordon', '--selector', selector]);
  await endPodsOn(await nodesWith(selector));
}

/** Takes nodes away as a cloud does that has none left: there is no trace of them. */
export async function removeNodes(selector: string): Promise<void> {
  const gone = await nodesWith(selector);
  await kubectl(['delete', 'node', '--selector', selector]);
  await endPodsOn(gone);
}

async function endPodsOn(gone: readonly V1Node[]): Promise<void> {
  const at = ['delete', 'pod', '--all-namespaces', '--ignore-not-found', '--force', '--wait=false'];
  await Promise.all(
    gone.map(({ metadata }) => kubectl([...at, '--field-selector', `spec.nodeName=${metadata?.name ?? ''}`])),
  );
}

/** Makes the nodes what they were before the tests. */
export async function restoreNodes(): Promise<void> {
  await removeNodes(ADDED);
  await kubectl(['uncordon', '--selector', `!${ADDED}`]);
  const there = new Set((await nodesWith()).map(({ metadata }) => metadata?.name));
  const missing = worldNodes.filter(({ metadata }) => !there.has(metadata.name));
  if (missing.length > 0) await apply(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: missing }));
  await allReady();
}

/** Waits until every node takes pods that is not cordoned. */
function allReady(): Promise<void> {
  return eventually(async () => {
    const waiting = (await nodesWith()).filter(
      ({ spec }) =>
        spec?.unschedulable !== true && spec?.taints?.some(({ key }) => CONDITION_TAINT.test(key)) === true,
    );
    if (waiting.length > 0)
      throw new Error(`not ready: ${waiting.map(({ metadata }) => metadata?.name).join(', ')}`);
  });
}
