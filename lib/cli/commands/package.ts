import { createHash } from 'node:crypto';
import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { describePlatform } from '../../umbrella';
import { chartFacts, completeChart, replaceFile } from '../../render';
import { environmentTexts } from '../../umbrella/environments';
import { EXIT, tell, tellJson, type Context, type ExitCode } from '../context';
import { partLine, type Part } from '../report';
import type { Runner } from '../run';
import { chartPart } from './chart';
import { packFolder, type ChartFiles } from '../../engine/renderers';

interface Options {
  readonly out?: string;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  medkg package                    dist/medical-kg-${chartFacts.version}.tgz
  medkg package --out /tmp && helm install medkg /tmp/medical-kg-${chartFacts.version}.tgz -n medkg -f values/prod.yaml

The archive has the same bytes on every machine.`;

/** `medkg package`: the chart as an archive that Helm installs. */
export function packageCommand(program: Command, run: Runner): void {
  program
    .command('package')
    .summary('write the chart as an archive')
    .description(
      'Writes the chart as an archive that helm install takes, with the same bytes on every machine.',
    )
    .option('--out <dir>', 'folder of the archive (default: dist)')
    .option('--json', 'tell what was written as JSON')
    .addHelpText('after', EXAMPLES)
    .action((options: Options) => run((context) => packageChart(options, context)));
}

function packageChart({ out, json }: Options, context: Context): ExitCode {
  const start = performance.now();
  const files = completeChart(describePlatform(), environmentTexts(context.root));
  const folder = out === undefined ? resolve(context.root, 'dist') : resolve(out);
  const { part, sha256 } = writePackage(folder, files, start);
  if (json) tellJson(context.stdout, { ...part, sha256 });
  else tell(context.stdout, `${partLine(part)}\nsha256 ${sha256}`);
  return EXIT.fine;
}

/** Writes the archive of a chart into a folder. */
export function writePackage(
  folder: string,
  files: ChartFiles,
  start: number,
): { part: Part; sha256: string } {
  const archive = packFolder(chartFacts.name, files);
  const path = resolve(folder, `${chartFacts.name}-${chartFacts.version}.tgz`);
  replaceFile(path, archive);
  const part = {
    ...chartPart(path, files, start),
    part: 'package',
    path: relative(process.cwd(), path),
    bytes: archive.length,
  };
  return { part, sha256: createHash('sha256').update(archive).digest('hex') };
}
