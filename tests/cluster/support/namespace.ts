import { apply, kubectl } from './kubectl';

let made = 0;

/** A namespace that lets nothing in but what the restricted standard allows. */
export async function makeNamespace(purpose: string): Promise<string> {
  const name = `${purpose}-${process.pid}-${String((made += 1))}`;
  const labels = {
    'pod-security.kubernetes.io/enforce': 'restricted',
    'pod-security.kubernetes.io/warn': 'restricted',
  };
  await apply(JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }));
  return name;
}

/** Removes a namespace and all that is in it. */
export async function removeNamespace(name: string): Promise<void> {
  await kubectl(['delete', 'namespace', name, '--wait', '--timeout=120s']);
}
