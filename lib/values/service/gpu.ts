import type { GpuNeed, ServiceRecord } from '../../platform/model';
import { DNS_LABEL, OR_EMPTY, closed, integer, line } from '../../engine';
import { defineFacet } from './facet';

const count = integer('GPUs a pod', 1, 16);

/** GPUs without which the service is nothing. */
export const gpu = defineFacet({
  has: (record): record is ServiceRecord & { readonly gpu: GpuNeed<string> } =>
    record.gpu?.pool !== undefined,
  schema: {
    gpu: closed({ pool: line('A pool of gpu.pools', { pattern: DNS_LABEL, maxLength: 63 }), count }),
  },
  defaults: (record) => ({ gpu: { ...record.gpu } }),
});

/** GPUs that the service can use: off until a value names a pool. */
export const maybeGpu = defineFacet({
  has: (record): record is ServiceRecord & { readonly gpu: GpuNeed<undefined> } =>
    record.gpu !== undefined && record.gpu.pool === undefined,
  schema: {
    gpu: closed({
      pool: line('A pool of gpu.pools, to run a model in the pod; empty for none', {
        pattern: `${OR_EMPTY}${DNS_LABEL}`,
        maxLength: 63,
      }),
      count,
    }),
  },
  defaults: (record) => ({ gpu: { pool: '', count: record.gpu.count } }),
});
