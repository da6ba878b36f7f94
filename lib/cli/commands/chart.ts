import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { describePlatform } from '../../umbrella';
import { completeChart, foreignToChart, replaceFolder } from '../../render';
import { environmentTexts } from '../../umbrella/environments';
import { EXIT, tell, tellJson, type Context, type ExitCode } from '../context';
import { changedFiles, unifiedDiff } from '../difference';
import { bytesOf, partLine, type Part } from '../report';
import type { Runner } from '../run';
import type { ChartFiles } from '../../engine/renderers';

interface Options {
  readonly out?: string;
  readonly check?: true;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  medkg chart                      write helm/medical-kg
  medkg chart --check              fail, with the difference, when helm/medical-kg is not what would be written
  medkg chart --out /tmp/chart && helm template medkg /tmp/chart -f values/dev.yaml`;

/** `medkg chart`: the Helm chart, written or compared. */
export function chartCommand(program: Command, run: Runner): void {
  program
    .command('chart')
    .summary('write the Helm chart, or check that it is fresh')
    .description('Writes the Helm chart with its schema, its documented values and its README.')
    .option('--out <dir>', 'folder to write; replaced as a whole (default: helm/medical-kg)')
    .option(
      '--check',
      'write nothing; exit with 1 and the difference when the folder is stale, or holds other files',
    )
    .option('--json', 'tell what was written, or which files differ, as JSON')
    .addHelpText('after', EXAMPLES)
    .action((options: Options) => run((context) => chart(options, context)));
}

function chart(options: Options, context: Context): ExitCode {
  const start = performance.now();
  const path = options.out === undefined ? resolve(context.root, 'helm/medical-kg') : resolve(options.out);
  const files = completeChart(describePlatform(), environmentTexts(context.root));
  if (options.check) return compare(path, files, options, context);
  replaceFolder(path, files, foreignToChart);
  const part = chartPart(path, files, start);
  if (options.json) tellJson(context.stdout, part);
  else tell(context.stdout, partLine(part));
  return EXIT.fine;
}

/** What was written, with a template an object. */
export function chartPart(path: string, files: ChartFiles, start: number): Part {
  const objects = [...files.keys()].filter(
    (file) => file.startsWith('templates/') && file.endsWith('.yaml'),
  ).length;
  return {
    part: 'chart',
    path: relative(process.cwd(), path),
    objects,
    bytes: bytesOf(files),
    milliseconds: performance.now() - start,
  };
}

function compare(path: string, files: ChartFiles, { json }: Options, { stdout, stderr }: Context): ExitCode {
  const shown = relative(process.cwd(), path) || '.';
  const changes = changedFiles(path, files);
  if (json)
    tellJson(
      stdout,
      changes.map(({ file, before, after }) => ({
        file,
        change: before === undefined ? 'missing' : after === undefined ? 'extra' : 'differs',
      })),
    );
  else for (const change of changes) stdout.write(unifiedDiff(change, shown));
  if (changes.length === 0) {
    if (!json) tell(stdout, `${shown} is fresh: ${files.size} files`);
    return EXIT.fine;
  }
  tell(stderr, `${shown} is stale: ${changes.length} of its files differ. Write it again with: medkg chart`);
  return EXIT.foundProblems;
}
