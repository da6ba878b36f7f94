/** Terraform's language as data, by the parser of HashiCorp. Expressions stay text: `${var.name}`. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@cdktf/hcl2json';

/**
 * What we read of a folder. A block is a list of one, under its labels.
 * @typedef {object} Folder
 * @property {[{ required_version: string, required_providers: [Record<string, { version: string }>] }]} terraform
 * @property {Record<string, Record<string, [Resource]>>} [resource]
 * @property {Record<string, Record<string, unknown>>} [data]
 * @property {Record<string, [{ source: string }]>} [module]
 * @property {Record<string, [Variable]>} [variable]
 * @property {Record<string, [{ description?: string }]>} [output]
 *
 * @typedef {{ lifecycle?: [{ prevent_destroy?: unknown }] }} Resource
 * @typedef {{ description?: string, default?: unknown }} Variable
 */

/** @type {Map<string, Promise<Folder>>} */
const parsed = new Map();

/**
 * All .tf files of a folder as one object: `{ resource: { TYPE: { NAME: [block] } }, variable: { NAME: [block] }, … }`.
 * @param {string} folder
 */
export function parseFolder(folder) {
  const blocks = parsed.get(folder) ?? parseFiles(folder);
  parsed.set(folder, blocks);
  return blocks;
}

/** @param {string} folder */
async function parseFiles(folder) {
  /** @type {Record<string, unknown>} */
  const whole = {};
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith('.tf'))
    .sort())
    merge(whole, await parse(name, readFileSync(join(folder, name), 'utf8')));
  // Terraform has judged the files, and has these blocks for them.
  return /** @type {Folder} */ (whole);
}

/**
 * Blocks with one label or two become one object; blocks without a label become one list.
 * @param {Record<string, unknown>} into
 * @param {Record<string, unknown>} from
 */
function merge(into, from) {
  for (const [key, value] of Object.entries(from)) {
    const there = into[key];
    if (isList(there) && isList(value)) there.push(...value);
    else if (isObject(there) && isObject(value)) merge(there, value);
    else into[key] = value;
  }
}

/**
 * @param {unknown} value
 * @returns {value is unknown[]}
 */
function isList(value) {
  return Array.isArray(value);
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isObject(value) {
  return typeof value === 'object' && value !== null;
}
