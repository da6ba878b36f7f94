import type { Release } from './helm';
import { everythingIn } from './objects';
import { COMPONENT } from './workloads';

/** Kinds and components of what is in the release's namespace besides Helm's own record and the quotas of a test. */
export async function remainsOf({ namespace }: Release): Promise<(readonly [string, string | undefined])[]> {
  const objects = (await everythingIn(namespace)).filter(
    ({ kind, type }) => kind !== 'ResourceQuota' && type !== 'helm.sh/release.v1',
  );
  return objects.map(({ kind, metadata }) => [kind, metadata.labels?.[COMPONENT]] as const).sort();
}

/** What remains of the configuration's check, by kind. */
export async function checkRemainsOf(release: Release): Promise<string[]> {
  const remains = await remainsOf(release);
  return remains.filter(([, component]) => component === 'configuration-check').map(([kind]) => kind);
}
