/**
 * Temporary copies of terraform/, so that nothing that Terraform writes lands beside the sources, and the names of files
 * that parts of the check leave for others. CommonJS, for the scripts and for the tests of tests/terraform.
 */
const {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const terraformFolder = join(__dirname, '../../terraform');
/** Values for what only an operator knows: names of a company, addresses, ARNs of people's roles. */
const EXAMPLE_VALUES = 'example.tfvars';

/** @type {Set<string>} */
const made = new Set();

/** A copy of the whole of terraform/: roots call modules by relative paths. */
function copy() {
  const folder = mkdtempSync(join(tmpdir(), 'medkg-terraform-'));
  made.add(folder);
  cpSync(terraformFolder, folder, { recursive: true, filter: (path) => !/\/\.terraform(\/|$)/.test(path) });
  return folder;
}

/** @param {string} folder */
function remove(folder) {
  made.delete(folder);
  rmSync(folder, { recursive: true, force: true });
}

process.on('exit', () => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/**
 * State in a file of the copy, whatever backend the root has.
 * @param {string} root
 */
function useLocalState(root) {
  writeFileSync(join(root, 'backend_override.tf'), 'terraform {\n  backend "local" {}\n}\n');
}

/**
 * How Terraform is told the values of an example, where a root has one.
 * @param {string} root
 */
function exampleValues(root) {
  return existsSync(join(root, EXAMPLE_VALUES)) ? [`-var-file=${EXAMPLE_VALUES}`] : [];
}

/**
 * Takes the protection off, in the copy: it refuses variables, and stops every destroy.
 * @param {string} folder
 */
function unprotect(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const path of files.filter((name) => name.endsWith('.tf'))) {
    const file = join(folder, path);
    const text = readFileSync(file, 'utf8');
    const open = text.replace(/^\s*prevent_destroy\s*=\s*true\s*$\n?/gm, '');
    if (open !== text) writeFileSync(file, open);
  }
}

/**
 * @param {string} root
 * @returns the name of the file with the plan of a root that was applied
 */
function planFile(root) {
  return `${root.replaceAll('/', '-')}.json`;
}

/**
 * @param {string} root
 * @returns the name of the file with its state
 */
function stateFile(root) {
  return `${root.replaceAll('/', '-')}.tfstate`;
}

/**
 * Gives a copy of a root the state that it was applied to.
 * @param {string} plans the folder with the states
 * @param {string} root
 * @param {string} cwd the copy
 */
function useState(plans, root, cwd) {
  copyFileSync(join(plans, stateFile(root)), join(cwd, 'terraform.tfstate'));
}

module.exports = {
  copy,
  exampleValues,
  planFile,
  remove,
  stateFile,
  terraformFolder,
  unprotect,
  useLocalState,
  useState,
};
