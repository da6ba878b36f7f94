import { isatty } from 'node:tty';
import type { Command } from 'commander';
import { outputOf, outputs, readOutputs, valuesFrom, ENVIRONMENT_OUTPUT, type Output } from '../../terraform';
import { type InputProblem, type Problem, ValuesInputError, readText, toYaml } from '../../engine/renderers';
import { check, sourcesOf } from '../check';
import { EXIT, tell, tellJson, UsageError, type Context, type ExitCode } from '../context';
import { environmentOption } from '../options';
import { tellProblems } from '../report';
import type { Runner } from '../run';
import { replaceFile } from '../../render';
import { describePlatform } from '../../umbrella';

interface Options {
  readonly env?: string;
  readonly file: string;
  readonly out?: string;
  readonly json?: true;
}

/** No value depends on it. */
const RELEASE = { name: 'medkg', namespace: 'medkg' };
const STANDARD_INPUT = '/dev/stdin';
/** How places in the values that are made here are named; nobody sees them. */
const MADE = 'values from Terraform';

const HELP = `
The root terraform/environments/ENV/cloud has to give these outputs; an empty one is what AWS does not decide there
(Terraform leaves out an output that is null):
${[environmentLine(), ...outputs.map(outputLine)].join('\n')}

Examples:
  terraform -chdir=terraform/environments/prod/cloud output -json > outputs.json
  medkg values-from-terraform --env prod -f outputs.json --out aws-prod.yaml
  medkg validate --env prod -f aws-prod.yaml
  helm upgrade --install medkg helm/medical-kg -n medkg -f values/prod.yaml -f aws-prod.yaml

The values are checked as medkg validate does, on top of values/ENV.yaml; what goes into them is no secret.
Exit codes: 0 fine, 2 wrong use, or outputs that are missing or wrong: each is named.`;

function environmentLine(): string {
  return `  ${ENVIRONMENT_OUTPUT}\n      checked: it must be ENV`;
}

function outputLine({ name, schema, values }: Output): string {
  return `  ${name}\n      ${schema.description ?? ''} → ${Object.keys(values).join(', ')}`;
}

/** `medkg values-from-terraform`: what AWS decided, as values of the chart. */
export function valuesFromTerraformCommand(program: Command, run: Runner): void {
  program
    .command('values-from-terraform')
    .summary('turn the outputs of Terraform into a values file')
    .description('Turns what `terraform output -json` prints into a values file of the chart.')
    .addOption(environmentOption('environment (needed)'))
    .option('-f, --file <file>', 'file with the outputs; - is the standard input', '-')
    .option('--out <file>', 'file to write (default: the standard output)')
    .option('--json', 'write the values, or tell the problems, as JSON')
    .addHelpText('after', HELP)
    .action((options: Options) => run((context) => valuesFromTerraform(options, context)));
}

function valuesFromTerraform(options: Options, context: Context): ExitCode {
  const { env, out, json } = options;
  if (env === undefined) throw new UsageError('--env is needed: the environment that the outputs are of');
  const file = inputFile(options.file);
  const { given, problems } = readOutputs(
    textOf(file),
    file === STANDARD_INPUT ? 'the standard input' : file,
    env,
  );
  if (problems.length > 0) return refuse(problems, env, options, context);
  const values = valuesFrom(given);
  const head = `# Made by: medkg values-from-terraform --env ${env}. It stands over values/${env}.yaml: give it after that file.\n`;
  const text = json ? `${JSON.stringify(values, null, 2)}\n` : head + toYaml(values);
  const wrong = problemsOf(env, text, context);
  if (wrong.length > 0) return refuse(wrong, env, options, context);
  if (out === undefined) context.stdout.write(text);
  else {
    replaceFile(out, Buffer.from(text));
    tell(context.stderr, `wrote ${out}`);
  }
  return EXIT.fine;
}

function inputFile(file: string): string {
  if (file !== '-') return file;
  if (isatty(0))
    throw new UsageError('no outputs: give them by -f FILE, or < FILE; terraform output -json prints them');
  return STANDARD_INPUT;
}

function textOf(file: string): string {
  const problems: InputProblem[] = [];
  const text = readText(file, (problem) => problems.push(problem));
  if (text === null) throw new ValuesInputError(problems);
  return text;
}

/** What medkg validate would say, with the output in place of a line that nobody has seen. */
function problemsOf(env: string, text: string, context: Context): Problem[] {
  const texts = [{ name: MADE, text }];
  const sources = sourcesOf(context, env, { files: [], texts, set: [], setString: [] });
  return check(describePlatform(), sources, RELEASE).problems.map((problem) => {
    if (problem.location?.file !== MADE) return problem;
    const { kind, path, sentence } = problem;
    return { kind, path, sentence: `${sentence} (by the output ${outputOf(path) ?? 'above it'})` };
  });
}

function refuse(problems: readonly Problem[], env: string, { json }: Options, context: Context): ExitCode {
  if (json) tellJson(context.stdout, { environment: env, problems });
  else {
    tellProblems(problems, context);
    tell(
      context.stderr,
      `Outputs are declared in terraform/environments/${env}/cloud/outputs.tf; medkg values-from-terraform --help lists those that the chart needs.`,
    );
  }
  return EXIT.wrongUse;
}
