/** Schema checks with Ajv, and their findings as problems. */
import { Ajv } from 'ajv';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { FORMATS } from './formats';
import { applicationPolicy } from './policy';
import type { ApplicationPolicy } from './policy';
import type { ConfigFile, LoaderProblem, LoaderRule } from './problem';
import { configJsonSchema } from './schema';
import type { ApplicationConfig } from './schema';

// `version` is the application's own keyword, of which Ajv must only know that it checks nothing.
const ajv = new Ajv({ allErrors: true, formats: FORMATS, keywords: ['version'], allowUnionTypes: true });

/** Whether a document is a config.yaml of the right shape; its `errors` say why not. */
export const isApplicationConfig: ValidateFunction<ApplicationConfig> =
  ajv.compile<ApplicationConfig>(configJsonSchema());

/** Whether a document is a policy.yaml of the right shape; its `errors` say why not. */
export const isApplicationPolicy: ValidateFunction<ApplicationPolicy> =
  ajv.compile<ApplicationPolicy>(applicationPolicy);

/** What the check of config.yaml found when it last ran. */
export function configShapeProblems(): LoaderProblem[] {
  return (isApplicationConfig.errors ?? []).map((error) => problemOf(error, 'schema', 'config.yaml'));
}

/** What the check of policy.yaml found when it last ran. */
export function policyShapeProblems(): LoaderProblem[] {
  return (isApplicationPolicy.errors ?? []).map((error) => problemOf(error, 'policy', 'policy.yaml'));
}

function problemOf(error: ErrorObject, rule: LoaderRule, file: ConfigFile): LoaderProblem {
  return { rule, file, path: error.instancePath, message: messageOf(error) };
}

function messageOf(error: ErrorObject): string {
  const detail = detailOf(error);
  return `${error.message ?? error.keyword}${detail === undefined ? '' : `: ${detail}`}`;
}

/** The word that Ajv's message leaves out, where there is one. */
function detailOf({ params }: ErrorObject): string | undefined {
  if ('additionalProperty' in params) return String(params.additionalProperty);
  if ('propertyName' in params) return String(params.propertyName);
  return 'allowedValues' in params && Array.isArray(params.allowedValues)
    ? params.allowedValues.join(', ')
    : undefined;
}
