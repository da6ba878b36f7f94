/**
 * The life of one root on the stand-in: plan, apply, a plan that finds nothing to do, a destroy that is refused as long
 * as data is protected, and the destroy.
 */
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseFolder } from './hcl.mjs';
import { roots } from './layout.mjs';
import { copy, exampleValues, planFile, remove, stateFile, unprotect, useLocalState } from './copy.cjs';
import { Failed, run } from './programs.mjs';
import { readJson } from '../support/json.mjs';

/**
 * @typedef {import('./programs.mjs').RunOptions} RunOptions
 * @typedef {(args: string[], options?: Partial<RunOptions>) => Promise<import('./programs.mjs').Ended>} Terraform
 *
 * What we read of a state.
 * @typedef {object} StateResource
 * @property {string} mode
 * @property {string} [module]
 * @property {string} type
 * @property {string} name
 * @property {{ index_key?: string | number, dependencies?: string[] }[]} instances
 */

/**
 * @param {string} root relative to terraform/
 * @param {import('./programs.mjs').Context} context
 */
export async function checkRoot(root, { env, log, plans }) {
  const folder = copy();
  const cwd = join(folder, root);
  useLocalState(cwd);
  const values = exampleValues(cwd);
  /** @type {Terraform} */
  const terraform = (args, options = {}) =>
    run('terraform', [...args, '-no-color'], { cwd, env, log, ...options });

  try {
    await terraform(['init']);
    await terraform(['plan', '-out=plan', ...values]);
    await terraform(['apply', 'plan']);

    // The second plan is the one to judge: it finds nothing to do, and knows every value.
    const again = await terraform(['plan', '-detailed-exitcode', '-out=plan', ...values], { codes: [0, 2] });
    if (again.code === 2)
      throw new Failed(`${root} is not at rest after an apply: a second plan has changes`);
    const json = join(plans, planFile(root));
    // An example shows one module, and not all that surrounds it: only the plans of roots are judged by rules.
    if (roots.includes(root)) await terraform(['show', '-json', 'plan'], { output: json });
    copyFileSync(join(cwd, 'terraform.tfstate'), join(plans, stateFile(root)));
    const resources = made(cwd);

    const refused = await destroyIsRefused(root, folder, terraform, values);
    await terraform(['destroy', '-auto-approve', ...values]);
    return `${resources} resources${refused}`;
  } finally {
    remove(folder);
  }
}

/** @param {string} cwd */
function resourcesOf(cwd) {
  // As Terraform writes it.
  const state = /** @type {{ resources: StateResource[] }} */ (readJson(join(cwd, 'terraform.tfstate')));
  return state.resources;
}

/** @param {string} cwd */
function made(cwd) {
  const count = resourcesOf(cwd)
    .filter(({ mode }) => mode === 'managed')
    .reduce((sum, { instances }) => sum + instances.length, 0);
  if (count === 0) throw new Failed('the apply made nothing');
  return count;
}

/**
 * Sees that a plain destroy stops and names what it protects; then takes the protection off. Terraform gets no further than
 * to what is protected first: it does not name what that depends on, such as the key of a volume.
 * @param {string} root
 * @param {string} folder
 * @param {Terraform} terraform
 * @param {string[]} values
 */
async function destroyIsRefused(root, folder, terraform, values) {
  const all = await protectedInstances(join(folder, root));
  if (all.length === 0) return '';
  const needed = new Set(all.flatMap(({ dependencies }) => dependencies));
  const named = all.map(({ address }) => address).filter((address) => !needed.has(withoutKeys(address)));

  const { said } = await terraform(['destroy', '-auto-approve', ...values], { codes: [1] });
  const text = said.replace(/[\s│]+/g, ' ');
  const missing = named.filter(
    (address) => !text.includes(`Resource ${address} has lifecycle.prevent_destroy set`),
  );
  if (missing.length > 0)
    throw new Failed(`the refused destroy does not name ${missing.join(', ')}:\n${said.slice(-4000)}`);
  unprotect(folder);
  return `, ${all.length} protected`;
}

/**
 * The address of a resource without the keys of its instances, as dependencies name it.
 * @param {string} address
 */
function withoutKeys(address) {
  return address.replace(/\["[^"]*"\]|\[\d+\]/g, '');
}

/**
 * The instances in the state of a root whose block says prevent_destroy.
 * @param {string} cwd
 * @returns {Promise<{ address: string, dependencies: string[] }[]>}
 */
async function protectedInstances(cwd) {
  const folders = new Map(modulesOf(cwd).map(({ Key, Dir }) => [Key, join(cwd, Dir)]));

  const found = [];
  for (const { mode, module = '', type, name, instances } of resourcesOf(cwd)) {
    if (mode !== 'managed') continue;
    const key = withoutKeys(module).replace(/(^|\.)module\./g, '$1');
    const folder = folders.get(key);
    if (folder === undefined) throw new Error(`Terraform does not say where ${module} is`);
    const { resource = {} } = await parseFolder(folder);
    if (resource[type]?.[name]?.[0].lifecycle?.[0].prevent_destroy !== true) continue;
    const address = [module, type, name].filter((part) => part !== '').join('.');
    found.push(
      ...instances.map(({ index_key: at, dependencies = [] }) => ({
        address: at === undefined ? address : `${address}[${JSON.stringify(at)}]`,
        dependencies,
      })),
    );
  }
  return found;
}

/**
 * The modules of a root, itself with them, as Terraform lists them: not at all when it calls none.
 * @param {string} cwd
 */
function modulesOf(cwd) {
  const list = join(cwd, '.terraform/modules/modules.json');
  if (!existsSync(list)) return [{ Key: '', Dir: '.' }];
  // As Terraform writes it.
  return /** @type {{ Modules: { Key: string, Dir: string }[] }} */ (readJson(list)).Modules;
}
