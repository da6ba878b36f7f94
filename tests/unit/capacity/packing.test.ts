import fc from 'fast-check';
import { sumOf } from '../../../lib/capacity/amounts';
import { atLeast, pack, type Item } from '../../../lib/capacity/packing';

const items = (...cpus: readonly number[]): Item[] => cpus.map((cpu) => ({ requests: { cpu } }));
const cpusOf = (nodes: readonly (readonly Item[])[]): (number | undefined)[][] =>
  nodes.map((node) => node.map(({ requests }) => requests['cpu']));

test('the largest goes first, each onto the first node with room', () => {
  const { nodes } = pack(items(2, 5, 4, 7, 1, 3, 8), { cpu: 10 });
  expect(cpusOf(nodes)).toEqual([
    [8, 2],
    [7, 3],
    [5, 4, 1],
  ]);
});

test('the resource that an item takes most of decides how large it is', () => {
  const node = { cpu: 10, memory: 100 };
  const [thin, wide] = [{ requests: { cpu: 5, memory: 1 } }, { requests: { cpu: 1, memory: 60 } }];
  expect(pack([thin, wide], node).nodes).toEqual([[wide, thin]]);
});

test('every resource counts', () => {
  const node = { cpu: 10, memory: 100 };
  const wide = { requests: { cpu: 1, memory: 60 } };
  expect(pack([wide, wide, wide], node).nodes).toHaveLength(3);
  expect(atLeast([wide, wide, wide], node)).toBe(2);
});

test('what fits no node is told apart', () => {
  const [large, small] = items(11, 1) as [Item, Item];
  expect(pack([large, small], { cpu: 10 })).toEqual({ nodes: [[small]], tooLarge: [large] });
  expect(pack([{ requests: { gpu: 1 } }], { cpu: 10 }).tooLarge).toHaveLength(1);
});

test('nothing needs no node', () => {
  expect(pack([], { cpu: 10 })).toEqual({ nodes: [], tooLarge: [] });
  expect(atLeast([], { cpu: 10 })).toBe(0);
});

describe('whatever the items', () => {
  const node = { cpu: 8000, memory: 32, pods: 10 };
  const item = fc
    .record({ cpu: fc.integer({ min: 0, max: 9000 }), memory: fc.integer({ min: 0, max: 36 }) })
    .map((requests): Item => ({ requests: { ...requests, pods: 1 } }));
  const packed = (holds: (all: readonly Item[], packing: ReturnType<typeof pack<Item>>) => void): void => {
    fc.assert(fc.property(fc.array(item, { maxLength: 60 }), (all) => holds(all, pack(all, node))));
  };

  test('each is in one place', () => {
    packed((all, { nodes, tooLarge }) => {
      const placed = [...nodes.flat(), ...tooLarge];
      expect(placed).toHaveLength(all.length);
      expect(new Set(placed)).toEqual(new Set(all));
    });
  });

  test('no node has more than it has room for, and none is empty', () => {
    packed((_, { nodes }) => {
      for (const place of nodes) {
        const taken = sumOf(place.map(({ requests }) => requests));
        expect(place).not.toHaveLength(0);
        for (const [resource, room] of Object.entries(node))
          expect(taken[resource]).toBeLessThanOrEqual(room);
      }
    });
  });

  test('no fewer nodes than the sums allow', () => {
    packed((_, { nodes }) => {
      expect(nodes.length).toBeGreaterThanOrEqual(atLeast(nodes.flat(), node));
    });
  });

  test('no item would have fitted onto a node before its own', () => {
    packed((_, { nodes }) => {
      for (const [i, place] of nodes.entries())
        for (const before of nodes.slice(0, i))
          for (const { requests } of place) {
            const together = sumOf([...before.map((other) => other.requests), requests]);
            expect(Object.entries(node).some(([resource, room]) => (together[resource] ?? 0) > room)).toBe(
              true,
            );
          }
    });
  });
});
