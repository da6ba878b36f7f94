import { paths } from './environment';
import { failure, run, type Outcome } from './run';

/** Runs kubectl on this worker's cluster, or another one; fails when it does. */
export async function kubectl(
  args: readonly string[],
  input?: string,
  env?: NodeJS.ProcessEnv,
): Promise<Outcome> {
  const outcome = await run(paths.kubectl, args, input, env);
  if (outcome.code !== 0) throw failure(['kubectl', ...args], outcome);
  return outcome;
}

/** Applies documents as an operator would, with every unknown or doubled field refused. */
export function apply(documents: string, ...flags: readonly string[]): Promise<Outcome> {
  return kubectl(['apply', '--server-side', '--validate=strict', ...flags, '-f', '-'], documents);
}
