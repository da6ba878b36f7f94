/** Releases beside each other: no name, and no selector, of one means the other. */
import fc from 'fast-check';
import { describePlatform } from '../../../lib/umbrella';
import { platformScope } from '../../../lib/render';
import { type Description, type Json, type JsonObject, isJsonObject } from '../../../lib/engine';
import { type Release, renderObjects } from '../../../lib/engine/renderers';
import { releaseNames } from '../../equivalence/documents/releases';
import { contexts, valuesWith } from './contexts';

const description = describePlatform();
const RELEASE_NAMES = releaseNames(description.facts.name, ['api']);

/** Kinds that belong to no namespace. */
const CLUSTER_KINDS = new Set([
  'PriorityClass',
  'ClusterRole',
  'ClusterRoleBinding',
  'Namespace',
  'CustomResourceDefinition',
  'StorageClass',
]);
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
/** Names of Services must not begin with a digit. */
const SERVICE_NAME = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

interface Made {
  readonly kind: string;
  readonly name: string;
  readonly object: JsonObject;
}

function map(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function word(value: Json | undefined): string {
  if (typeof value !== 'string') throw new Error(`no string: ${JSON.stringify(value)}`);
  return value;
}

function objectsOf(release: Release, values: JsonObject, part: Description = description): Made[] {
  return renderObjects(part, platformScope(values, release)).map(({ object }) => ({
    kind: word(object['kind']),
    name: word(map(object['metadata'])['name']),
    object,
  }));
}

/** Between these every object is there: the first two, and each part when it is on. */
const MODES = contexts.filter(({ name }, i) => i < 2 || name.endsWith(': on'));

/** The objects of both modes, those of one name once. */
function allObjects(release: Release, part?: Description): Made[] {
  const made = MODES.flatMap(({ values }) => objectsOf(release, values, part));
  return [...new Map(made.map((each) => [`${each.kind} ${each.name}`, each])).values()];
}

const clusterPart: Description = {
  ...description,
  objects: description.objects.filter(({ tree }) =>
    CLUSTER_KINDS.has(String((tree as Readonly<Record<string, unknown>>)['kind'])),
  ),
};

const random = fc.sample(
  fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,49}[a-z0-9])?(\.[a-z0-9])?$/, { maxLength: 53 }),
  { numRuns: 6, seed: 7 },
);
const names = [
  ...new Set([
    ...RELEASE_NAMES,
    'a-b',
    'r1abc',
    '1-abc',
    'r1-abc',
    'r-secrets',
    'r-configuration',
    ...random,
  ]),
];
/** Two namespaces that differ at their end alone, behind what remains of a name that is cut. */
const [ONE, TWO] = ['one', 'two'].map((end) => `${'n'.repeat(40)}-${end}`) as [string, string];
const releases = new Map(
  names.map((name) => [
    name,
    { one: allObjects({ name, namespace: ONE }), two: allObjects({ name, namespace: TWO }, clusterPart) },
  ]),
);
const pairs = names.flatMap((a, i) => names.slice(i + 1).map((b): [string, string] => [a, b]));

function made(name: string, namespace: 'one' | 'two'): Made[] {
  return releases.get(name)?.[namespace] ?? [];
}

function shared(one: readonly Made[], other: readonly Made[], counts: (made: Made) => boolean): string[] {
  const known = new Set(one.filter(counts).map(({ kind, name }) => `${kind} ${name}`));
  return other
    .filter(counts)
    .map(({ kind, name }) => `${kind} ${name}`)
    .filter((id) => known.has(id));
}

/** What an object is selected by: pods by their own labels, or by those of their template. */
function podsOf(objects: readonly Made[]): JsonObject[] {
  return objects.flatMap(({ kind, object }) => {
    const spec = map(object['spec']);
    if (kind === 'Pod') return [map(map(object['metadata'])['labels'])];
    return isJsonObject(spec['template']) ? [map(map(spec['template']['metadata'])['labels'])] : [];
  });
}

/** Every map of labels by which an object chooses pods of its own namespace. */
function selectorsOf({ kind, object }: Made): JsonObject[] {
  if (kind === 'Service') return [map(map(object['spec'])['selector'])];
  const found: JsonObject[] = [];
  const look = (value: Json): void => {
    if (Array.isArray(value)) value.forEach(look);
    if (!isJsonObject(value)) return;
    if (isJsonObject(value['matchLabels'])) found.push(value['matchLabels']);
    if (
      kind === 'NetworkPolicy' &&
      isJsonObject(value['podSelector']) &&
      Object.keys(value['podSelector']).length === 0
    )
      found.push({});
    // A peer in another namespace, or an external metric, is no pod of ours.
    if (!('namespaceSelector' in value))
      for (const [key, member] of Object.entries(value)) if (key !== 'metric') look(member);
  };
  look(map(object['spec']));
  return found;
}

function matches(selector: JsonObject, labels: JsonObject): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

interface Selection {
  readonly selectors: readonly JsonObject[];
  readonly labels: readonly JsonObject[];
}

/** What a release selects, and what of it could be selected: each once. */
function selectionOf(name: string): Selection {
  const objects = made(name, 'one');
  const services = objects
    .filter(({ kind }) => kind === 'Service')
    .map(({ object }) => map(map(object['metadata'])['labels']));
  return {
    selectors: distinct(objects.flatMap(selectorsOf)),
    labels: distinct([...podsOf(objects), ...services]),
  };
}

function distinct(maps: readonly JsonObject[]): JsonObject[] {
  return [...new Map(maps.map((each) => [JSON.stringify(each), each])).values()];
}

function owned({ selectors }: Selection, { labels }: Selection): JsonObject[] {
  return selectors.filter((selector) => labels.some((each) => matches(selector, each)));
}

test('the modes have every object', () => {
  const all = contexts
    .flatMap(({ values }) => objectsOf({ name: 'r', namespace: ONE }, values))
    .map(({ kind, name }) => `${kind} ${name}`);
  const ours = new Set(made('r', 'one').map(({ kind, name }) => `${kind} ${name}`));
  // The name of a Job has a hash of what is in it.
  expect(all.filter((id) => !ours.has(id) && !id.startsWith('Job'))).toEqual([]);
});

test('there are many releases and many objects', () => {
  expect(pairs.length).toBeGreaterThan(500);
  expect(made('r', 'one').length).toBeGreaterThan(100);
  expect(made('r', 'one').some(({ kind }) => CLUSTER_KINDS.has(kind))).toBe(true);
});

test('two releases in one namespace share no name', () => {
  expect(pairs.flatMap(([a, b]) => shared(made(a, 'one'), made(b, 'one'), () => true))).toEqual([]);
});

test('two releases, or one name in two namespaces, share no name of the cluster', () => {
  const cluster = ({ kind }: Made): boolean => CLUSTER_KINDS.has(kind);
  const same = names.map((name): [string, string] => [name, name]);
  expect([...pairs, ...same].flatMap(([a, b]) => shared(made(a, 'one'), made(b, 'two'), cluster))).toEqual(
    [],
  );
});

test('no namespace stands on a kind that has none', () => {
  const wrong = made('r', 'one').filter(
    ({ kind, object }) => CLUSTER_KINDS.has(kind) && 'namespace' in map(object['metadata']),
  );
  expect(wrong).toEqual([]);
});

test('no selector of a release matches pods or Services of another one in the namespace', () => {
  const selections = new Map(names.map((name) => [name, selectionOf(name)]));
  const [a, b] = [
    (pair: [string, string]) => selections.get(pair[0]) as Selection,
    (pair: [string, string]) => selections.get(pair[1]) as Selection,
  ];
  const faults = pairs.flatMap((pair) => [...owned(a(pair), b(pair)), ...owned(b(pair), a(pair))]);
  expect(faults.slice(0, 5)).toEqual([]);
});

test('every selector of a release matches something of its own, so that the test above can fail', () => {
  expect(owned(selectionOf('r'), selectionOf('r')).length).toBeGreaterThan(10);
});

test('all names are DNS labels of 63 characters at most, and 52 for CronJobs', () => {
  const wrong = [...releases.values()]
    .flatMap(({ one }) => one)
    .filter(({ kind, name }) => {
      const most = kind === 'CronJob' ? 52 : 63;
      return name.length > most || !(kind === 'Service' ? SERVICE_NAME : DNS_LABEL).test(name);
    });
  expect(wrong.map(({ kind, name }) => `${kind} ${name} ${name.length}`)).toEqual([]);
});

test('the names stay valid whatever fullnameOverride is', () => {
  const overrides = [
    'x',
    '1',
    '1a',
    'a'.repeat(63),
    `1${'b'.repeat(62)}`,
    ...fc.sample(fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/), { numRuns: 10, seed: 3 }),
  ];
  const objects = overrides.flatMap((fullnameOverride) =>
    objectsOf({ name: 'on', namespace: ONE }, valuesWith({ fullnameOverride }, contexts[0]?.values)),
  );
  expect(
    objects
      .filter(({ name }) => name.length > 63 || !SERVICE_NAME.test(name))
      .map(({ kind, name }) => `${kind} ${name}`),
  ).toEqual([]);
});

test('all label values are valid', () => {
  const found: string[] = [];
  const look = (value: Json): void => {
    if (Array.isArray(value)) value.forEach(look);
    if (!isJsonObject(value)) return;
    for (const key of ['labels', 'matchLabels']) found.push(...Object.values(map(value[key])).map(String));
    Object.values(value).forEach(look);
  };
  for (const { one } of releases.values()) for (const { object } of one) look(object);
  expect(found.length).toBeGreaterThan(1000);
  expect([...new Set(found)].filter((value) => value.length > 63 || !LABEL_VALUE.test(value))).toEqual([]);
});

test('no suffix of a name is the end of another one: a base that ends in the rest would make them equal', () => {
  // Hashes of templates differ by release only where they say so; the rest of a name is the same for all.
  const suffixes = new Map<string, Set<string>>();
  for (const { kind, name } of made('r', 'one')) {
    if (CLUSTER_KINDS.has(kind)) continue;
    expect(name.startsWith('r-')).toBe(true);
    suffixes.set(kind, (suffixes.get(kind) ?? new Set()).add(name.slice(1)));
  }
  const faults = [...suffixes].flatMap(([kind, ends]) =>
    [...ends].flatMap((end) =>
      [...ends]
        .filter((other) => other !== end && other.endsWith(end))
        .map((other) => `${kind}: ${other} ends in ${end}`),
    ),
  );
  expect(faults).toEqual([]);
});
