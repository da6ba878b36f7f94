/**
 * Values overrides, read as Helm 3.22 and Helm 4.3 read `-f`, `--set` and `--set-string`.
 * What is refused though Helm reads it stands in `limits.ts`.
 */
import { readDocument } from './document';
import { readText } from './file';
import type { JsonObject } from '../../template/json';
import { reportLossyTexts } from './lossy';
import { mergeMaps } from './merge';
import { ValuesInputError, type InputProblem, type Location, type Report } from './problems';
import { applySet, type SetFlag } from './set';
import { emptyMap, locate, toJsonObject, type MapNode } from './tree';

export { coalesce } from './coalesce';
export type { JsonObject } from '../../template/json';
export { ValuesInputError, type InputProblem, type Location } from './problems';

/** Overrides with the places that gave them. */
export interface ValuesInput {
  /** The merged overrides; nulls are still in, `coalesce` decides what they delete. */
  overrides: JsonObject;
  /** The place that gave the final value of a path, or of its nearest ancestor that an input contains. */
  locate(path: readonly (string | number)[]): Location | undefined;
}

/** A document that is not in a file. */
export interface ValuesText {
  /** What places name it. */
  name: string;
  text: string;
}

/** Where overrides come from: the texts of the flags, in the order of the command line. */
export interface ValuesSources {
  files: readonly string[];
  /** Read after the files. */
  texts?: readonly ValuesText[];
  set: readonly string[];
  setString: readonly string[];
}

/** Reads all overrides: files and texts first, then `--set`, then `--set-string`; throws all problems as one ValuesInputError. */
export function readValuesInput(sources: ValuesSources): ValuesInput {
  return collect((report) => {
    const documents = [
      ...sources.files.map((file) => readFile(file, report)),
      ...(sources.texts ?? []).map(({ name, text }) => readDocument(text, name, report)),
    ];
    const root = documents.reduce(mergeMaps, emptyMap(undefined));
    for (const flag of flagsOf(sources)) applySet(flag, root, report);
    return root;
  });
}

/** Reads one document; `file` names it in places. */
export function parseValuesText(text: string, file: string): ValuesInput {
  return collect((report) => readDocument(text, file, report));
}

function readFile(file: string, report: Report): MapNode {
  const text = readText(file, report);
  return text === null ? emptyMap(undefined) : readDocument(text, file, report);
}

function flagsOf({ set, setString }: ValuesSources): SetFlag[] {
  return [
    ...set.map((text): SetFlag => ({ name: '--set', text })),
    ...setString.map((text): SetFlag => ({ name: '--set-string', text })),
  ];
}

function collect(read: (report: Report) => MapNode): ValuesInput {
  const problems: InputProblem[] = [];
  const report: Report = (problem) => problems.push(problem);
  const root = read(report);
  reportLossyTexts(root, report);
  if (problems.length > 0) throw new ValuesInputError(problems);
  return { overrides: toJsonObject(root), locate: (path) => locate(root, path) };
}
