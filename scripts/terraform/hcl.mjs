/** Terraform's language as data, by the parser of HashiCorp. Expressions stay text: `${var.name}`. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@cdktf/hcl2json';

const parsed = new Map();

/** All .tf files of a folder as one object: `{ resource: { TYPE: { NAME: [block] } }, variable: { NAME: [block] }, … }`. */
export function parseFolder(folder) {
  if (!parsed.has(folder)) parsed.set(folder, parseFiles(folder));
  return parsed.get(folder);
}

async function parseFiles(folder) {
  const whole = {};
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith('.tf'))
    .sort())
    merge(whole, await parse(name, readFileSync(join(folder, name), 'utf8')));
  return whole;
}

/** Blocks with one label or two become one object; blocks without a label become one list. */
function merge(into, from) {
  for (const [key, value] of Object.entries(from)) {
    if (Array.isArray(into[key])) into[key].push(...value);
    else if (into[key] !== undefined && typeof value === 'object') merge(into[key], value);
    else into[key] = value;
  }
}
