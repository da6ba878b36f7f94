import { evaluateBaseName } from '../charts/helpers/names';
import { catalogue } from '../umbrella';
import type { Condition, Description, EvaluationScope, Json, Subchart } from '../engine';
import {
  type DescribedObject,
  type Location,
  type ValuesInput,
  comparable,
  evaluate,
  expressionOf,
  scopeInside,
  isEnabled,
  finalValues,
  schemaOfValue,
} from '../engine/renderers';
import { pathsIn, usesOf, decidingIn } from './uses';
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

type Switch = Pick<UsedValue, 'path' | 'value'>;

/** An object with what its expressions look at: those of its own chart, which may be one inside. */
export interface PlacedObject {
  readonly object: DescribedObject;
  readonly scope: EvaluationScope;
  /** Names of the charts inside that lead to it. */
  readonly inside: readonly string[];
  /** What switches those charts. */
  readonly switches: readonly Switch[];
  /** Whether its chart is there at all. */
  readonly chartIsThere: boolean;
}

/** All objects of a chart and of those inside. */
export function placedObjects(
  description: Description,
  scope: EvaluationScope,
  around: Pick<PlacedObject, 'inside' | 'switches' | 'chartIsThere'> = {
    inside: [],
    switches: [],
    chartIsThere: true,
  },
): PlacedObject[] {
  const { inside, switches, chartIsThere } = around;
  const own = description.objects.map((object) => ({ object, scope, ...around }));
  const ofInside = description.subcharts.flatMap((subchart) => {
    const inner = scopeInside(subchart.description, scope);
    const isThere = chartIsThere && isEnabled(subchart, scope.values);
    return placedObjects(
      subchart.description,
      // Where it is switched off nobody has put its defaults below its slice.
      isThere ? inner : { ...inner, values: finalValues(subchart.description.catalogue, inner.values) },
      {
        inside: [...inside, subchart.description.facts.name],
        switches: [...switches, switchOf(subchart, scope, inside)],
        chartIsThere: isThere,
      },
    );
  });
  return [...own, ...ofInside];
}

function switchOf({ condition }: Subchart, { values }: EvaluationScope, inside: readonly string[]): Switch {
  const steps = condition.split('.');
  return { path: [...inside, ...steps].join('.'), value: valueAt(values, steps) };
}

/** The objects of a kind and a name, in any of the ways in which people write them. */
export function findObjects(
  description: Description,
  scope: EvaluationScope,
  kind: string,
  name: string,
): PlacedObject[] {
  const asked = kind.toLowerCase();
  const forms = [
    asked,
    SHORT_NAMES.get(asked) ?? '',
    asked.replace(/s$/, ''),
    asked.replace(/es$/, ''),
    asked.replace(/ies$/, 'y'),
  ];
  const ofKind = placedObjects(description, scope).filter(({ object }) =>
    forms.includes(kindOf(object).toLowerCase()),
  );
  const named = ofKind.filter((placed) => namesOf(placed).includes(name));
  return named.length > 0 ? named : ofKind.filter((placed) => nameOf(placed).endsWith(`-${name}`));
}

/** The name, with and without the release's part. */
function namesOf(placed: PlacedObject): string[] {
  const full = nameOf(placed);
  const base = `${evaluateBaseName(placed.scope)}-`;
  return [full, full.startsWith(base) ? full.slice(base.length) : full];
}

function nameOf({ object, scope }: PlacedObject): string {
  return nameIn(object, scope);
}

/** The name that an object has for a release, or would have if it were there. In a loop it has many, and so none. */
export function nameIn({ tree, loops }: DescribedObject, scope: EvaluationScope): string {
  const { metadata } = tree as { readonly metadata?: { readonly name?: Parameters<typeof evaluate>[0] } };
  if (metadata?.name === undefined || loops.length > 0) return '';
  return textOf(evaluate(metadata.name, scope));
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Explains an object for the values of a release. */
export function explainObject(placed: PlacedObject, input: ValuesInput): ObjectExplanation {
  const { object, scope, chartIsThere, inside, switches } = placed;
  const uses = usesOf(object);
  const deciding = decidingIn(object).flatMap((expression) => pathsIn(expression));
  const fields = new Map<string, string[]>();
  for (const { path, field } of uses)
    if (field !== undefined) fields.set(path.join('.'), [...(fields.get(path.join('.')) ?? []), field]);
  return {
    kind: kindOf(object),
    name: nameIn(object, scope),
    there: chartIsThere && (object.condition === undefined || holds(object.condition, scope)),
    source: sourceOf(object),
    template: [
      'helm/medical-kg',
      ...inside.flatMap((name) => ['charts', name]),
      `templates/${object.folder}/${object.file}.yaml`,
    ].join('/'),
    condition: object.condition === undefined ? undefined : comparable(object.condition),
    deciding: [
      ...switches.map((one) => ({ ...one, location: locationOf(one.path.split('.'), input) })),
      ...[...new Set(deciding.map((path) => path.join('.')))].map((path) => usedValue(path, placed, input)),
    ],
    setting: [...fields]
      .map(([path, of]) => ({ ...usedValue(path, placed, input), fields: of }))
      .filter(({ path }) => inside.length === 0 || isKnown(path)),
  };
}

function sourceOf({ source, folder, file }: DescribedObject): string {
  if (source === undefined)
    throw new Error(`${folder}/${file} belongs to no construct that says where it is written`);
  return source;
}

function holds(condition: Condition, scope: EvaluationScope): boolean {
  return expressionOf(condition).evaluate(scope) === true;
}

function usedValue(path: string, { scope, inside }: PlacedObject, input: ValuesInput): UsedValue {
  const steps = path.split('.');
  // What is given for a chart inside stands in its slice; what all charts share, at the top.
  const whole = steps[0] === 'global' ? steps : [...inside, ...steps];
  return { path: whole.join('.'), value: valueAt(scope.values, steps), location: locationOf(whole, input) };
}

function locationOf(steps: readonly string[], input: ValuesInput): Location | undefined {
  return valueAt(input.overrides, steps) === undefined ? undefined : input.locate(steps);
}

/** Helpers that all charts share look at values that a chart inside does not have. */
function isKnown(path: string): boolean {
  return schemaOfValue(catalogue, path.split('.')) !== undefined;
}

/** Whether text asks for an object: `KIND/NAME`. */
export function isObjectName(text: string): boolean {
  return /^[A-Za-z]+\/[a-z0-9][a-z0-9.-]*$/.test(text);
}

/** The kinds and names of all objects, with and without the release's part. */
export function knownObjects(description: Description, scope: EvaluationScope): string[] {
  return placedObjects(description, scope).flatMap((placed) =>
    namesOf(placed).map((name) => `${kindOf(placed.object)}/${name}`),
  );
}
