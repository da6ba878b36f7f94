import Ajv from 'ajv';
import type { JsonObject } from '../../../lib/engine';
import { valuesJsonSchema } from '../../../lib/umbrella';

const validate = new Ajv({ strict: false }).compile(valuesJsonSchema());

/** Whether the schema accepts the values. */
export function validValues(values: JsonObject): boolean {
  return validate(values);
}
