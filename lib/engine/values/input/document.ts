import { LineCounter, parseAllDocuments, type Document } from 'yaml';
import { decode } from './decode';
import { limits } from './limits';
import type { InputProblem, Report } from './problems';
import { strictProblems } from './strict';
import { placeOf, textProblems, type Source } from './text';
import { emptyMap, type MapNode } from './tree';

/** The map that a values document holds; an empty map after a problem. An empty document and null are empty maps. */
export function readDocument(text: string, file: string, report: Report): MapNode {
  const source = { file, text: text.replace(/^\uFEFF/, ''), lines: new LineCounter() };
  const documents = parse(source, report);
  const document = documents?.[0];
  const empty = emptyMap(placeOf(source, 0));
  if (document === undefined) return empty;
  const root = decode(document, source, report);
  if (root.kind === 'map') return root;
  if (root.kind === 'list' || root.value !== null) {
    report({ message: `a values file must be a map, not a ${root.kind}.`, location: root.at });
  }
  return empty;
}

/** The documents of a text, or undefined when a problem was found. */
function parse(source: Source, report: Report): readonly Document[] | undefined {
  if (Buffer.byteLength(source.text) > limits.maxFileBytes) {
    report({ message: tooLarge, location: { file: source.file, line: 1, column: 1 } });
    return undefined;
  }
  const documents = parseSyntax(source);
  const problems = [...textProblems(source), ...syntaxProblems(documents, source)];
  problems.forEach(report);
  return problems.length > 0 || documents instanceof RangeError ? undefined : documents;
}

/** The sentence for a file over the limit. */
export const tooLarge = 'the values are larger than 1 MiB.';

function parseSyntax({ text, lines }: Source): readonly Document[] | RangeError {
  try {
    const documents = parseAllDocuments(text, {
      schema: 'failsafe',
      version: '1.1',
      merge: false,
      uniqueKeys: false,
      resolveKnownTags: false,
      keepSourceTokens: true,
      prettyErrors: false,
      logLevel: 'silent',
      lineCounter: lines,
    });
    return Array.isArray(documents) ? documents : [];
  } catch (error) {
    if (error instanceof RangeError) return error;
    throw error;
  }
}

function syntaxProblems(documents: readonly Document[] | RangeError, source: Source): InputProblem[] {
  if (documents instanceof RangeError) {
    return [{ message: `the YAML cannot be read: ${documents.message}.`, location: placeOf(source, 0) }];
  }
  const errors = documents.flatMap((document) => document.errors);
  const syntax = errors.map((error) => ({
    message: `YAML syntax: ${error.message}.`,
    location: placeOf(source, error.pos[0]),
  }));
  const strict = syntax.length > 0 ? [] : documents.flatMap((document) => strictProblems(document, source));
  return [...syntax, ...secondDocument(documents, source), ...strict];
}

function secondDocument([, second]: readonly Document[], source: Source): InputProblem[] {
  if (second === undefined) return [];
  const location = placeOf(source, second.range?.[0] ?? 0);
  return [
    { message: 'a values file must be one document: Helm 3 reads the first, Helm 4 merges all.', location },
  ];
}
