#!/usr/bin/env node
// Makes lib/engine/template/required-parts.ts from the types of the API in cdk8s-plus: which lists and maps an object
// must have, and the way to them.
// Usage: node scripts/required-parts.mjs [--check]
// --check fails when the committed file differs.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';

const root = join(import.meta.dirname, '..');
const target = join(root, 'lib/engine/template/required-parts.ts');
const imports = join(root, 'node_modules/cdk8s-plus-28/lib/imports');
const types = readFileSync(join(imports, 'k8s.d.ts'), 'utf8');
const code = readFileSync(join(imports, 'k8s.js'), 'utf8');

const made = await format(
  `// Made by scripts/required-parts.mjs.

/** The type of the properties of each kind of the API. */
export const KINDS: Readonly<Record<string, string>> = ${JSON.stringify(kinds())};

/**
 * The lists, maps and structures of a type that must be there, and those that lead to some. \`!\` stands before what must,
 * \`[]\` before the type of a list's items, \`{}\` before that of a map's entries; without a type nothing is asked of those.
 */
export const PARTS: Readonly<Record<string, Readonly<Record<string, string>>>> = ${JSON.stringify(wanted(membersByType()))};
`,
  { parser: 'typescript', printWidth: 110, singleQuote: true },
);
if (process.argv[2] !== '--check') writeFileSync(target, made);
else if (readFileSync(target, 'utf8') !== made) {
  console.error(`${target} is stale: node scripts/required-parts.mjs`);
  process.exit(1);
}

/** The type of the properties of each kind. */
function kinds() {
  const found = code.matchAll(/^(Kube\w+)\.GVK = \{\s*apiVersion: '([^']+)',\s*kind: '([^']+)'/gm);
  return Object.fromEntries(
    [...found]
      .filter(([, , , kind]) => !kind?.endsWith('List'))
      .map(([, name, version, kind]) => [`${version}/${kind}`, `${name}Props`]),
  );
}

/**
 * The lists, maps and structures of each type by the names of the API. `!` stands before what is required, `[]` before
 * what a list has, `{}` before what a map has under its keys.
 * @returns {Map<string, Record<string, string>>}
 */
function membersByType() {
  const interfaces = [...types.matchAll(/^export interface (\w+) \{\n([\s\S]*?)^\}/gm)];
  const known = new Set(interfaces.map(([, name]) => name));
  return new Map(
    interfaces.map(([, name = '', body = '']) => {
      const names = apiNames(name);
      const fields = body.matchAll(
        /readonly (\w+)(\??): (?:(\w+)(\[\])?;|\{\n\s*\[key: string\]: (\w+);\n\s*\};)/g,
      );
      const members = [...fields].flatMap(([, field = '', optional, type = '', list, entry]) => {
        const inner = entry ?? type;
        if (entry === undefined && list === undefined && !known.has(type)) return [];
        const shape = entry === undefined ? (list ?? '') : '{}';
        return [
          /** @type {const} */ ([
            names.get(field) ?? field,
            `${optional === '' ? '!' : ''}${shape}${known.has(inner) ? inner : ''}`,
          ]),
        ];
      });
      return [name, Object.fromEntries(members)];
    }),
  );
}

/**
 * What the API calls the fields of a type.
 * @param {string} type
 */
function apiNames(type) {
  const body = new RegExp(`^function toJson_${type}\\(obj\\) \\{([\\s\\S]*?)^\\}`, 'm').exec(code)?.[1] ?? '';
  return new Map(
    [...body.matchAll(/'([^']+)':[^\n]*?\bobj\.(\w+)/g)].map(([, api = '', own = '']) => [own, api]),
  );
}

/**
 * The members that are required, and those that lead to some.
 * @param {Map<string, Record<string, string>>} all
 */
function wanted(all) {
  /** @type {Set<string>} */
  const leading = new Set();
  const leads = (/** @type {string} */ shape) =>
    shape.startsWith('!') || leading.has(shape.replace(/^(\[\]|\{\})/, ''));
  for (let size = -1; size < leading.size;) {
    size = leading.size;
    for (const [name, members] of all) if (Object.values(members).some(leads)) leading.add(name);
  }
  return Object.fromEntries(
    [...all]
      .filter(([name]) => leading.has(name) && !/List(V\w+)?Props$/.test(name))
      .map(([name, members]) => [
        name,
        Object.fromEntries(
          Object.entries(members)
            .filter(([, shape]) => leads(shape))
            .map(([field, shape]) => [
              field,
              leading.has(shape.replace(/^!?(\[\]|\{\})?/, '')) ? shape : shape.replace(/\w+$/, ''),
            ]),
        ),
      ]),
  );
}
