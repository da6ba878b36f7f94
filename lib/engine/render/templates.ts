import type { NamedTemplate } from '../chart/named-template';
import type { DescribedObject } from '../../umbrella';
import {
  expressionOf,
  HELPER_PREFIX,
  printLocals,
  printParameters,
  printYaml,
  rootBeside,
  type Local,
  type PrintScope,
} from '../template';

/** The template of one object. */
export function printTemplate(object: DescribedObject): string {
  return printFile(object, (scope) => {
    const body = printYaml(object.tree, scope);
    return object.condition === undefined
      ? body
      : [`{{- if ${expressionOf(object.condition).print(scope)} }}`, ...body, '{{- end }}'];
  });
}

/** The named templates of the parts of an object, or undefined where there are none. */
export function printNamedTemplates({
  service,
  named,
}: Pick<DescribedObject, 'service' | 'named'>): string | undefined {
  return named.length === 0 ? undefined : named.map((template) => printNamed(template, service)).join('\n');
}

function printNamed(
  { name, doc, body, service, parameters }: NamedTemplate,
  owner: string | undefined,
): string {
  const lines = printFile({ service: service ?? owner }, (scope) => printYaml(body, scope), parameters);
  return `{{/*\n${name}: ${doc}\n*/}}\n{{- define "${HELPER_PREFIX}.${name}" -}}\n${lines}{{- end }}\n`;
}

/** The lines of a file or of a named template, after the definitions of the short names that they use. */
function printFile(
  { service }: Pick<DescribedObject, 'service'>,
  print: (scope: PrintScope) => string[],
  parameters: readonly string[] = [],
): string {
  const root = rootBeside(parameters);
  const aliases = new Map(service === undefined ? [] : [[`Values.services.${service}`, '$service']]);
  const locals = new Set<Local>();
  const lines = print({ root, aliases, locals });
  const named = [...printLocals(locals, { root, aliases }), ...lines];
  const alias = named.some((line) => line.includes('$service'))
    ? [`{{- $service := ${root === '.' ? '' : root}.Values.services.${service ?? ''} }}`]
    : [];
  return `${[...printParameters(parameters), ...alias, ...named].join('\n')}\n`;
}
