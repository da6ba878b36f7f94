// Bundles the proof and runs it: `npm run prove -- --docs 1000 --env prod --seed 42`; with `--chart PATH`, that of the chart
// whose description the module exports.
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const FROM = process.cwd();
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const OURS = resolve('lib/platform/services');
const DRAWN = resolve('tests/equivalence/records/services.ts');

/**
 * Puts drawn records beside ours, wherever the platform's services are asked for.
 * @type {import('esbuild').Plugin}
 */
const drawnRecords = {
  name: 'drawn-records',
  setup: (bundler) =>
    bundler.onResolve({ filter: /\/services$/ }, ({ path, resolveDir, importer }) =>
      resolve(resolveDir, path) === OURS && importer !== DRAWN ? { path: DRAWN } : undefined,
    ),
};

/** @satisfies {import('esbuild').BuildOptions} */
const NODE = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: 'inline',
  logLevel: 'warning',
};

/** What others call the doors of the engine: here they are this repository's. */
const ENGINE = {
  'chart-engine': resolve('lib/engine/index.ts'),
  'chart-engine/renderers': resolve('lib/engine/renderers.ts'),
};

/** The module that `--chart` names. */
function chartModule() {
  const at = process.argv.findIndex((argument) => /^--chart(=|$)/.test(argument));
  if (at === -1) return undefined;
  const path = process.argv[at]?.slice('--chart='.length) || process.argv[at + 1];
  if (path === undefined) throw new Error('--chart needs the path of a module that exports `description`');
  return resolve(FROM, path);
}

/** The platform's proof, and that of drawn records, which it runs. */
async function bundlePlatform() {
  await build({ ...NODE, entryPoints: ['tests/equivalence/prove.ts'], outfile: 'build/prove.js' });
  await build({
    ...NODE,
    entryPoints: ['tests/equivalence/records/prove.ts'],
    outfile: 'build/prove-records.js',
    plugins: [drawnRecords],
  });
  return 'build/prove.js';
}

/**
 * The proof of a chart of somebody's. Both are one bundle: values of one copy of the engine mean nothing to another.
 * @param {string} path
 */
async function bundleChart(path) {
  const outfile = 'build/prove-chart.js';
  const contents = `
    import { description } from ${JSON.stringify(path)};
    import { proveOwnChart } from './tests/equivalence/own-chart';
    proveOwnChart(description);`;
  await build({ ...NODE, alias: ENGINE, stdin: { contents, resolveDir: process.cwd() }, outfile });
  return outfile;
}

const chart = chartModule();
const program = await (chart === undefined ? bundlePlatform() : bundleChart(chart));
try {
  execFileSync(process.execPath, ['--enable-source-maps', program, ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
} catch (error) {
  // What execFileSync throws; null when a signal ended it.
  process.exitCode = /** @type {{ status?: number | null }} */ (error).status ?? 1;
}
