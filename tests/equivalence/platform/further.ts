import fc from 'fast-check';
import type { Json } from '../../../lib/engine';
import { valueArbitrary } from '../documents/values';

/** Arguments of the platform's helpers that no chart has thought of. */
export const further: Readonly<Record<string, fc.Arbitrary<Json[]>>> = {
  name: fc.array(fc.constantFrom<Json>('api', 'qwen-embed-vllm', 'secrets', 'x', 'on', '1'), {
    minLength: 1,
    maxLength: 3,
  }),
  clusterName: fc.constantFrom<Json[]>(['serving'], ['batch'], ['x', 'y']),
  repeatedNames: fc.array(
    fc.oneof(
      fc.constantFrom<Json>('HOME', 'HF_HOME', '', null),
      fc.array(fc.record({ name: fc.constantFrom('HOME', 'HF_HOME', 'b', 'B', '') }), { maxLength: 4 }),
    ),
    { minLength: 1, maxLength: 4 },
  ),
  mergedMaps: fc.array(valueArbitrary({ type: 'object', additionalProperties: { type: 'string' } }), {
    minLength: 1,
    maxLength: 4,
  }),
};
