import { kubectl } from '../../cluster/support/kubectl';

/** Before all tests: the two nodes, each in a zone of its own, as a run before may have left them or not. */
export default async function world(): Promise<void> {
  for (const [node, zone] of [
    ['real-1', 'a'],
    ['real-2', 'b'],
  ] as const)
    await kubectl(['label', 'node', node, `topology.kubernetes.io/zone=${zone}`, '--overwrite']);
  await kubectl(['wait', '--for=condition=Ready', '--timeout=60s', 'node', '--all']);
}
