import fc from 'fast-check';
import type { Release } from '../../../lib/engine/renderers';

/** Names that Helm takes, the strange ones first: Kubernetes would not take them for a Service. */
export const RELEASE_NAMES = [
  ...[
    'medical-kg',
    'r',
    'r-medical-kg',
    'r-api',
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
    'x-medical-kg',
    'api',
  ],
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

const NAMESPACES = [
  'medical-kg',
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

/** Who installs the chart, and where. */
export const releaseArbitrary: fc.Arbitrary<Release> = fc.record({
  name: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...RELEASE_NAMES) },
    { weight: 1, arbitrary: randomName },
  ),
  namespace: fc.constantFrom(...NAMESPACES),
});
