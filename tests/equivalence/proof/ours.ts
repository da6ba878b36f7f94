import Ajv, { type ErrorObject } from 'ajv';
import { brokenRules, describePlatform } from '../../../lib/umbrella';
import { evaluationScope } from '../../../lib/render';
import type { EvaluationScope, JsonObject } from '../../../lib/engine';
import { ValuesInputError, renderObjects, toYaml, renderNotes } from '../../../lib/engine/renderers';
import { valuesJsonSchema } from '../../../lib/umbrella';
import type { Delivered } from '../documents';
import { valuesOf } from './input';

/** What our renderer makes of a document. */
export type Ours =
  | {
      readonly kind: 'rendered';
      readonly manifests: string;
      readonly notes: string;
      readonly scope: EvaluationScope;
    }
  | {
      readonly kind: 'refused';
      readonly by: 'reading' | 'schema' | 'rules';
      readonly paths: readonly string[];
      readonly sentences: readonly string[];
      readonly scope?: EvaluationScope;
    }
  | { readonly kind: 'crashed'; readonly message: string };

/** The one description of the platform. */
export const description = describePlatform();

const validate = new Ajv({ allErrors: true, strict: false }).compile(valuesJsonSchema());

/** The paths that the schema refuses, as JSON pointers. */
function refusedPaths(values: JsonObject): string[] {
  return validate(values)
    ? []
    : [...new Set((validate.errors ?? []).filter(isCause).map(({ instancePath }) => instancePath))].sort();
}

/** ajv names the keyword around a refusal too. */
function isCause({ keyword }: ErrorObject): boolean {
  return keyword !== 'propertyNames' && keyword !== 'if';
}

/** Renders a document as `medkg synth` does. */
export function renderOurs(document: Delivered): Ours {
  try {
    return renderValues(valuesOf(document), document);
  } catch (error) {
    if (error instanceof ValuesInputError)
      return {
        kind: 'refused',
        by: 'reading',
        paths: [],
        sentences: error.problems.map(({ message }) => message),
      };
    return {
      kind: 'crashed',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

function renderValues(values: JsonObject, { release }: Delivered): Ours {
  const paths = refusedPaths(values);
  if (paths.length > 0) return { kind: 'refused', by: 'schema', paths, sentences: [] };
  const scope = evaluationScope(values, release);
  const broken = brokenRules(scope);
  if (broken.length > 0)
    return {
      kind: 'refused',
      by: 'rules',
      paths: broken.map(({ path }) => path),
      sentences: broken.map(({ sentence }) => sentence),
      scope,
    };
  return { kind: 'rendered', manifests: manifestsOf(scope), notes: renderNotes(description, scope), scope };
}

/** All objects, hooks and test pods among them, as YAML. */
export function manifestsOf(scope: EvaluationScope): string {
  return renderObjects(description, scope)
    .map(({ object }) => `---\n${toYaml(object)}`)
    .join('');
}

/** The values of a document that the schema accepts. */
export function acceptedValues(document: Delivered): JsonObject | undefined {
  try {
    const values = valuesOf(document);
    return validate(values) ? values : undefined;
  } catch (error) {
    if (error instanceof ValuesInputError) return undefined;
    throw error;
  }
}

/** The rules that a document breaks, if it comes so far. */
export function brokenPaths(document: Delivered): (readonly string[])[] {
  const values = acceptedValues(document);
  if (values === undefined) return [];
  return brokenRules(evaluationScope(values, document.release)).map(({ path }) => path.split('.'));
}
