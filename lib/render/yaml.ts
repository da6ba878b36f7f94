import { OBJECT_STYLE, printYaml, type Json, type Node, type PrintScope, type YamlStyle } from '../template';

/** Plain data as YAML, in the same hand as the templates of the chart. */
export function toYaml(value: Json): string {
  // Plain data is a tree without symbolic parts; null, which Kubernetes does not need, is printed as such.
  return `${printYaml(value as Node, NOWHERE, PLAIN_STYLE).join('\n')}\n`;
}

const PLAIN_STYLE: YamlStyle = { ...OBJECT_STYLE, constant: (text) => text };
const NOWHERE: PrintScope = { root: '.', aliases: new Map(), locals: new Set() };
