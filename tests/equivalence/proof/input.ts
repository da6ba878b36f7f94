import { readDocument } from '../../../lib/engine/values/input/document';
import { coalesce, ValuesInputError, type InputProblem } from '../../../lib/engine/values/input';
import { mergeMaps } from '../../../lib/engine/values/input/merge';
import { applySet, type SetFlag } from '../../../lib/engine/values/input/set';
import { emptyMap, toJsonObject } from '../../../lib/engine/values/input/tree';
import type { JsonObject } from '../../../lib/engine/template';
import { defaultValues } from '../../../lib/umbrella';
import type { Delivered } from '../documents';

/** The texts of files and flags. */
export type Texts = Pick<Delivered, 'files' | 'set' | 'setString'>;

/** Reads overrides as the command line does, from texts instead of files. */
export function readTexts({ files, set, setString }: Texts): JsonObject {
  const problems: InputProblem[] = [];
  const report = (problem: InputProblem): unknown => problems.push(problem);
  const root = files
    .map((text, i) => readDocument(text, `values-${i + 1}.yaml`, report))
    .reduce(mergeMaps, emptyMap(undefined));
  const flags = [
    ...set.map((text): SetFlag => ({ name: '--set', text })),
    ...setString.map((text): SetFlag => ({ name: '--set-string', text })),
  ];
  for (const flag of flags) applySet(flag, root, report);
  if (problems.length > 0) throw new ValuesInputError(problems);
  return toJsonObject(root);
}

const DEFAULTS = JSON.parse(JSON.stringify(defaultValues())) as JsonObject;

/** The values that templates see: the overrides over the chart's defaults. */
export function valuesOf(texts: Texts): JsonObject {
  return coalesce(DEFAULTS, readTexts(texts));
}
