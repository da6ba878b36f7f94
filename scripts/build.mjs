/**
 * Bundles the program: build/medkg.js (`medkg`) and build/main.js (`cdk8s synth`). One file loads in a third of the
 * time that a TypeScript loader, or the packages one by one, would take. The validator of the values is compiled
 * here and not at each start. Each bundle knows the sources that it was made of, and refuses to run on others.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import * as esbuild from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);

/** @typedef {import('esbuild').Plugin} Plugin */

/**
 * What both bundles, and those of the benchmark, have in common.
 * @satisfies {import('esbuild').BuildOptions}
 */
const options = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // Names of classes and functions stay what they are: stack traces can be read.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
};

/**
 * Runs modules of ours at build time.
 * @param {string} contents
 * @param {Plugin[]} plugins
 * @returns {Promise<unknown>} what they export
 */
async function load(contents, plugins) {
  /** @type {import('esbuild').StdinOptions} */
  const stdin = { contents, resolveDir: root, loader: 'ts' };
  const { outputFiles } = await esbuild.build({ ...options, stdin, plugins, write: false });
  /** @type {{ exports: unknown }} */
  const module = { exports: {} };
  /** @type {unknown} */
  const run = vm.runInThisContext(`(function (module, exports, require) {${only(outputFiles).text}\n})`);
  // The line above says so.
  /** @type {(module: object, exports: unknown, require: NodeJS.Require) => void} */ (run)(
    module,
    module.exports,
    require,
  );
  return module.exports;
}

/**
 * The file of a bundle that is one.
 * @param {import('esbuild').OutputFile[]} files
 */
function only([file]) {
  if (file === undefined) throw new Error('esbuild wrote nothing');
  return file;
}

/**
 * The validators of the charts' values, as the code of a CommonJS module: one for each chart, by its name.
 * @param {Plugin[]} plugins
 */
async function validatorCode(plugins) {
  const exported = await load(
    "export { catalogue } from './lib/umbrella/catalogue'; export { AJV_OPTIONS, jsonSchemaOf } from './lib/engine/renderers';",
    plugins,
  );
  const { catalogue, AJV_OPTIONS, jsonSchemaOf } =
    // The modules that are named above.
    /** @type {typeof import('../lib/umbrella/catalogue.js') & typeof import('../lib/engine/renderers.js')} */ (
      exported
    );
  const charts = withInner(catalogue);
  const ajv = new Ajv({ ...AJV_OPTIONS, code: { source: true } });
  charts.forEach((chart, i) => ajv.addSchema(jsonSchemaOf(chart), `chart${i}`));
  const code = standaloneCode.default(
    ajv,
    Object.fromEntries(charts.map((_, i) => [`chart${i}`, `chart${i}`])),
  );
  const names = charts.map(({ chart }, i) => `${JSON.stringify(chart)}: exports.chart${i}`);
  return `${code}\nmodule.exports = { ${names.join(', ')} };`;
}

/**
 * A chart and all that are inside of it.
 * @typedef {import('../lib/engine/index.js').Catalogue} Catalogue
 * @param {Catalogue} catalogue
 * @returns {Catalogue[]}
 */
function withInner(catalogue) {
  return [catalogue, ...catalogue.dependencies.flatMap((inner) => withInner(inner.catalogue))];
}

const IN_ITS_PLACE = `
const validators = require('compiled-validators');
exports.compile = (chart) => {
  const validate = validators[chart];
  if (validate === undefined) throw new Error(\`the schema of \${chart} was not compiled ahead\`);
  return (values) => (validate(values) ? [] : (validate.errors ?? []));
};`;

/**
 * Puts the compiled validators in place of lib/engine/values/compile.ts.
 * @param {Plugin[]} plugins
 * @returns {Plugin}
 */
function compiledValidators(plugins) {
  const code = validatorCode(plugins);
  return {
    name: 'compiled-validators',
    setup(build) {
      build.onLoad({ filter: /[\\/]lib[\\/]engine[\\/]values[\\/]compile\.ts$/ }, () => ({
        contents: IN_ITS_PLACE,
        loader: 'js',
      }));
      build.onResolve({ filter: /^compiled-validators$/ }, ({ path }) => ({ path, namespace: 'compiled' }));
      build.onLoad({ filter: /.*/, namespace: 'compiled' }, async () => ({
        contents: await code,
        loader: 'js',
        resolveDir: root,
      }));
    },
  };
}

/**
 * Writes both bundles into a folder.
 * @param {{ folder?: string, plugins?: Plugin[] }} [more]
 */
export async function buildProgram({ folder = join(root, 'build'), plugins = [] } = {}) {
  const exported = await load("export * from './lib/cli/sources';", []);
  // The module that is named above.
  const { sourceFiles, sourcesDigest } = /** @type {typeof import('../lib/cli/sources.js')} */ (exported);
  // Taken before they are read: what is edited in between is told at the next start.
  const digest = sourcesDigest(root);
  /** @satisfies {import('esbuild').BuildOptions} */
  const shared = {
    ...options,
    plugins: [...plugins, compiledValidators(plugins)],
    define: { BUNDLED_SOURCES: JSON.stringify(digest) },
    metafile: true,
    write: false,
  };
  const bundles = await Promise.all([
    esbuild.build({
      ...shared,
      entryPoints: ['lib/cli/index.ts'],
      outfile: join(folder, 'medkg.js'),
      banner: { js: '#!/usr/bin/env node' },
    }),
    esbuild.build({ ...shared, entryPoints: ['main.ts'], outfile: join(folder, 'main.js') }),
  ]);
  refuseOthers(bundles, new Set(sourceFiles(root)));
  mkdirSync(folder, { recursive: true });
  for (const { outputFiles } of bundles) replaceProgram(only(outputFiles));
}

/**
 * A change of a file that is not among the sources would go unnoticed. Packages are told by what npm installed.
 * @param {{ metafile: import('esbuild').Metafile }[]} bundles
 * @param {Set<string>} sources
 */
function refuseOthers(bundles, sources) {
  const read = bundles.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const isOurs = (/** @type {string} */ file) => !file.includes('node_modules/') && !file.includes(':');
  const other = read.find((file) => isOurs(file) && !sources.has(file));
  if (other !== undefined)
    throw new Error(`${other} is bundled: add it to the sources in lib/cli/sources.ts`);
}

/**
 * Whoever starts it meanwhile gets all of the old program, or all of the new one.
 * @param {import('esbuild').OutputFile} program
 */
function replaceProgram({ path, contents }) {
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, contents, { mode: 0o755 });
  renameSync(fresh, path);
}

/**
 * Writes the bundle that the benchmark measures phase by phase.
 * @param {{ file: string, plugins: Plugin[] }} settings
 */
export async function buildPhases({ file, plugins }) {
  await esbuild.build({
    ...options,
    entryPoints: ['scripts/phases.ts'],
    outfile: file,
    plugins: [...plugins, compiledValidators(plugins)],
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildProgram();
