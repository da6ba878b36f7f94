import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { chartFacts, OutputError } from '../render';
import { buildCommand } from './commands/build';
import { capacityCommand } from './commands/capacity';
import { chartCommand } from './commands/chart';
import { explainCommand } from './commands/explain';
import { packageCommand } from './commands/package';
import { synthCommand } from './commands/synth';
import { terraformFactsCommand } from './commands/terraform-facts';
import { validateCommand } from './commands/validate';
import { valuesFromTerraformCommand } from './commands/values-from-terraform';
import { ValuesInputError } from '../engine/renderers';
import { EXIT, painter, tell, UsageError, type Context, type ExitCode } from './context';

/** Runs the work of a command and keeps its exit code. */
export type Runner = (work: (context: Context) => ExitCode) => void;

const HELP = `
Start with:
  medkg build                                        everything, as \`npm run synth\` does
  medkg validate                                     is anything wrong with the values?
  medkg explain services.api.scaling.mode            what a value means, and what it sets
  medkg capacity --env prod                          how many nodes does it need?
  medkg terraform-facts --check                      does Terraform know the platform as it is?
  medkg values-from-terraform --env prod < OUTPUTS   what AWS decided, as a values file
  medkg COMMAND --help                               options and examples of a command

Exit codes: 0 fine, 1 found problems, 2 wrong use or bad values.
Colours only on a terminal, and never with NO_COLOR.`;

/** Runs the program for the arguments of a command line. */
export function run(args: readonly string[], context: Context): ExitCode {
  let exit: ExitCode = EXIT.fine;
  const program = newProgram(context, (work) => {
    exit = work(context);
  });
  try {
    program.parse(args, { from: 'user' });
    return exit;
  } catch (error) {
    return exitOf(error, context);
  }
}

function newProgram(context: Context, runner: Runner): Command {
  const program = new Command('medkg');
  program
    .description(
      'Turns the typed description of the medical knowledge graph platform into Kubernetes manifests and a Helm chart.',
    )
    .version(chartFacts.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', HELP)
    .showHelpAfterError('(--help tells more)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
    });
  for (const add of [
    buildCommand,
    synthCommand,
    chartCommand,
    packageCommand,
    validateCommand,
    explainCommand,
    capacityCommand,
    terraformFactsCommand,
    valuesFromTerraformCommand,
  ])
    add(program, runner);
  program.commands.forEach(refuseOptionsAsValues);
  return program;
}

/** `--chart --stdout`: whoever forgets a value would give the next option as one. */
function refuseOptionsAsValues(command: Command): void {
  for (const option of command.options.filter(({ required }) => required)) {
    const parse = option.parseArg;
    option.argParser((text: string, before: unknown) => {
      if (command.options.some(({ long, short }) => [long, short].includes(text)))
        throw new InvalidArgumentError(`${text} is an option: the value is missing.`);
      // Without a parser of its own an option is the text itself.
      return parse === undefined ? text : parse(text, before);
    });
  }
}

/** Errors of use are told in a sentence; anything else is a fault of ours, and keeps its stack. */
function exitOf(error: unknown, context: Context): ExitCode {
  // Commander has told its own errors already; help and version are none.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.wrongUse;
  if (!(error instanceof UsageError || error instanceof OutputError || error instanceof ValuesInputError))
    throw error;
  tell(context.stderr, `${painter(context.stderr, context)('red', 'error:')} ${error.message}`);
  return EXIT.wrongUse;
}
