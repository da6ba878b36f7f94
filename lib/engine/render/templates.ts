import type { DescribedObject } from '../chart/objects';
import type { NamedTemplate } from '../chart/named-template';
import {
  asking,
  expressionOf,
  printLocals,
  printParameters,
  printRange,
  printScope,
  printYaml,
  rootBeside,
  templateName,
  type Alias,
  type Condition,
  type Node,
  type PrintScope,
} from '../template';

/** The template of one object. */
export function printTemplate(object: DescribedObject, chart: string): string {
  return printFile(chart, object.alias, (scope) =>
    printGuarded(object.condition, scope, (inner) => printRounds(object.tree, object.loops, inner)),
  );
}

/** The object in its loops. Each round is a document of its own. */
function printRounds(tree: Node, [loop, ...inner]: DescribedObject['loops'], scope: PrintScope): string[] {
  if (loop === undefined) return printYaml(tree, scope);
  const { each, condition } = loop;
  return printRange(each, scope, (round) =>
    printGuarded(condition, round, (guarded) => [
      ...(inner.length === 0 ? ['---'] : []),
      ...printRounds(tree, inner, guarded),
    ]),
  );
}

function printGuarded(
  condition: Condition | undefined,
  scope: PrintScope,
  print: (scope: PrintScope) => readonly string[],
): string[] {
  if (condition === undefined) return [...print(scope)];
  const expression = expressionOf(condition);
  return [`{{- if ${expression.print(scope)} }}`, ...print(asking(scope, expression)), '{{- end }}'];
}

/** The named templates of the parts of an object, or undefined where there are none. */
export function printNamedTemplates(
  { alias, named }: Pick<DescribedObject, 'alias' | 'named'>,
  chart: string,
): string | undefined {
  return named.length === 0
    ? undefined
    : named.map((template) => printNamed(template, chart, alias)).join('\n');
}

function printNamed(template: NamedTemplate, chart: string, ofObject: Alias | undefined): string {
  const { name, doc, body, alias = ofObject, parameters } = template;
  const lines = printFile(chart, alias, (scope) => printYaml(body, scope), parameters);
  const end = ENDS_IN_BLOCK.test(lines) ? '{{ end }}' : '{{- end }}';
  return `{{/*\n${name}: ${doc}\n*/}}\n{{- define ${templateName(chart, name)} -}}\n${lines}${end}\n`;
}

/** The last text of such a block may end in a line break, which whoever reads the template as YAML would miss. */
const ENDS_IN_BLOCK = / nindent \d+ \}\}\n( *\{\{- end \}\}\n)*$/;

/** The lines of a file or of a named template, after the definitions of the short names that they use. */
function printFile(
  chart: string,
  alias: Alias | undefined,
  print: (scope: PrintScope) => string[],
  parameters: readonly string[] = [],
): string {
  const scope = printScope(chart, rootBeside(parameters), alias === undefined ? [] : [alias]);
  const lines = print(scope);
  const named = [...printLocals(scope.locals, scope), ...lines];
  const root = scope.root === '.' ? '' : scope.root;
  const aliases = [...scope.used].map(
    ({ name, path }) => `{{- ${name} := ${[root, 'Values', ...path].join('.')} }}`,
  );
  return `${[...printParameters(parameters), ...aliases, ...named].join('\n')}\n`;
}
