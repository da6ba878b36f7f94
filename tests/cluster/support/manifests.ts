import { paths, type Environment } from './environment';
import { failure, run } from './run';

/** The plain manifests of an environment, as one stream of documents. */
export async function manifests(environment: Environment, namespace: string): Promise<string> {
  const args = [paths.medkg, 'synth', '--env', environment, '--namespace', namespace, '--stdout'];
  const outcome = await run(process.execPath, args);
  if (outcome.code !== 0) throw failure(['medkg', ...args.slice(1)], outcome);
  return outcome.stdout;
}
