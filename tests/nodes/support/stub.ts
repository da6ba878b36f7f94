import type { V1Pod } from '@kubernetes/client-node';
import { kubectl } from '../../cluster/support/kubectl';

/** The pod's own name and place, which every call needs. */
function addressOf({ metadata }: V1Pod): { readonly name: string; readonly namespace: string } {
  const { name, namespace } = metadata ?? {};
  if (name === undefined || namespace === undefined)
    throw new Error('a pod that the API server gave has a name');
  return { name, namespace };
}

/** Tells the server in a container what to answer from now on, or what to do. */
export async function tell(pod: V1Pod, container: string, port: number, path: string): Promise<void> {
  const { name, namespace } = addressOf(pod);
  const url = `http://127.0.0.1:${port}${path}`;
  await kubectl([
    'exec',
    name,
    '--namespace',
    namespace,
    '--container',
    container,
    '--',
    '/stub',
    'put',
    url,
  ]);
}

/** A request that a server answered. */
export interface Answered {
  readonly from: string;
  readonly request: string;
  readonly status: number;
}

/** What the server in a container was asked, from its log. */
export async function answered(pod: V1Pod, container: string): Promise<Answered[]> {
  const { name, namespace } = addressOf(pod);
  const { stdout } = await kubectl(['logs', name, '--namespace', namespace, '--container', container]);
  return [...stdout.matchAll(/ (\S+):\d+ ((?:GET|PUT) \S+) (\d+)$/gm)].map(
    ([, from = '', request = '', status]) => ({ from, request, status: Number(status) }),
  );
}
