import { type Json, type JsonObject, isJsonObject } from '../engine';
import { outputs, type Output } from './outputs';
import { isEmpty } from './read-outputs';

/** The values that outputs become: those alone that AWS decides, to stand over the environment's own file. */
export function valuesFrom(given: ReadonlyMap<string, Json>): JsonObject {
  return outputs.flatMap((row) => placed(row, given.get(row.name) ?? null)).reduce<JsonObject>(merged, {});
}

/** The output that a value came from. */
export function outputOf(path: string): string | undefined {
  return outputs.find(({ values }) =>
    Object.keys(values).some(
      (own) => path === own || path.startsWith(`${own}.`) || path.startsWith(`${own}[`),
    ),
  )?.name;
}

/** One tree a value of an output. */
function placed({ values, empty }: Output, output: Json): JsonObject[] {
  if (empty === 'left out' && isEmpty(output)) return [];
  return Object.entries(values)
    .map(([path, become]) =>
      path.split('.').reduceRight<Json>((value, key) => ({ [key]: value }), become(output)),
    )
    .filter(isJsonObject);
}

/** Maps merge; no two outputs become the same value. */
function merged(into: JsonObject, from: JsonObject): JsonObject {
  const result = { ...into };
  for (const [key, value] of Object.entries(from)) {
    const before = result[key];
    result[key] = isJsonObject(before) && isJsonObject(value) ? merged(before, value) : value;
  }
  return result;
}
