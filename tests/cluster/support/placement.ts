import type { V1Pod } from '@kubernetes/client-node';
import type { ServiceRecord } from '../../../lib/platform/model';
import { services } from '../../../lib/platform/services';
import { core } from './cluster';
import { COMPONENT } from './workloads';

/** Where pods are, where the model wants them, and why they are nowhere. */

export const records: readonly ServiceRecord[] = services;

export function componentOf({ metadata }: V1Pod): string {
  return metadata?.labels?.[COMPONENT] ?? '';
}

/** The record of a pod's service; a Job's pod has none. */
export function recordOf(pod: V1Pod): ServiceRecord | undefined {
  return records.find(({ name }) => name === componentOf(pod));
}

/** The pool of GPU nodes that the model puts a pod into. */
export function poolOf(pod: V1Pod): string | undefined {
  return recordOf(pod)?.gpu?.pool;
}

/** What a pod says of itself while it waits for a node. */
export interface Wait {
  readonly node: string | undefined;
  readonly phase: string | undefined;
  readonly reason: string | undefined;
  readonly message: string | undefined;
}

export function waitOf({ spec, status }: V1Pod): Wait {
  const scheduled = status?.conditions?.find(({ type }) => type === 'PodScheduled');
  return {
    node: spec?.nodeName,
    phase: status?.phase,
    reason: scheduled?.reason,
    message: scheduled?.message,
  };
}

/** A pod that waits for a node and says why, for `toEqual`. */
export function waits(why: RegExp): Wait {
  return {
    node: undefined,
    phase: 'Pending',
    reason: 'Unschedulable',
    // Matchers have no type.
    message: expect.stringMatching(why) as string,
  };
}

/** What the events of a namespace say that have a reason; of one pod alone, where its uid is given. */
export async function messagesOf(namespace: string, reason: string, uid?: string): Promise<string[]> {
  const fieldSelector = `reason=${reason}${uid === undefined ? '' : `,involvedObject.uid=${uid}`}`;
  const { items } = await core.listNamespacedEvent({ namespace, fieldSelector });
  return items.map(({ message = '' }) => message);
}
