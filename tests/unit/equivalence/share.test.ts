import { defineChart, group, integer, line, lines, slice, type Description } from '../../../lib/engine';
import { deliver, Documents } from '../../equivalence/documents';
import { switchesOf } from '../../equivalence/documents/inside';
import { renderOurs } from '../../equivalence/proof/ours';
import { rendersTooFew } from '../../equivalence/proof/run';

test.each([
  [25, 13, false],
  [25, 8, true],
  [300, 200, false],
  [300, 180, true],
])('of %i documents %i render: too few is %s', (documents, rendered, tooFew) => {
  expect(rendersTooFew({ documents, rendered }, 0.7)).toBe(tooFew);
});

const facts = { version: '0.1.0', appVersion: '1.0.0' };
const metadata = { description: 'A chart' };
const objects = (): void => undefined;
const inner = defineChart({
  facts: { ...facts, name: 'cache' },
  metadata,
  values: {
    size: group(integer('Size', 0, 9), 1),
    image: group(line('Image'), 'i'),
    words: group(lines('Words'), []),
  },
}).describe({ objects });

function outer(tags: readonly string[]): Description {
  const cache = tags.length > 0 ? slice(inner, {}, tags) : slice(inner, { enabled: false });
  return defineChart({ facts: { ...facts, name: 'outer' }, metadata, values: { cache } }).describe({
    objects,
  });
}

test.each([
  ['never where the outer chart needs it', [], false],
  ['where tags decide instead', ['stores'], true],
])('a switch is taken away: %s', (_where, tags, isTaken) => {
  const found = switchesOf(outer(tags)).find(({ path }) => path.join('.') === 'cache.enabled');
  expect(found?.states.includes(null)).toBe(isTaken);
});

test('with hints, most documents of a chart with one inside render', () => {
  const description = outer([]);
  const bare = { description, environments: [], hints: {} };
  const overrides = () => new Documents(bare).values.together();
  const drafts = new Documents({ ...bare, hints: { overrides } }).drafts(300, 1);
  const rendered = drafts.filter((draft) => renderOurs(description, deliver(draft)).kind === 'rendered');
  expect(rendered.length).toBeGreaterThan(0.8 * drafts.length);
});
