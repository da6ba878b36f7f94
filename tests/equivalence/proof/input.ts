import { finalValues, readValuesInput, type JsonObject } from '../../../lib/engine/renderers';
import type { Description } from '../../../lib/engine';
import type { Delivered } from '../documents';

/** The texts of files and flags. */
export type Texts = Pick<Delivered, 'files' | 'set' | 'setString'>;

/** Reads overrides as the command line does, from texts instead of files. */
export function readTexts({ files, set, setString }: Texts): JsonObject {
  const texts = files.map((text, i) => ({ name: `values-${i + 1}.yaml`, text }));
  return readValuesInput({ files: [], texts, set, setString }).overrides;
}

/** The values that templates see: the overrides over the chart's defaults. */
export function valuesOf({ catalogue }: Pick<Description, 'catalogue'>, texts: Texts): JsonObject {
  return finalValues(catalogue, readTexts(texts));
}
