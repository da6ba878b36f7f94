import type { Report } from './problems';
import type { TreeNode } from './tree';

/** Characters around which Helm's `toYaml` drops text, or which it changes. */
const LOST_CHARACTERS = /[\u007f-\u009f\ufffe\uffff]/;
/** `toYaml` takes away the line breaks at its end. */
const LOST_LINE_BREAKS = /^\n+$|\n\n$/;
/** Helm trims a whole manifest, and `toYaml` leaves these without quotes. */
const LOST_SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]$/;

/** Reports what a template would not get through as it was given: better no manifests than other ones. */
export function reportLossyTexts(node: TreeNode, report: Report, path: readonly string[] = []): void {
  if (node.kind === 'map') {
    for (const [key, member] of node.entries) {
      const problem = key === '<<' ? 'the key "<<" is a merge to Helm, even in quotes' : lossOf(key);
      if (problem !== undefined) report(problemAt(problem, member, [...path, key]));
      reportLossyTexts(member, report, [...path, key]);
    }
  } else if (node.kind === 'list') {
    for (const [index, item] of node.items.entries())
      reportLossyTexts(item, report, [...path, String(index)]);
  } else if (typeof node.value === 'string') {
    const problem = LOST_SPACES.test(node.value)
      ? 'text that ends in a space other than the plain one, which Helm takes away at the end of a template'
      : lossOf(node.value);
    if (problem !== undefined) report(problemAt(problem, node, path));
  }
}

function lossOf(text: string): string | undefined {
  if (LOST_CHARACTERS.test(text)) return 'text with a control character, which Helm does not keep';
  if (LOST_LINE_BREAKS.test(text)) return 'text that ends in empty lines, which Helm does not keep';
  return undefined;
}

function problemAt(message: string, { at }: TreeNode, path: readonly string[]): Parameters<Report>[0] {
  return { message: `${message}.`, path: path.join('.'), ...(at === undefined ? {} : { location: at }) };
}
