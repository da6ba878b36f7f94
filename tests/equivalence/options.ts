import { Command, InvalidArgumentError } from 'commander';
import { MissingProgram } from './proof/prover';

/** What every proof is told. */
export interface Options {
  readonly docs: number;
  readonly seed: number;
  readonly report?: string;
}

function natural(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('a whole number is needed.');
  return Number(text);
}

/** The command line of a proof; PROVE_DOCS and PROVE_SEED say the same. */
export function proveCommand(): Command {
  return new Command('prove')
    .option(
      '--docs <count>',
      'documents for each environment',
      natural,
      Number(process.env['PROVE_DOCS'] ?? 200),
    )
    .option(
      '--seed <number>',
      'seed of all randomness',
      natural,
      Number(process.env['PROVE_SEED'] ?? Date.now() % 1_000_000),
    )
    .option('--report <file>', 'write the figures as JSON');
}

/** Ends the program as a proof does: 1 for one that fails, 2 where a program is missing. */
export function exitWith(proof: Promise<boolean>): void {
  proof.then(
    (holds) => {
      process.exitCode = holds ? 0 : 1;
    },
    (error: unknown) => {
      console.error(error instanceof MissingProgram ? error.message : error);
      process.exitCode = error instanceof MissingProgram ? 2 : 1;
    },
  );
}
