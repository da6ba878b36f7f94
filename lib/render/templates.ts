import type { DescribedObject } from '../charts';
import { expressionOf, printLocals, printYaml, type Local, type PrintScope } from '../template';

/** The template of one object. */
export function printTemplate(object: DescribedObject): string {
  const aliases = new Map(object.service === undefined ? [] : [[`Values.services.${object.service}`, '$service']]);
  const locals = new Set<Local>();
  const scope: PrintScope = { root: '.', aliases, locals };
  const body = printYaml(object.tree, scope);
  const lines = object.condition === undefined ? body : [`{{- if ${expressionOf(object.condition).print(scope)} }}`, ...body, '{{- end }}'];
  const named = [...printLocals(locals, scope), ...lines];
  const service = named.some((line) => line.includes('$service')) ? [`{{- $service := .Values.services.${object.service ?? ''} }}`] : [];
  return `${[...service, ...named].join('\n')}\n`;
}
