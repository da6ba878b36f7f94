import fc from 'fast-check';
import { amountOf, amountsOf, fits, largestOf, minus, sumOf, times } from '../../../lib/capacity/amounts';

describe('a quantity', () => {
  test.each([
    ['cpu', '2', 2000],
    ['cpu', '500m', 500],
    ['cpu', '1.1', 1100],
    ['cpu', '.5', 500],
    ['cpu', '0.0001', 1],
    ['cpu', '1500u', 2],
    ['cpu', 2, 2000],
    ['cpu', 0.25, 250],
    ['cpu', '1e1', 10000],
    ['memory', '1Gi', 1024 ** 3],
    ['memory', '1.5Gi', 1.5 * 1024 ** 3],
    ['memory', '1G', 1e9],
    ['memory', '1E', 1e18],
    ['memory', '1E3', 1000],
    ['memory', '100m', 1],
    ['memory', '12e-1', 2],
    ['memory', '8Ti', 8 * 1024 ** 4],
    ['nvidia.com/gpu', '4', 4],
    ['pods', 110, 110],
  ])('%s %s is %d', (resource, quantity, amount) => {
    expect(amountOf(resource, quantity)).toBe(amount);
  });

  test.each(['', '.', 'm', 'Gi', '1 Gi', '-1', '1ki', '1GiB', 'true'])('%j is none', (text) => {
    expect(amountOf('memory', text)).toBeUndefined();
  });

  test('is exact', () => {
    fc.assert(
      fc.property(fc.nat(100_000), (thousandths) => {
        expect(amountOf('cpu', `${thousandths}m`)).toBe(thousandths);
        expect(amountOf('cpu', (thousandths / 1000).toFixed(3))).toBe(thousandths);
        expect(amountOf('memory', `${thousandths}Ki`)).toBe(thousandths * 1024);
      }),
    );
  });
});

test('amounts are taken together resource by resource', () => {
  const one = amountsOf({ cpu: '1', memory: '10' });
  const two = amountsOf({ cpu: '500m', 'nvidia.com/gpu': 1 });
  expect(sumOf([one, two])).toEqual({ cpu: 1500, memory: 10, 'nvidia.com/gpu': 1 });
  expect(largestOf([one, two])).toEqual({ cpu: 1000, memory: 10, 'nvidia.com/gpu': 1 });
  expect(times(one, 3)).toEqual({ cpu: 3000, memory: 30 });
  expect(minus(one, two)).toEqual({ cpu: 500, memory: 10 });
  expect(minus(two, one)).toEqual({ cpu: 0, 'nvidia.com/gpu': 1 });
  expect(sumOf([])).toEqual({});
});

test('something fits where there is as much of everything that it asks for', () => {
  expect(fits({ cpu: 2 }, { cpu: 2, memory: 1 })).toBe(true);
  expect(fits({ cpu: 3 }, { cpu: 2 })).toBe(false);
  expect(fits({ gpu: 1 }, { cpu: 2 })).toBe(false);
  expect(fits({ gpu: 0 }, { cpu: 2 })).toBe(true);
});
