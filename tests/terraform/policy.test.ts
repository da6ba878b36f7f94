import { rules as allRules } from './policy';
import { findings, type Finding } from './policy/rule';
import { Copy, judgedRoots, planOf } from './support/terraform';

/** The plans of what an operator applies; examples show one module each, and not all that surrounds it. */
const plans = judgedRoots().map((root) => ({ root, plan: planOf(root) }));
/** A rule is seen to fail in a root of its own. */
const rules = allRules.filter(({ mutation }) => judgedRoots().includes(mutation.root));

test('there are roots to judge', () => {
  expect(plans.length).toBeGreaterThan(0);
  expect(rules.length).toBeGreaterThan(0);
});

describe.each(plans)('in $root', ({ plan }) => {
  test.each(allRules.map((rule) => [rule.name, rule] as const))('%s', (_, rule) => {
    expect(findings(rule, plan)).toEqual([]);
  });
});

test.each(rules.map((rule) => [rule.name, rule] as const))(
  'there is something to judge: %s',
  (_, { judges }) => {
    expect(plans.flatMap(({ plan }) => judges(plan)).length).toBeGreaterThan(0);
  },
);

/**
 * Every rule is seen to fail. All changes of a root are made in one copy and planned at once: each hits a resource, or a
 * part of one, of its own.
 */
describe.each([...new Set(rules.map(({ mutation }) => mutation.root))])('with %s broken', (root) => {
  const broken = rules.filter(({ mutation }) => mutation.root === root);
  let found: ReadonlyMap<string, readonly Finding[]>;

  beforeAll(() => {
    const copy = new Copy();
    try {
      for (const { mutation } of broken) copy.edit(mutation);
      const plan = copy.plan(root);
      found = new Map(broken.map((rule) => [rule.name, findings(rule, plan)]));
    } finally {
      copy.remove();
    }
  });

  test.each(broken.map((rule) => [rule.name, rule] as const))('is found out: %s', (name, { mutation }) => {
    expect(found.get(name)?.map(({ address }) => address)).toContain(mutation.finds);
  });
});

test('a change of the sources alone changes nothing else: the plan of prod is at rest', () => {
  const plan = planOf('environments/prod/cloud');
  expect([
    ...plan.addressesTo('create'),
    ...plan.addressesTo('update'),
    ...plan.addressesTo('delete'),
  ]).toEqual([]);
});
