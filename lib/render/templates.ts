import type { DescribedObject } from '../charts';
import {
  expressionOf,
  HELPER_PREFIX,
  printLocals,
  printYaml,
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

/** The named template of a part of an object, or undefined where there is none. */
export function printNamedTemplate(object: DescribedObject): string | undefined {
  const { named } = object;
  if (named === undefined) return undefined;
  const body = printFile(object, (scope) => printYaml(named.body, scope));
  return `{{/*\n${named.name}: a part of ${object.file}.yaml, whose name carries its hash.\n*/}}\n{{- define "${HELPER_PREFIX}.${named.name}" -}}\n${body}{{- end }}\n`;
}

/** The lines of a file, after the definitions of the short names that they use. */
function printFile(object: DescribedObject, print: (scope: PrintScope) => string[]): string {
  const aliases = new Map(
    object.service === undefined ? [] : [[`Values.services.${object.service}`, '$service']],
  );
  const locals = new Set<Local>();
  const lines = print({ root: '.', aliases, locals });
  const named = [...printLocals(locals, { root: '.', aliases }), ...lines];
  const service = named.some((line) => line.includes('$service'))
    ? [`{{- $service := .Values.services.${object.service ?? ''} }}`]
    : [];
  return `${[...service, ...named].join('\n')}\n`;
}
