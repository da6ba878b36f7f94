import { evaluateBaseName } from '../charts/helpers/names';
import type { Condition, Description, EvaluationScope, Json } from '../engine';
import {
  type DescribedObject,
  type Location,
  type ValuesInput,
  comparable,
  evaluate,
  expressionOf,
} from '../engine/renderers';
import { pathsIn, usesOf } from './uses';
import { kindOf, valueAt } from './value';

/** A value that an object looks at, as it is for one release. */
export interface UsedValue {
  readonly path: string;
  readonly value: Json | undefined;
  /** Where it was given; undefined is a default of the chart. */
  readonly location: Location | undefined;
}

/** All that is known about an object. */
export interface ObjectExplanation {
  readonly kind: string;
  readonly name: string;
  readonly there: boolean;
  readonly source: string;
  readonly template: string;
  /** When it is there, as its template says it. */
  readonly condition: string | undefined;
  readonly deciding: readonly UsedValue[];
  readonly setting: readonly (UsedValue & { readonly fields: readonly string[] })[];
}

const SHORT_NAMES = new Map([
  ['deploy', 'deployment'],
  ['sts', 'statefulset'],
  ['ds', 'daemonset'],
  ['rs', 'replicaset'],
  ['cj', 'cronjob'],
  ['svc', 'service'],
  ['sa', 'serviceaccount'],
  ['cm', 'configmap'],
  ['hpa', 'horizontalpodautoscaler'],
  ['pdb', 'poddisruptionbudget'],
  ['netpol', 'networkpolicy'],
  ['ing', 'ingress'],
  ['pvc', 'persistentvolumeclaim'],
  ['po', 'pod'],
]);

/** The objects of a kind and a name, in any of the ways in which people write them. */
export function findObjects(
  description: Description,
  scope: EvaluationScope,
  kind: string,
  name: string,
): DescribedObject[] {
  const asked = kind.toLowerCase();
  const forms = [
    asked,
    SHORT_NAMES.get(asked) ?? '',
    asked.replace(/s$/, ''),
    asked.replace(/es$/, ''),
    asked.replace(/ies$/, 'y'),
  ];
  const ofKind = description.objects.filter((object) => forms.includes(kindOf(object).toLowerCase()));
  const named = ofKind.filter((object) => namesOf(object, scope).includes(name));
  return named.length > 0 ? named : ofKind.filter((object) => nameIn(object, scope).endsWith(`-${name}`));
}

/** The name, with and without the release's part. */
function namesOf(object: DescribedObject, scope: EvaluationScope): string[] {
  const full = nameIn(object, scope);
  const base = `${evaluateBaseName(scope)}-`;
  return [full, full.startsWith(base) ? full.slice(base.length) : full];
}

/** The name that an object has for a release, or would have if it were there. */
export function nameIn({ tree }: DescribedObject, scope: EvaluationScope): string {
  const { metadata } = tree as { readonly metadata?: { readonly name?: Parameters<typeof evaluate>[0] } };
  return metadata?.name === undefined ? '' : textOf(evaluate(metadata.name, scope));
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Explains an object for the values of a release. */
export function explainObject(
  object: DescribedObject,
  scope: EvaluationScope,
  input: ValuesInput,
): ObjectExplanation {
  const uses = usesOf(object);
  const deciding = object.condition === undefined ? [] : pathsIn(expressionOf(object.condition));
  const fields = new Map<string, string[]>();
  for (const { path, field } of uses)
    if (field !== undefined) fields.set(path.join('.'), [...(fields.get(path.join('.')) ?? []), field]);
  return {
    kind: kindOf(object),
    name: nameIn(object, scope),
    there: object.condition === undefined || holds(object.condition, scope),
    source: object.source,
    template: `helm/medical-kg/templates/${object.folder}/${object.file}.yaml`,
    condition: object.condition === undefined ? undefined : comparable(object.condition),
    deciding: [...new Set(deciding.map((path) => path.join('.')))].map((path) =>
      usedValue(path, scope, input),
    ),
    setting: [...fields].map(([path, of]) => ({ ...usedValue(path, scope, input), fields: of })),
  };
}

function holds(condition: Condition, scope: EvaluationScope): boolean {
  return expressionOf(condition).evaluate(scope) === true;
}

function usedValue(path: string, scope: EvaluationScope, input: ValuesInput): UsedValue {
  const steps = path.split('.');
  const given = valueAt(input.overrides, steps);
  return {
    path,
    value: valueAt(scope.values, steps),
    location: given === undefined ? undefined : input.locate(steps),
  };
}

/** Whether text asks for an object: `KIND/NAME`. */
export function isObjectName(text: string): boolean {
  return /^[A-Za-z]+\/[a-z0-9][a-z0-9.-]*$/.test(text);
}

/** The kinds and names of all objects, with and without the release's part. */
export function knownObjects(description: Description, scope: EvaluationScope): string[] {
  return description.objects.flatMap((object) =>
    namesOf(object, scope).map((name) => `${kindOf(object)}/${name}`),
  );
}
