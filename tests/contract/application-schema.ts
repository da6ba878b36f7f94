/** The application's own schema, read as the application reads it. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';

/** Where the application's config.schema.json lies: beside the checkout, not in it. */
export const APPLICATION_SCHEMA = resolve(__dirname, '../../../shared/contract/config.schema.json');

/** Adapters of the application (Medical_KG 30f8c62, ingestion/registry.py). */
export const ADAPTER_NAMES = (
  'accessgudid cdc_socrata cdc_wonder clinicaltrials dailymed icd11 loinc medrxiv mesh nice openfda openfda_udi ' +
  'openprescribing pmc pubmed rxnorm snomed umls uspstf who_gho'
).split(' ');

/** The schema as data; a missing file is a failure, never a reason to skip. */
export function applicationSchema(path = APPLICATION_SCHEMA): object {
  if (!existsSync(path)) {
    throw new Error(
      `The application's schema is missing: ${path}. The contract test compares ours with it; lay the file there.`,
    );
  }
  const schema: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (typeof schema !== 'object' || schema === null) throw new Error(`${path} holds no schema`);
  return schema;
}

/**
 * Reads a schema as the application does, that is with the Draft7Validator of Python's jsonschema and the
 * application's own two formats:
 * - `strict: false`: unknown keywords (`version`) check nothing. So does `unevaluatedProperties`, which came with draft
 *   2019-09: the draft-07 class of Ajv knows it as little as Draft7Validator does.
 * - `uri` and `uri-reference` check nothing, for the packages that would check them are not among the application's
 *   requirements; `duration` and `adapter_name` are the application's own.
 * - Integers may be written as `1.0` in both; NaN and infinities, where they differ, do not occur in JSON.
 */
export function readAsApplication(schema: object): ValidateFunction {
  const ajv = new Ajv({
    strict: false,
    formats: {
      uri: true,
      'uri-reference': true,
      duration: (value: string) => /^\p{Nd}+[smhd]$/u.test(value),
      adapter_name: (value: string) => ADAPTER_NAMES.includes(value),
    },
  });
  return ajv.compile(schema);
}
