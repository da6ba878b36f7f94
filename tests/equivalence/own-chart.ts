/** `npm run prove -- --chart PATH`: the same for a chart of somebody's; `scripts/prove.mjs` bundles it with the module. */
import type { Description } from '../../lib/engine';
import { proveInside } from './inside/prove';
import { exitWith, proveCommand, type Options } from './options';
import { proveAllDocuments, proveAllSamples, proven } from './proof/run';
import { subjectOf } from './subject';

/** Proves random documents of a description, those of the charts inside of it, and a few through the programs. */
export function proveOwnChart(description: Description): void {
  const options = proveCommand()
    .option('--chart <module>', 'a module that exports `description`')
    .parse()
    .opts<Options>();
  exitWith(
    proven(subjectOf(description), options, async (run) => {
      await proveAllDocuments(run, options.report);
      await proveInside(run);
      await proveAllSamples(run);
    }),
  );
}
