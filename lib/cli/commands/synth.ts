import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { ENVIRONMENTS } from '../../umbrella/environments';
import { check, sourcesOf } from '../check';
import { EXIT, progress, tell, tellJson, UsageError, type Context, type ExitCode } from '../context';
import { hookNote, manifestFiles, manifestStream, withoutHooks, type Manifests } from '../manifests';
import {
  addReleaseOptions,
  addValuesOptions,
  environmentOption,
  releaseFrom,
  sourcesFrom,
  type ReleaseOptions,
  type ValuesOptions,
} from '../options';
import { bytesOf, partLine, refuse, type Part } from '../report';
import type { Runner } from '../run';
import { foreignToMarker, marked, replaceFolder } from '../../render';
import { describePlatform } from '../../umbrella';
import type { Description } from '../../engine';
import type { ValuesSources } from '../../engine/renderers';

interface Options extends ValuesOptions, ReleaseOptions {
  readonly env?: string;
  readonly chart?: string;
  readonly out?: string;
  readonly stdout?: true;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  medkg synth --env dev                                         files in dist/manifests/dev
  medkg synth --env prod --stdout | kubectl diff -n medkg -f -
  medkg synth --chart redis -f redis.yaml                       one chart inside, as if it were installed alone
  medkg synth --env prod -f mine.yaml --set services.api.image.tag=1.2.3 --out /tmp/prod

Values mean what they mean to Helm: the environment's file, then -f in order, then --set, then --set-string. null
deletes a default, lists are replaced. Refused though Helm lets it through: duplicate keys, several documents in a
file, files over 1 MiB, alias bombs, integers beyond 2^53. Helm hooks are left out; standard error names them.`;

/** `medkg synth`: the manifests of one environment. */
export function synthCommand(program: Command, run: Runner): void {
  const command = program
    .command('synth')
    .summary('write the manifests of one environment')
    .description(
      'Writes the manifests of one environment, or of a chart inside by itself, one file an object.',
    )
    .addOption(environmentOption('environment (needed, but for --chart)'))
    .option('--chart <name>', 'a chart inside, installed alone: its own values.yaml, then -f');
  addReleaseOptions(addValuesOptions(command))
    .option('--out <dir>', 'folder to write; replaced as a whole (default: dist/manifests/ENV)')
    .option('--stdout', 'write one stream of documents to the standard output instead')
    .option('--json', 'tell what was written as JSON')
    .addHelpText('after', EXAMPLES)
    .action((options: Options) => run((context) => synth(options, context)));
}

function synth(options: Options, context: Context): ExitCode {
  if (options.stdout && options.out !== undefined)
    throw new UsageError('--out and --stdout exclude each other');
  const start = performance.now();
  const step = progress(context);
  const { name, description, sources } = askedFor(options, context);
  step('checking the values');
  const { problems, objects } = check(description, sources, releaseFrom(options));
  if (problems.length > 0) return refuse(problems, context);
  step('writing the manifests');
  const manifests = withoutHooks(objects);
  if (options.stdout) context.stdout.write(manifestStream(manifests.applied));
  else tellPart(writeManifests(name, options, manifests, start, context), options, context);
  if (manifests.hooks.length > 0) tell(context.stderr, hookNote(manifests.hooks));
  return EXIT.fine;
}

/** What is rendered, with its values: the platform in an environment, or one of the charts inside. */
interface Asked {
  readonly name: string;
  readonly description: Description;
  readonly sources: ValuesSources;
}

function askedFor(options: Options, context: Context): Asked {
  const { env, chart } = options;
  const platform = describePlatform();
  const given = sourcesFrom(options);
  if (chart !== undefined) {
    if (env !== undefined) throw new UsageError('--env and --chart exclude each other');
    return { name: chart, description: chartInside(platform, chart), sources: given };
  }
  if (env === undefined) throw new UsageError(`--env is needed: ${ENVIRONMENTS.join(', ')}`);
  return { name: env, description: platform, sources: sourcesOf(context, env, given) };
}

function chartInside({ subcharts }: Description, name: string): Description {
  const found = subcharts.find(({ description }) => description.facts.name === name);
  if (found !== undefined) return found.description;
  const names = subcharts.map(({ description }) => description.facts.name);
  throw new UsageError(
    `no chart ${name} inside; there ${names.length === 0 ? 'is none' : `are ${names.join(', ')}`}`,
  );
}

function writeManifests(
  name: string,
  { out }: Options,
  { applied }: Manifests,
  start: number,
  { root }: Context,
): Part {
  const path = out === undefined ? resolve(root, 'dist/manifests', name) : resolve(out);
  const files = manifestFiles(applied);
  replaceFolder(path, marked(files), foreignToMarker);
  return {
    part: `manifests ${name}`,
    path: relative(process.cwd(), path),
    objects: applied.length,
    bytes: bytesOf(files),
    milliseconds: performance.now() - start,
  };
}

function tellPart(part: Part, { json }: Options, { stdout }: Context): void {
  if (json) tellJson(stdout, part);
  else tell(stdout, partLine(part));
}
