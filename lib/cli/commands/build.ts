import { join, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { describePlatform } from '../../umbrella';
import { completeChart, foreignToChart, foreignToMarker, marked, replaceFolder } from '../../render';
import { ENVIRONMENTS, environmentTexts } from '../../umbrella/environments';
import { check, sourcesOf, strayProblems, type Checked } from '../check';
import { EXIT, progress, tell, tellJson, type Context, type ExitCode } from '../context';
import { hookNote, manifestFiles, withoutHooks } from '../manifests';
import { bytesOf, partLine, refuse, type Part } from '../report';
import type { Runner } from '../run';
import { chartPart } from './chart';
import { writePackage } from './package';
import type { Description } from '../../engine';
import type { RenderedObject } from '../../engine/renderers';

interface Options {
  readonly json?: true;
}

const HELP = `
Writes
  dist/manifests/{${ENVIRONMENTS.join(',')}}/   the manifests of each environment, one file an object
  helm/medical-kg/                      the chart: templates, schema, documented values, README
  dist/medical-kg-VERSION.tgz           the chart as an archive
Each is replaced as a whole, or not at all. Helm hooks are left out of the manifests.

Examples:
  medkg build
  medkg build --json                    for pipelines`;

const RELEASE = { name: 'medkg', namespace: 'medkg' };

/** `medkg build`: everything. */
export function buildCommand(program: Command, run: Runner): void {
  program
    .command('build')
    .summary('write everything: manifests, chart, archive')
    .description(
      'Turns the description of the platform into manifests for all environments, a Helm chart and its archive.',
    )
    .option('--json', 'tell what was written as JSON')
    .addHelpText('after', HELP)
    .action((options: Options) => run((context) => build(options, context)));
}

function build({ json }: Options, context: Context): ExitCode {
  const step = progress(context);
  const describing = performance.now();
  const description = describePlatform();
  const described: Part = {
    part: 'description',
    path: '',
    objects: description.objects.length,
    bytes: 0,
    milliseconds: performance.now() - describing,
  };
  const environments = ENVIRONMENTS.map((name) => {
    step(`rendering ${name}`);
    return checkTimed(description, name, context);
  });
  const problems = [
    ...strayProblems(context),
    ...environments.flatMap((environment) => environment.problems),
  ];
  if (problems.length > 0) return refuse(problems, context);
  const parts = [described, ...environments.map((environment) => writeEnvironment(environment, context))];
  step('writing the chart');
  parts.push(...writeChart(description, context));
  if (json) tellJson(context.stdout, parts);
  else for (const part of parts) tell(context.stdout, partLine(part));
  tellHooks(environments, context);
  return EXIT.fine;
}

interface TimedEnvironment extends Checked {
  readonly name: string;
  readonly milliseconds: number;
}

function checkTimed(description: Description, name: string, context: Context): TimedEnvironment {
  const start = performance.now();
  const checked = check(
    description,
    sourcesOf(context, name, { files: [], set: [], setString: [] }),
    RELEASE,
  );
  return { ...checked, name, milliseconds: performance.now() - start };
}

function writeEnvironment({ name, objects, milliseconds }: TimedEnvironment, { root }: Context): Part {
  const start = performance.now();
  const path = join(root, 'dist/manifests', name);
  const { applied } = withoutHooks(objects);
  const files = manifestFiles(applied);
  replaceFolder(path, marked(files), foreignToMarker);
  return {
    part: `manifests ${name}`,
    path: relative(process.cwd(), path),
    objects: applied.length,
    bytes: bytesOf(files),
    milliseconds: milliseconds + performance.now() - start,
  };
}

function writeChart(description: Description, { root }: Context): Part[] {
  const start = performance.now();
  const path = join(root, 'helm/medical-kg');
  const files = completeChart(description, environmentTexts(root));
  replaceFolder(path, files, foreignToChart);
  const chart = chartPart(path, files, start);
  return [chart, writePackage(resolve(root, 'dist'), files, performance.now()).part];
}

/** The hooks are nearly the same everywhere: each template is named once. */
function tellHooks(environments: readonly TimedEnvironment[], { stderr }: Context): void {
  const hooks = environments.flatMap(({ objects }) => withoutHooks(objects).hooks);
  const distinct = new Map<string, RenderedObject>(hooks.map((hook) => [hook.template, hook]));
  if (distinct.size > 0) tell(stderr, hookNote([...distinct.values()]));
}
