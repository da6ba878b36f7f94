import type { Command } from 'commander';
import { ENVIRONMENTS } from '../../umbrella/environments';
import type { Problem } from '../../engine/renderers';
import { check, sourcesOf, strayProblems } from '../check';
import { EXIT, painter, tell, tellJson, type Context, type ExitCode } from '../context';
import {
  addReleaseOptions,
  addValuesOptions,
  environmentOption,
  releaseFrom,
  sourcesFrom,
  type ReleaseOptions,
  type ValuesOptions,
} from '../options';
import { tellProblems } from '../report';
import type { Runner } from '../run';
import { describePlatform } from '../../umbrella';

interface Options extends ValuesOptions, ReleaseOptions {
  readonly env?: string;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  medkg validate                                   the three environments as they are
  medkg validate --env prod -f mine.yaml           prod with a further file
  medkg validate --json                            for editors and pipelines

Every problem has its place (file:line:column), its path, and what was expected. Relations between values are checked
by helm install too; names that are given twice within a pod, or objects that are made twice, by medkg alone.
Exit codes: 0 no problem, 1 problems, 2 wrong use.`;

/** `medkg validate`: every problem of the values at once. */
export function validateCommand(program: Command, run: Runner): void {
  const command = program
    .command('validate')
    .summary('tell every problem of the values at once')
    .description(
      'Checks values against the schema, the relations between them, and the objects that they make.',
    )
    .addOption(environmentOption('environment (default: all)'));
  addReleaseOptions(addValuesOptions(command))
    .option('--json', 'tell the problems as JSON')
    .addHelpText('after', EXAMPLES)
    .action((options: Options) => run((context) => validate(options, context)));
}

/** A problem, and the environments that have it: none where it is a file of no environment. */
interface Finding {
  readonly problem: Problem;
  readonly environments: readonly string[];
}

function validate(options: Options, context: Context): ExitCode {
  const description = describePlatform();
  const environments = options.env === undefined ? ENVIRONMENTS : [options.env];
  const found = environments.flatMap((environment) =>
    check(
      description,
      sourcesOf(context, environment, sourcesFrom(options)),
      releaseFrom(options),
    ).problems.map((problem) => ({ environment, problem })),
  );
  const stray = options.env === undefined ? strayProblems(context) : [];
  const findings = [...stray.map((problem) => ({ problem, environments: [] })), ...grouped(found)];
  if (options.json)
    tellJson(context.stdout, {
      environments,
      problems: findings.map(({ problem, environments: of }) => ({ ...problem, environments: of })),
    });
  else tellFindings(findings, environments, context);
  return findings.length === 0 ? EXIT.fine : EXIT.foundProblems;
}

/** The same problem of several environments is one finding. */
function grouped(found: readonly { environment: string; problem: Problem }[]): Finding[] {
  const findings = new Map<string, { problem: Problem; environments: string[] }>();
  for (const { environment, problem } of found) {
    const key = JSON.stringify([problem.path, problem.sentence, problem.location]);
    const finding = findings.get(key) ?? { problem, environments: [] };
    if (!finding.environments.includes(environment)) finding.environments.push(environment);
    findings.set(key, finding);
  }
  return [...findings.values()];
}

function tellFindings(findings: readonly Finding[], environments: readonly string[], context: Context): void {
  if (findings.length === 0) {
    tell(context.stdout, `${painter(context.stdout, context)('green', 'fine:')} ${environments.join(', ')}`);
    return;
  }
  tellProblems(
    findings.map(({ problem, environments: of }) =>
      of.length === 0 || of.length === environments.length
        ? problem
        : { ...problem, sentence: `${problem.sentence} (in ${of.join(', ')})` },
    ),
    context,
  );
}
