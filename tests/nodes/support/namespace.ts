import { secretKeys } from '../../../lib/platform/secrets';
import { apply } from '../../cluster/support/kubectl';
import { makeNamespace } from '../../cluster/support/namespace';

/** What a key of the platform's Secret holds in these tests. */
export const secretOf = (key: string): string => `the secret ${key}`;

/** A restricted namespace with the Secret that the chart reads, less some keys. */
export async function namespaceWithSecret(purpose: string, without: readonly string[] = []): Promise<string> {
  const namespace = await makeNamespace(purpose);
  const keys = Object.keys(secretKeys).filter((key) => !without.includes(key));
  await apply(
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'medkg-secrets', namespace },
      stringData: Object.fromEntries(keys.map((key) => [key, secretOf(key)])),
    }),
  );
  return namespace;
}
