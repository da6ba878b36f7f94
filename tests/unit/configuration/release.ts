import { readFileSync } from 'node:fs';
import type { Environment } from '../../../lib/platform/environments';
import { defaultValues, describePlatform } from '../../../lib/umbrella';
import { configurationChecksum, configurationData } from '../../../lib/charts/configuration/helpers';
import { platformScope } from '../../../lib/render';
import type { EvaluationScope, JsonObject } from '../../../lib/engine';
import {
  coalesce,
  evaluate,
  expressionOf,
  parseValuesText,
  brokenRules,
} from '../../../lib/engine/renderers';

/** Its rules are all that is asked of it here. */
const description = describePlatform();

/** The configuration of a release, as it lies in its ConfigMap. */
export interface Files {
  readonly config: string;
  readonly policy: string;
  readonly schema: string;
  readonly checksum: string;
}

/** The defaults with an environment's file, and then further values, laid over. */
export function valuesOf(environment: Environment | undefined, config: object = {}): JsonObject {
  const defaults = defaultValues() as unknown as JsonObject;
  const file = environment === undefined ? '' : readFileSync(`values/${environment}.yaml`, 'utf8');
  return [file, JSON.stringify({ config })].reduce(
    (values, text) => coalesce(values, parseValuesText(text, 'test').overrides),
    defaults,
  );
}

function scopeOf(values: JsonObject): EvaluationScope {
  return platformScope(values, { name: 'r', namespace: 'ns' });
}

/** The files of a release. */
export function filesOf(values: JsonObject): Files {
  const scope = scopeOf(values);
  const data = configurationData();
  const text = (name: keyof typeof data): string => {
    const value = evaluate(expressionOf(data[name]), scope);
    if (typeof value !== 'string') throw new Error(`${name} is no text`);
    return value;
  };
  const checksum = expressionOf(configurationChecksum()).evaluate(scope);
  return {
    config: text('config.yaml'),
    policy: text('policy.yaml'),
    schema: text('config.schema.json'),
    checksum: checksum as string,
  };
}

/** The paths of the rules that the values break. */
export function brokenPaths(values: JsonObject): string[] {
  return brokenRules(description, scopeOf(values)).map(({ path }) => path);
}
