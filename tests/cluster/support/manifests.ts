import { paths } from './environment';
import type { Values } from './helm';
import { failure, run } from './run';

/** The plain manifests of a release, as one stream of documents. */
export async function manifests({ environment, overrides }: Values, namespace: string): Promise<string> {
  const values = ['--env', environment, '-f', paths.values(environment), '-f', '-'];
  const args = [paths.medkg, 'synth', ...values, '--namespace', namespace, '--stdout'];
  const outcome = await run(process.execPath, args, JSON.stringify(overrides ?? {}));
  if (outcome.code !== 0) throw failure(['medkg', ...args.slice(1)], outcome);
  return outcome.stdout;
}
