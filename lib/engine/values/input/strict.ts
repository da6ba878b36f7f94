import { isScalar, visit, type Document, type Node, type Pair, type Scalar } from 'yaml';
import type { InputProblem } from './problems';
import { quotedProblem } from './quoted';
import { placeOf, type Source } from './text';

/** Part of a text: from an offset up to another. */
type Range = readonly [number, number];

/**
 * What go-yaml refuses, or reads differently, or Helm 3 and 4 read differently, though the YAML library
 * (which follows YAML 1.2) sees nothing wrong.
 */
export function strictProblems(document: Document, source: Source): InputProblem[] {
  const problems: InputProblem[] = [];
  const exempt: Range[] = [];
  const add = (message: string | undefined, offset: number): void => {
    if (message !== undefined) problems.push({ message, location: placeOf(source, offset) });
  };
  visit(document, {
    Pair: (_, pair) => add(...pairProblem(pair, source)),
    Node: (_, node, ancestors) => {
      const inFlow = ancestors.some(isFlow);
      if (isFlow(node) || 'source' in node) exempt.push(rangeOf(node));
      add(anchorProblem(node), rangeOf(node)[0]);
      if ('value' in node) add(scalarProblem(node, inFlow, source), rangeOf(node)[0]);
    },
  });
  return [...problems, ...tabProblems(source, exempt)];
}

function isFlow(node: unknown): boolean {
  return typeof node === 'object' && node !== null && 'flow' in node && node.flow === true;
}

function rangeOf(node: Node): Range {
  return node.range ? [node.range[0], node.range[1]] : [0, 0];
}

/** The colon of a key: on the key's line, and not glued to a bracket or comma. No "?" in front of keys. */
function pairProblem({ key, srcToken }: Pair, { text }: Source): [string | undefined, number] {
  const mark = srcToken?.start.find(({ type }) => type === 'explicit-key-ind');
  if (mark !== undefined) return ['"?" in front of a key is not supported.', mark.offset];
  const separators = srcToken?.sep ?? [];
  const colon = separators.findIndex(({ type }) => type === 'map-value-ind');
  const broken = separators.slice(0, Math.max(colon, 0)).find(({ type }) => type === 'newline');
  if (broken !== undefined) return ['the colon must stand on the line of its key.', broken.offset];
  const offset = separators[colon]?.offset ?? 0;
  const glued = isScalar(key) && key.type === 'PLAIN' && ',[]{}'.includes(text[offset + 1] ?? ' ');
  return [glued && colon >= 0 ? 'a space must follow the colon.' : undefined, offset];
}

function anchorProblem(node: Node): string | undefined {
  const names = [
    'anchor' in node ? node.anchor : undefined,
    'source' in node && !('value' in node) ? node.source : undefined,
  ];
  const odd = names.some((name) => name !== undefined && !/^[\w-]+$/.test(name));
  return odd ? 'names of anchors may hold letters, digits, "_" and "-" only.' : undefined;
}

function scalarProblem(node: Scalar, inFlow: boolean, source: Source): string | undefined {
  const token = node.srcToken;
  if (token?.type === 'double-quoted-scalar' || token?.type === 'single-quoted-scalar') {
    return quotedProblem(token.source);
  }
  if (token?.type === 'block-scalar') return blockProblem(node, source);
  const odd = inFlow && token?.type === 'scalar' && /^:|\?/.test(token.source);
  return odd ? 'inside brackets, text with "?" or with ":" in front needs quotes.' : undefined;
}

function blockProblem({ source: value = '', range }: Scalar, { text }: Source): string | undefined {
  if (/^\n*\t/.test(value)) return 'the first line of this text may not begin with a tab.';
  const cut = range?.[1] === text.length && !text.endsWith('\n') && value.endsWith('\n');
  return cut
    ? 'the file must end with a line break: after this text Helm 4 adds it, Helm 3 does not.'
    : undefined;
}

/** Tabs may not indent, nor follow a list's dash; inside brackets and texts they may. */
function tabProblems(source: Source, exempt: readonly Range[]): InputProblem[] {
  const tabs = [...source.text.matchAll(/^[ ]*(?:[-?:] *)*\t/gm)].map(
    (match) => match.index + match[0].length - 1,
  );
  const wrong = tabs.filter((tab) => !exempt.some(([start, end]) => start < tab && tab < end)).slice(0, 10);
  const message = 'a tab may not indent: use spaces.';
  return wrong.map((tab) => ({ message, location: placeOf(source, tab) }));
}
