/** Charts inside, as the proof sees them. */
import type { Json } from '../../../lib/engine';
import { evaluationScope, finalValues } from '../../../lib/engine/renderers';
import { Documents, treeOf } from '../../equivalence/documents';
import { switchesOf } from '../../equivalence/documents/inside';
import { library } from '../../equivalence/inside/library';
import { inExecution, slicesOf } from '../../equivalence/proof/inside';
import { pathsIn } from '../../equivalence/proof/judge';

const { description } = library;
const switches = switchesOf(description);

function stateText(state: Json | undefined): string {
  return state === undefined ? 'left as it is' : JSON.stringify(state);
}

/** What a document says last of a switch. */
function stateIn(tree: Json | undefined, path: readonly string[]): string {
  const value = path.reduce<Json | undefined>(
    (at, key) => (typeof at === 'object' && at !== null && !Array.isArray(at) ? at[key] : undefined),
    tree,
  );
  return stateText(value);
}

function pairsIn(seed: number): Set<string> {
  const trees = new Documents(library).drafts(300, seed).map(({ entries }) => treeOf(entries));
  return new Set(
    trees.flatMap((tree) =>
      switches.flatMap((one, i) =>
        switches
          .slice(i + 1)
          .map((other) => JSON.stringify([one, other].map(({ path }) => [path, stateIn(tree, path)]))),
      ),
    ),
  );
}

test('of charts inside, all have a switch, and so has each tag', () => {
  expect(switches.map(({ path }) => path.join('.'))).toEqual([
    'tags.stores',
    'tags.post',
    'search.enabled',
    'search.index.enabled',
    'cache.enabled',
    'mail.enabled',
  ]);
});

test.each([1, 2, 3])('300 documents meet each pair of states: seed %i', (seed) => {
  const met = pairsIn(seed);
  const wanted = switches.flatMap((one, i) =>
    switches.slice(i + 1).flatMap((other) =>
      one.states.flatMap((state) =>
        other.states.map((beside) =>
          JSON.stringify([
            [one.path, stateText(state)],
            [other.path, stateText(beside)],
          ]),
        ),
      ),
    ),
  );
  expect(wanted.filter((pair) => !met.has(pair))).toEqual([]);
});

test('Helm comes to the deepest chart first, and to others backwards by name', () => {
  const values = finalValues(description.catalogue, {
    search: { index: { enabled: true } },
    mail: { enabled: true },
  });
  const scope = evaluationScope(description.facts, values, { name: 'r', namespace: 'n' });
  expect(inExecution(description, scope).map(({ folder }) => folder)).toEqual([
    'library/charts/search/charts/index',
    'library/charts/search',
    'library/charts/mail',
    'library/charts/cache',
    'library',
  ]);
});

test('paths of charts inside stand below their slices', () => {
  const message =
    "values don't meet the specifications of the schema(s) in the following chart(s):\nlibrary:\n- at '/replicas': got string, want integer\nindex:\n- at '/shards': minimum: got 0, want 1\n- at '': additional properties 'x' not allowed\n";
  expect(pathsIn(message, slicesOf(description))).toEqual([
    '/replicas',
    '/search/index/shards',
    '/search/index',
  ]);
});
