import { printYaml, type Json, type Node, type PrintScope } from '../template';

/** Plain data as YAML, in the same hand as the templates of the chart. */
export function toYaml(value: Json): string {
  // Plain data is a tree without symbolic parts; null, which Kubernetes does not need, is printed as such.
  return `${printYaml(value as Node, PLAIN).join('\n')}\n`;
}

const PLAIN: PrintScope = { root: '.', aliases: new Map(), locals: new Set() };
