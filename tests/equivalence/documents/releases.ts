import fc from 'fast-check';
import type { Release } from '../../../lib/engine/renderers';

/** Names that Helm takes, strange ones among them, which Kubernetes would not take for a Service: of a chart and its parts. */
export const releaseNames = (chart: string, parts: readonly string[] = []): readonly string[] => [
  ...[chart, 'r', `r-${chart}`, ...parts.map((part) => `r-${part}`)],
  ...[
    '1abc',
    '0',
    '1',
    '123',
    '1e3',
    '0x1',
    '0b1',
    '010',
    'a.b',
    '1.a',
    'a.b.c',
    '1.5',
    'on',
    'n',
    'y',
    'no',
    'true',
    'null',
  ],
  ...[`x-${chart}`, ...parts],
  ...[
    'a'.repeat(53),
    '1'.repeat(53),
    `${'a'.repeat(50)}.bc`,
    `${'b'.repeat(19)}-${'c'.repeat(20)}`,
    'a'.repeat(28),
    'a'.repeat(29),
    `${'a'.repeat(27)}.b`,
    '9a.8b',
    'a--b',
  ],
];

const namespaces = (chart: string): readonly string[] => [
  chart,
  'default',
  'on',
  'n',
  '1',
  '123',
  '1e3',
  '0x1f',
  'true',
  'null',
  'a'.repeat(63),
  `${'n'.repeat(18)}-${'n'.repeat(10)}`,
];

const randomName = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,30}[a-z0-9])?(\.[a-z0-9]{1,10})?$/);

/** Who installs a chart, and where. */
export function releaseArbitrary(chart: string, parts?: readonly string[]): fc.Arbitrary<Release> {
  return fc.record({
    name: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...releaseNames(chart, parts)) },
      { weight: 1, arbitrary: randomName },
    ),
    namespace: fc.constantFrom(...namespaces(chart)),
  });
}
