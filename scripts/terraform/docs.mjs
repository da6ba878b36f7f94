/**
 * Writes the tables of each module's README, in the form of terraform-docs, from its parsed sources.
 *
 *   node scripts/terraform/docs.mjs            writes them
 *   node scripts/terraform/docs.mjs --check    fails on what is stale
 *
 * Once terraform-docs is on PATH, `terraform-docs markdown table --output-file README.md MODULE` writes the same tables.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseFolder } from './hcl.mjs';
import { modules, shown, sources, terraformFolder } from './layout.mjs';

const BEGIN = '<!-- BEGIN_TF_DOCS -->';
const END = '<!-- END_TF_DOCS -->';

/**
 * The README of a module as it should be.
 * @param {string} module
 */
export async function documented(module) {
  const readme = readFileSync(join(terraformFolder, module, 'README.md'), 'utf8');
  const [before, rest] = readme.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`terraform/${module}/README.md lacks ${BEGIN} and ${END}`);
  return `${before}${BEGIN}\n${await tables(module)}\n${END}${after}`;
}

/** @param {string} module */
async function tables(module) {
  const hcl = await parseFolder(join(terraformFolder, module));
  const [
    {
      required_version: version,
      required_providers: [providers],
    },
  ] = hcl.terraform;
  const text = sources(module).map((file) => readFileSync(join(terraformFolder, file), 'utf8'));
  return [
    section(
      'Requirements',
      ['Name', 'Version'],
      [
        [anchor('requirement', 'terraform'), escape(version)],
        ...sorted(providers).map(([name, { version: wanted }]) => [
          anchor('requirement', name),
          escape(wanted),
        ]),
      ],
    ),
    section(
      'Providers',
      ['Name', 'Version'],
      sorted(providers).map(([name, { version: wanted }]) => [anchor('provider', name), escape(wanted)]),
    ),
    section(
      'Modules',
      ['Name', 'Source'],
      sorted(hcl.module).map(([name, [{ source }]]) => [anchor('module', name), source]),
    ),
    section(
      'Resources',
      ['Name', 'Type'],
      [...resources(hcl.resource, 'resource'), ...resources(hcl.data, 'data source')],
    ),
    section(
      'Inputs',
      ['Name', 'Description', 'Type', 'Default', 'Required'],
      sorted(hcl.variable).map(([name, [block]]) => input(name, block, text)),
    ),
    section(
      'Outputs',
      ['Name', 'Description'],
      sorted(hcl.output).map(([name, [{ description }]]) => [anchor('output', name), sentence(description)]),
    ),
  ].join('\n\n');
}

/**
 * @param {string} title
 * @param {string[]} columns
 * @param {string[][]} rows
 */
function section(title, columns, rows) {
  if (rows.length === 0) return `## ${title}\n\nNo ${title.toLowerCase()}.`;
  const rules = columns.map((column) => (column === 'Required' ? ':------:' : '-'.repeat(column.length + 2)));
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [`## ${title}`, '', line(columns), `|${rules.join('|')}|`, ...rows.map(line)].join('\n');
}

/**
 * @param {string} name
 * @param {import('./hcl.mjs').Variable} block
 * @param {string[]} text the sources
 */
function input(name, block, text) {
  const required = !('default' in block);
  return [
    anchor('input', name),
    sentence(block.description),
    code(typeOf(name, text)),
    required ? 'n/a' : code(JSON.stringify(block.default, null, 2)),
    required ? 'yes' : 'no',
  ];
}

/**
 * The type as it is written: the parser knows it as one line.
 * @param {string} name
 * @param {string[]} texts
 */
function typeOf(name, texts) {
  for (const text of texts) {
    const block = text.match(new RegExp(`^variable "${name}" \\{\\n(.*?)^\\}`, 'ms'))?.[1];
    const type = block?.match(/^ {2}type\s+= (.*?)(?=\n(?: {2}\w| *$|\n))/ms)?.[1];
    if (type !== undefined) return type.replace(/\n {2}/g, '\n').trimEnd();
  }
  throw new Error(`variable ${name} has no type`);
}

/**
 * @param {Record<string, Record<string, unknown>> | undefined} kinds
 * @param {string} label
 */
function resources(kinds, label) {
  return sorted(kinds).flatMap(([type, named]) =>
    Object.keys(named)
      .sort()
      .map((name) => [`[${type}.${name}](${page(type, label)})`, label]),
  );
}

/**
 * @param {string} type
 * @param {string} label
 */
function page(type, label) {
  const [provider = '', ...rest] = type.split('_');
  const kind = label === 'resource' ? 'resources' : 'data-sources';
  return `https://registry.terraform.io/providers/hashicorp/${provider}/latest/docs/${kind}/${rest.join('_')}`;
}

/**
 * @param {string} kind
 * @param {string} name
 */
function anchor(kind, name) {
  return `<a name="${kind}_${name}"></a> [${escape(name)}](#${kind}\\_${escape(name)})`;
}

/**
 * @template T
 * @param {Record<string, T>} [named]
 */
function sorted(named = {}) {
  return Object.entries(named).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** @param {string} [text] */
function sentence(text) {
  return (text ?? 'n/a').trim().replace(/\s+/g, ' ').replaceAll('|', '\\|');
}

/** @param {string} text */
function code(text) {
  return text.includes('\n')
    ? `<pre>${text.replaceAll('|', '\\|').replaceAll('\n', '<br/>')}</pre>`
    : `\`${text.replaceAll('|', '\\|')}\``;
}

/** @param {string} text */
function escape(text) {
  return text.replaceAll('_', '\\_');
}

/**
 * @param {{ write?: boolean }} [options]
 * @returns {Promise<string[]>} the READMEs that do not say what their modules say
 */
export async function stale({ write = false } = {}) {
  const found = [];
  for (const module of modules) {
    const file = join(terraformFolder, module, 'README.md');
    const wanted = await documented(module);
    if (readFileSync(file, 'utf8') === wanted) continue;
    if (write) writeFileSync(file, wanted);
    found.push(shown(file));
  }
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const check = process.argv.includes('--check');
  const found = await stale({ write: !check });
  if (check && found.length > 0) {
    console.error(`stale, run node scripts/terraform/docs.mjs: ${found.join(', ')}`);
    process.exitCode = 1;
  } else found.forEach((file) => console.log(`wrote ${file}`));
}
