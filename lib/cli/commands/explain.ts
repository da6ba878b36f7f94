import type { Command } from 'commander';
import { catalogue, defaultValues, describePlatform } from '../../umbrella';
import { explainObject, findObjects, isObjectName, knownObjects } from '../../explain/object';
import { objectText, valueText } from '../../explain/text';
import { explainValue, knownPart, nearestPath } from '../../explain/value';
import { platformScope } from '../../render';
import type { Description, JsonObject } from '../../engine';
import { movedAt, movedSentence, nearest, readValuesInput } from '../../engine/renderers';
import { ENVIRONMENTS } from '../../umbrella/environments';
import { coalesced, sourcesOf } from '../check';
import { EXIT, painter, tell, tellJson, UsageError, type Context, type ExitCode } from '../context';
import {
  addReleaseOptions,
  addValuesOptions,
  environmentOption,
  releaseFrom,
  sourcesFrom,
  type ReleaseOptions,
  type ValuesOptions,
} from '../options';
import type { Runner } from '../run';

interface Options extends ValuesOptions, ReleaseOptions {
  readonly env?: string;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  medkg explain services.api.scaling.mode              what it means, its default, the fields that it sets
  medkg explain services.api                           its members
  medkg explain Deployment/api --env prod              which values make it, and where it is written
  medkg explain hpa/medkg-api --env dev --json         also by short kind, full name, and for programs`;

/** `medkg explain`: what a value does, or where an object comes from. */
export function explainCommand(program: Command, run: Runner): void {
  const command = program
    .command('explain')
    .summary('tell what a value does, or where an object comes from')
    .description(
      'For a value: what it means, and which fields of which objects it sets. For an object: the values behind it.',
    )
    .argument('<what>', 'path of a value, or KIND/NAME of an object')
    .addOption(environmentOption('environment (needed for an object)'));
  addReleaseOptions(addValuesOptions(command))
    .option('--json', 'tell it as JSON')
    .addHelpText('after', EXAMPLES)
    .action((what: string, options: Options) =>
      run((context) => (isObjectName(what) ? object(what, options, context) : value(what, options, context))),
    );
}

function value(what: string, options: Options, context: Context): ExitCode {
  const path = what === '.' ? [] : what.replace(/^\.?Values\./, '').split('.');
  const environments = new Map(
    ENVIRONMENTS.map((name) => [name, coalesced(inputOf(name, options, context))]),
  );
  const explanation = explainValue(describePlatform(), path, {
    defaults: defaultValues() as unknown as JsonObject,
    environments,
  });
  if (explanation === undefined) {
    const moved = movedAt(catalogue.moved, path);
    if (moved !== undefined) throw new UsageError(`${what} ${movedSentence(moved)}`);
    throw new UsageError(`no value ${what}; ${whatThereIs(path)}`);
  }
  if (options.json) tellJson(context.stdout, explanation);
  else tell(context.stdout, valueText(explanation, painter(context.stdout, context)).join('\n'));
  return EXIT.fine;
}

function whatThereIs(path: readonly string[]): string {
  const meant = nearestPath(path);
  if (meant !== undefined) return `did you mean ${meant}?`;
  const known = knownPart(path).join('.');
  return known === '' ? 'medkg explain . lists the groups' : `medkg explain ${known} tells what ${known} has`;
}

function object(what: string, options: Options, context: Context): ExitCode {
  const { env } = options;
  if (env === undefined) throw new UsageError(`--env is needed for an object: ${ENVIRONMENTS.join(', ')}`);
  const description = describePlatform();
  const input = inputOf(env, options, context);
  const scope = platformScope(coalesced(input), releaseFrom(options));
  const [kind = '', name = ''] = what.split('/');
  const found = findObjects(description, scope, kind, name);
  if (found.length === 0) throw new UsageError(`no object ${what}${suggestion(what, description, scope)}`);
  const explanations = found.map((one) => explainObject(one, input));
  if (options.json) tellJson(context.stdout, explanations);
  else
    for (const one of explanations)
      tell(context.stdout, objectText(one, env, painter(context.stdout, context)).join('\n'));
  return EXIT.fine;
}

function inputOf(
  environment: string,
  options: Options,
  context: Context,
): ReturnType<typeof readValuesInput> {
  return readValuesInput(sourcesOf(context, environment, sourcesFrom(options)));
}

function suggestion(what: string, description: Description, scope: ReturnType<typeof platformScope>): string {
  const meant = nearest(what, knownObjects(description, scope));
  return meant === undefined ? '' : `; did you mean ${meant}?`;
}
