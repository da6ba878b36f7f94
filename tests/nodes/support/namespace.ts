import { secretKeys } from '../../../lib/platform/secrets';
import { apply } from '../../cluster/support/kubectl';
import { makeNamespace } from '../../cluster/support/namespace';

/** What a key of the platform's Secret holds in these tests. */
export const secretOf = (key: string): string => `the secret ${key}`;

/** A restricted namespace with the Secret that the chart reads. */
export async function namespaceWithSecret(purpose: string): Promise<string> {
  const namespace = await makeNamespace(purpose);
  await giveSecret(namespace, 'medkg-secrets', Object.keys(secretKeys));
  return namespace;
}

/** Makes a Secret, or gives it more keys. */
export async function giveSecret(namespace: string, name: string, keys: readonly string[]): Promise<void> {
  await apply(
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace },
      stringData: Object.fromEntries(keys.map((key) => [key, secretOf(key)])),
    }),
  );
}
