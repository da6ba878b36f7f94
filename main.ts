import { join, resolve } from 'node:path';
import { describePlatform } from './lib/umbrella';
import { check, sourcesOf, strayProblems } from './lib/cli/check';
import { EXIT, tell, type Context, type ExitCode } from './lib/cli/context';
import { hookNote, manifestFiles, withoutHooks } from './lib/cli/manifests';
import { refuse } from './lib/cli/report';
import { refuseStale } from './lib/cli/sources';
import { ENVIRONMENTS } from './lib/umbrella/environments';
import type { Description } from './lib/engine';
import { foreignToMarker, marked, OutputError, replaceFolder } from './lib/render';

/** The app of `cdk8s synth`, which says in CDK8S_OUTDIR where it looks for manifests. */
const context: Context = {
  root: resolve(__dirname, '..'),
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
};

function synth(outdir: string, environments: readonly string[]): ExitCode {
  const unknown = environments.find((name) => !ENVIRONMENTS.some((known) => known === name));
  if (unknown !== undefined) {
    tell(context.stderr, `error: MEDKG_ENV: no environment ${unknown}; there are ${ENVIRONMENTS.join(', ')}`);
    return EXIT.wrongUse;
  }
  const description = describePlatform();
  return Math.max(...environments.map((name) => synthOne(description, name, outdir))) as ExitCode;
}

/** All environments: a values file that belongs to none of them would be left out without a word. */
function synthAll(outdir: string): ExitCode {
  const stray = strayProblems(context);
  return stray.length > 0 ? refuse(stray, context) : synth(outdir, ENVIRONMENTS);
}

function synthOne(description: Description, environment: string, outdir: string): ExitCode {
  const sources = sourcesOf(context, environment, { files: [], set: [], setString: [] });
  const { problems, objects } = check(description, sources, { name: 'medkg', namespace: 'medkg' });
  if (problems.length > 0) return refuse(problems, context);
  const { applied, hooks } = withoutHooks(objects);
  // `cdk8s synth --stdout` writes one file after the other: each begins a document.
  const files = [...manifestFiles(applied)].map(([path, text]): [string, string] => [path, `---\n${text}`]);
  replaceFolder(join(outdir, environment), marked(new Map(files)), foreignToMarker);
  if (hooks.length > 0) tell(context.stderr, `${environment}: ${hookNote(hooks)}`);
  return EXIT.fine;
}

try {
  const chosen = process.env['MEDKG_ENV'] ?? '';
  const outdir = process.env['CDK8S_OUTDIR'] ?? 'dist/cdk8s';
  process.exitCode =
    refuseStale(context) ?? (chosen === '' ? synthAll(outdir) : synth(outdir, chosen.split(',')));
} catch (error) {
  if (!(error instanceof OutputError)) throw error;
  tell(context.stderr, `error: ${error.message}`);
  process.exitCode = EXIT.wrongUse;
}
