import type { ErrorObject } from 'ajv';
import type { Catalogue, Description, EvaluationScope, JsonObject } from '../../../lib/engine';
import {
  brokenRules,
  evaluationScope,
  isEnabled,
  isJsonObject,
  RefusedKey,
  renderNotes,
  renderObjects,
  sliceOf,
  toYaml,
  ValuesInputError,
  type BrokenRule,
} from '../../../lib/engine/renderers';
import type { Delivered } from '../documents';
import { valuesOf } from './input';
import { inExecution, type Placed } from './inside';

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
      readonly by: 'reading' | 'schema' | 'objects';
      readonly paths: readonly string[];
      readonly sentences: readonly string[];
    }
  | {
      readonly kind: 'refused';
      readonly by: 'rules';
      readonly paths: readonly string[];
      /** What the chart says that is executed first: Helm stops there. */
      readonly sentences: readonly string[];
      /** Its template that says so. */
      readonly template: string;
      readonly scope: EvaluationScope;
    }
  | { readonly kind: 'crashed'; readonly message: string };

/** The paths that the schemas refuse, as JSON pointers; those of a chart inside are below its slice. */
function refusedPaths(catalogue: Catalogue, values: JsonObject): string[] {
  const own = catalogue.errors(values).filter(isCause);
  const inside = catalogue.dependencies
    // Where the slice is no map, the outer schema says so.
    .filter((dependency) => isEnabled(dependency, values) && isJsonObject(values[dependency.catalogue.chart]))
    .flatMap((dependency) =>
      refusedPaths(dependency.catalogue, sliceOf(dependency, values)).map(
        (path) => `/${dependency.catalogue.chart}${path}`,
      ),
    );
  return [...new Set([...own.map(({ instancePath }) => instancePath), ...inside])].sort();
}

/** ajv names the keyword around a refusal too. */
function isCause({ keyword }: ErrorObject): boolean {
  return keyword !== 'propertyNames' && keyword !== 'if';
}

/** Renders a document as `medkg synth` does. */
export function renderOurs(description: Description, document: Delivered): Ours {
  try {
    return renderValues(description, valuesOf(description, document), document);
  } catch (error) {
    if (error instanceof ValuesInputError)
      return {
        kind: 'refused',
        by: 'reading',
        paths: [],
        sentences: error.problems.map(({ message }) => message),
      };
    // Helm refuses a key that is too long too; one that is given twice it writes twice, and a reader has to refuse it.
    if (error instanceof RefusedKey)
      return { kind: 'refused', by: 'objects', paths: [], sentences: [error.message] };
    return {
      kind: 'crashed',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

function renderValues(description: Description, values: JsonObject, { release }: Delivered): Ours {
  const paths = refusedPaths(description.catalogue, values);
  if (paths.length > 0) return { kind: 'refused', by: 'schema', paths, sentences: [] };
  const scope = evaluationScope(description.facts, values, release);
  const broken = brokenRules(description, scope);
  if (broken.length > 0) {
    const first = firstBroken(description, scope);
    return {
      kind: 'refused',
      by: 'rules',
      paths: broken.map(({ path }) => path),
      sentences: first.broken.map(({ path, sentence }) => `${path} ${sentence}`),
      template: `${first.folder}/templates/check-values.yaml`,
      scope,
    };
  }
  return {
    kind: 'rendered',
    manifests: manifestsOf(description, scope),
    notes: renderNotes(description, scope),
    scope,
  };
}

/** The chart whose rules Helm finds broken first. */
function firstBroken(
  description: Description,
  scope: EvaluationScope,
): Placed & { readonly broken: readonly BrokenRule[] } {
  const [first] = inExecution(description, scope)
    .map((one) => ({
      ...one,
      broken: brokenRules({ rules: one.description.rules, subcharts: [] }, one.scope),
    }))
    .filter(({ broken }) => broken.length > 0);
  if (first === undefined) throw new Error('rules are broken, and none of any chart');
  return first;
}

/** All objects, hooks and test pods among them, as YAML. */
function manifestsOf(description: Description, scope: EvaluationScope): string {
  return renderObjects(description, scope)
    .map(({ object }) => `---\n${toYaml(object)}`)
    .join('');
}

/** The values of a document that the schema accepts. */
export function acceptedValues(description: Description, document: Delivered): JsonObject | undefined {
  try {
    const values = valuesOf(description, document);
    return refusedPaths(description.catalogue, values).length === 0 ? values : undefined;
  } catch (error) {
    if (error instanceof ValuesInputError) return undefined;
    throw error;
  }
}

/** The rules that a document breaks, if it comes so far. */
export function brokenPaths(description: Description, document: Delivered): (readonly string[])[] {
  const values = acceptedValues(description, document);
  if (values === undefined) return [];
  return brokenRules(description, evaluationScope(description.facts, values, document.release)).map(
    ({ steps }) => steps.map(String),
  );
}
