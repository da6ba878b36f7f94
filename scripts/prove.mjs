// Bundles the proof and runs it: `npm run prove -- --docs 1000 --env prod --seed 42`.
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

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

/**
 * @param {string} entry
 * @param {string} outfile
 * @param {import('esbuild').Plugin[]} [plugins]
 */
const bundle = (entry, outfile, plugins = []) =>
  build({
    entryPoints: [entry],
    outfile,
    plugins,
    bundle: true,
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });

await bundle('tests/equivalence/prove.ts', 'build/prove.js');
await bundle('tests/equivalence/records/prove.ts', 'build/prove-records.js', [drawnRecords]);
try {
  execFileSync(process.execPath, ['--enable-source-maps', 'build/prove.js', ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
} catch (error) {
  // What execFileSync throws; null when a signal ended it.
  process.exitCode = /** @type {{ status?: number | null }} */ (error).status ?? 1;
}
