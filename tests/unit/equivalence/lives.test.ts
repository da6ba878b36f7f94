/** Every value does something: for each leaf of the schema there is a document in which it alone changes what is rendered. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describePlatform } from '../../../lib/umbrella';
import { looksAt, usesOf } from '../../../lib/explain/uses';
import { platformScope } from '../../../lib/render';
import { type EvaluationScope, type Json, type JsonObject, isJsonObject } from '../../../lib/engine';
import { type DescribedObject, renderNotes, renderObjects, brokenRules } from '../../../lib/engine/renderers';
import { mapOf } from '../../equivalence/documents/maps';
import { valueArbitrary } from '../../equivalence/documents/values';
import { DrawnValues } from '../../equivalence/documents/drawn-values';
import { schemaAt, type Leaf } from '../../equivalence/documents/schema';
import { contexts } from './contexts';
import { validValues } from './validator';

const description = describePlatform();
const { leaves, schema: whole } = new DrawnValues(description);
const RELEASE = { name: 'r', namespace: 'one' };

/** Values that change nothing here, each with its reason; the test below sees that it is still so. */
const DEAD: Readonly<Record<string, string>> = {
  enabled: 'a parent chart reads it, as the condition of its dependency',
  'network.peers.edge.ports': 'all peers have one shape; for those who call us our own port counts',
  'network.peers.monitoring.ports': 'all peers have one shape; for those who call us our own port counts',
  'network.peers.airflow.ports': 'all peers have one shape; for those who call us our own port counts',
};

interface Baseline {
  readonly values: JsonObject;
  readonly scope: EvaluationScope;
  readonly objects: ReadonlyMap<DescribedObject, string>;
  /** What belongs to no part of the description: the operator's own objects. */
  readonly further: string;
  readonly notes: string;
}

const baselines: readonly Baseline[] = contexts.map(({ values }) => {
  const scope = platformScope(values, RELEASE);
  return {
    values,
    scope,
    objects: new Map(description.objects.map((object) => [object, rendered([object], scope)])),
    further: rendered([], scope),
    notes: renderNotes(description, scope),
  };
});

function rendered(objects: readonly DescribedObject[], scope: EvaluationScope): string {
  return JSON.stringify(renderObjects({ ...description, objects }, scope));
}

/** Other values for a leaf, near ones first, and random ones only if nobody was content before. */
function* alternatives(leaf: Leaf, current: Json | undefined): Generator<Json> {
  const step = leaf.schema.type === 'integer' ? 1 : 0.005;
  if (typeof current === 'number') yield* [current + step, current - step];
  if (typeof current === 'boolean') yield !current;
  if (leaf.path.at(-1) === 'pool') yield* ['splade-gpu', 'mineru-gpu'];
  if (isJsonObject(current)) yield* changedMembers(leaf, current);
  yield* fc.sample(valueArbitrary(leaf.schema), { numRuns: 12, seed: 5 });
}

/** A map with one of its members changed. */
function changedMembers(leaf: Leaf, current: JsonObject): Json[] {
  const entries = Object.entries(current);
  return entries.flatMap(([key], i) => {
    const schema = schemaAt(whole, [...leaf.path, key]);
    return schema === undefined
      ? []
      : fc
          .sample(valueArbitrary(schema), { numRuns: 3, seed: 9 })
          .map((value) => mapOf(entries.with(i, [key, value])));
  });
}

function at(values: JsonObject, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (value, key) => (isJsonObject(value) ? value[key] : undefined),
    values,
  );
}

function withValue(values: JsonObject, [key = '', ...rest]: readonly string[], value: Json): JsonObject {
  const inner = values[key];
  return {
    ...values,
    [key]: rest.length === 0 ? value : withValue(isJsonObject(inner) ? inner : {}, rest, value),
  };
}

const uses = description.objects.map(usesOf);

/** The objects that say that they look at the leaf: to find out more is what `medkg explain` cannot do either. */
function readersOf(leaf: Leaf): readonly DescribedObject[] {
  return description.objects.filter((_, i) => uses[i]?.some((use) => looksAt(use, leaf.path)));
}

function changes(
  leaf: Leaf,
  readers: readonly DescribedObject[],
  { values, objects, further, notes }: Baseline,
  value: Json,
): boolean {
  const changed = withValue(values, leaf.path, value);
  const scope = platformScope(changed, RELEASE);
  const differs = readers.some((object) => rendered([object], scope) !== objects.get(object));
  const others = (): boolean => rendered([], scope) !== further || renderNotes(description, scope) !== notes;
  return (differs || others()) && validValues(changed) && brokenRules(description, scope).length === 0;
}

function lives(leaf: Leaf): boolean {
  const readers = readersOf(leaf);
  return baselines.some((baseline) => {
    const current = at(baseline.values, leaf.path);
    for (const value of alternatives(leaf, current))
      if (!isDeepStrictEqual(value, current) && changes(leaf, readers, baseline, value)) return true;
    return false;
  });
}

test('the contexts are documents that render', () => {
  expect(
    baselines.map(({ values, scope }) => ({
      valid: validValues(values),
      broken: brokenRules(description, scope),
    })),
  ).toEqual(baselines.map(() => ({ valid: true, broken: [] })));
});

test('every value of the schema changes what is rendered, in some document', () => {
  expect(leaves.length).toBeGreaterThan(500);
  expect(
    leaves.filter((leaf) => !(leaf.path.join('.') in DEAD) && !lives(leaf)).map(({ path }) => path.join('.')),
  ).toEqual([]);
});

test('the exceptions are few, and still dead', () => {
  expect(Object.keys(DEAD).length).toBeLessThanOrEqual(10);
  expect(
    leaves.filter((leaf) => leaf.path.join('.') in DEAD && lives(leaf)).map(({ path }) => path.join('.')),
  ).toEqual([]);
});

test('a value that nothing reads would be found', () => {
  const unread: Leaf = { path: ['global', 'nobodyReadsThis'], schema: { type: 'string' }, required: false };
  expect(lives(unread)).toBe(false);
});

test('nothing but the values differs between environments: the description is the same, whoever asks for it', () => {
  const scope = baselines[0]?.scope as EvaluationScope;
  expect(renderObjects(describePlatform(), scope)).toEqual(renderObjects(description, scope));
});
