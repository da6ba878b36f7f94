/** What there is below terraform/, found by its folders: a new module, example or environment needs no change here. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { terraformFolder } from './copy.cjs';

export const repository = fileURLToPath(new URL('../..', import.meta.url));
export { terraformFolder };

const files = readdirSync(terraformFolder, { recursive: true, encoding: 'utf8' })
  .filter((path) => !path.split('/').includes('.terraform'))
  .sort();

/** Folders that Terraform would run in, relative to terraform/. */
const folders = [...new Set(files.filter((path) => path.endsWith('.tf')).map(dirname))].sort();

/** Modules: what others call. */
export const modules = folders.filter((folder) => /^modules\/[^/]+$/.test(folder));

/** Examples of modules. */
export const examples = folders.filter((folder) => /^modules\/[^/]+\/examples\/[^/]+$/.test(folder));

/** What an operator applies: bootstrap, account, and the roots of the environments. */
export const roots = folders.filter((folder) =>
  /^(bootstrap|account|environments\/[^/]+\/[^/]+)$/.test(folder),
);

const unknown = folders.filter((folder) => ![...modules, ...examples, ...roots].includes(folder));
if (unknown.length > 0)
  throw new Error(
    `not a module, an example or a root, so nothing checks it: terraform/${unknown.join(', ')}`,
  );

/**
 * Text of a file below terraform/.
 * @param {string[]} path
 */
export function read(...path) {
  return readFileSync(join(terraformFolder, ...path), 'utf8');
}

/**
 * The .tf files of a folder, without those of folders in it.
 * @param {string} folder
 */
export function sources(folder) {
  return files.filter((path) => dirname(path) === folder && path.endsWith('.tf'));
}

/**
 * Files with tests of a module.
 * @param {string} module
 */
export function testFiles(module) {
  return files.filter((path) => dirname(path) === join(module, 'tests') && path.endsWith('.tftest.hcl'));
}

/**
 * How many assertions the tests of a module make: conditions on what is planned, and refusals that are expected.
 * @param {string} module
 */
export function assertions(module) {
  return testFiles(module)
    .map((file) => read(file).replace(/#.*$/gm, ''))
    .reduce((sum, text) => sum + (text.match(/^\s*assert \{/gm) ?? []).length + refusals(text), 0);
}

/** @param {string} text */
function refusals(text) {
  return [...text.matchAll(/expect_failures\s*=\s*\[([^\]]*(?:\[[^\]]*\][^\]]*)*)\]/g)]
    .flatMap(([, list = '']) => list.split(','))
    .filter((item) => item.trim() !== '').length;
}

/**
 * A path as a person reads it, from the repository.
 * @param {string} path
 */
export function shown(path) {
  return relative(repository, path);
}
