import type { Description } from '../chart/description';
import type { Catalogue } from '../values/catalogue';
import { valueGroups, type Row, type ValueGroup } from './readme-rows';

/** README.md of a chart that has no other: what it is, and every value in a table. */
export function printReadme({ facts, metadata, catalogue }: Description): string {
  return `# ${facts.name}

${metadata.description}.

Chart ${facts.version}, application ${facts.appVersion}. This chart is generated: change its description, not these files.

## Values

${printValueTables(catalogue)}`;
}

/** Every value of a chart: a table for each group. */
export function printValueTables(catalogue: Catalogue): string {
  const groups = valueGroups(catalogue);
  return [general(groups), ...groups.filter((group) => !isSingle(group))]
    .filter(({ rows }) => rows.length > 0)
    .map(groupText)
    .join('\n');
}

/** A group of one value needs no table of its own. */
function isSingle({ name, rows }: ValueGroup): boolean {
  return rows.length === 1 && rows[0]?.path === name;
}

function general(groups: readonly ValueGroup[]): ValueGroup {
  return { name: 'General', description: '', rows: groups.filter(isSingle).flatMap(({ rows }) => rows) };
}

function groupText({ name, description, rows }: ValueGroup): string {
  const head = `### ${name}\n\n${description === '' ? '' : `${escaped(description)}.\n\n`}`;
  return `${head}| Value | Type | Default | What it is |\n| --- | --- | --- | --- |\n${rows.map(rowText).join('')}`;
}

function rowText({ path, type, standard, description }: Row): string {
  return `| \`${path}\` | ${escaped(type)} | ${standard.replaceAll('|', '\\|')} | ${escaped(description)} |\n`;
}

/** Nothing in a cell may end it, or begin a tag. */
function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
