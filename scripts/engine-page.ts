/** The part of docs/engine.md that is made from the code: what each function prints. */
import { ApiObject, Chart } from 'cdk8s';
import { readFileSync } from 'node:fs';
import {
  createSourceFile,
  forEachChild,
  isArrowFunction,
  isCallExpression,
  isStringLiteral,
  isParenthesizedExpression,
  ScriptTarget,
  type Node,
  type SourceFile,
} from 'typescript';
import {
  expressionOf,
  printLines,
  printLocals,
  printScope,
  printYaml,
  symbolicApp,
  type NodeMap,
} from '../lib/engine/renderers';
import { expressions, noteLines, structures, type Example } from './engine-examples';

const EXAMPLES = 'scripts/engine-examples.ts';
const BEGIN =
  '<!-- What follows is made from scripts/engine-examples.ts by `npm run docs`. -->\n<!-- prettier-ignore-start -->\n';
const END = '<!-- prettier-ignore-end -->\n';

/** The page, with what the examples print now. */
export function enginePage(page: string): string {
  const [before, rest] = split(page, BEGIN);
  const [, after] = split(rest, END);
  return `${before}${BEGIN}\n${tables()}\n${END}${after}`;
}

function split(page: string, marker: string): [string, string] {
  const at = page.indexOf(marker);
  if (at === -1) throw new Error(`docs/engine.md has no line ${marker.trim()}`);
  return [page.slice(0, at), page.slice(at + marker.length)];
}

function tables(): string {
  const shown = [
    ...expressions.map((example) => ({ ...example, print: () => printedExpression(example) })),
    ...structures.map((example) => ({ ...example, print: () => printedStructure(example) })),
    ...noteLines.map((example) => ({
      ...example,
      print: () => printLines(example.make(), printScope('shop')).join('\n'),
    })),
  ];
  const sources = sourcesOf(
    createSourceFile(EXAMPLES, readFileSync(EXAMPLES, 'utf8'), ScriptTarget.ES2023, true),
  );
  const rows = shown.map(({ name, use, print }, i) => {
    const [of, source] = sources[i] ?? [];
    if (of !== name || source === undefined)
      throw new Error(`${EXAMPLES}: its lists are not in the order of the page`);
    return { name, use, source, printed: print() };
  });
  return [
    '| What you write | What a template has | What it is for |',
    '| --- | --- | --- |',
    ...rows
      .slice(0, expressions.length)
      .map(({ source, printed, use }) => `| ${cell(source)} | ${cell(printed)} | ${use} |`),
    '',
    ...rows
      .slice(expressions.length)
      .flatMap(({ name, use, source, printed }) => [
        `**\`${name}\`**: ${use}`,
        '',
        fenced('ts', source),
        fenced('', printed),
      ]),
  ].join('\n');
}

function printedExpression({ make }: Example<Parameters<typeof expressionOf>[0]>): string {
  const scope = printScope('shop');
  const printed = expressionOf(make()).print(scope);
  return [...printLocals(scope.locals, scope), `{{ ${printed} }}`].join(' ');
}

/** The lines of a structure, as they stand in an object. */
function printedStructure({ make }: Example<object>): string {
  const { app, symbolicValues } = symbolicApp();
  const object = new ApiObject(new Chart(app, 'folder'), 'file', {
    apiVersion: 'v1',
    kind: 'Example',
    spec: make(),
  });
  // A map, as it was given.
  const { spec } = symbolicValues.capture(object) as { readonly spec: NodeMap };
  return printYaml(spec, printScope('shop')).join('\n');
}

/** The names of the examples, and the bodies of the functions that make them, as they are written. */
function sourcesOf(file: SourceFile): (readonly [name: string, source: string])[] {
  const found: (readonly [name: string, source: string])[] = [];
  const visit = (node: Node): void => {
    const example = isCallExpression(node) ? exampleOf(node.arguments, file) : undefined;
    if (example === undefined) forEachChild(node, visit);
    else found.push(example);
  };
  visit(file);
  return found;
}

function exampleOf(args: readonly Node[], file: SourceFile): [name: string, source: string] | undefined {
  const [name, make, use] = args;
  if (name === undefined || make === undefined || use === undefined) return undefined;
  if (!isStringLiteral(name) || !isArrowFunction(make)) return undefined;
  const body = isParenthesizedExpression(make.body) ? make.body.expression : make.body;
  return [name.text, onOneLine(body.getText(file))];
}

/** As it would stand on a line that is long enough. */
function onOneLine(source: string): string {
  return source
    .replace(/([([])\s*\n\s*/g, '$1')
    .replace(/,?\s*\n\s*([)\]])/g, '$1')
    .replace(/,?\s*\n\s*\}/g, ' }')
    .replace(/\s*\n\s*/g, ' ');
}

/** Code in a cell of a table. */
function cell(code: string): string {
  const quote = code.includes('`') ? '``' : '`';
  const room = quote === '`' ? '' : ' ';
  return `${quote}${room}${code.replaceAll('|', '\\|')}${room}${quote}`;
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\`\n`;
}
