import type { services } from '../services';

/** A service that has GPUs of a pool. */
type OnGpus = Extract<(typeof services)[number], { readonly gpu: { readonly pool: string } }>['name'];

/** Services whose steps hold a GPU each, instead of asking a server: Airflow has a pool for each, and a guard. */
export const flowGpus = [
  { name: 'mineru', title: 'MinerU' },
  { name: 'splade', title: 'SPLADE' },
] as const satisfies readonly { readonly name: OnGpus; readonly title: string }[];

/** The name of one. */
export type FlowGpu = (typeof flowGpus)[number]['name'];

/** The pool of Airflow whose slots are its GPUs. */
export function gpuPool(service: FlowGpu): `gpu_${FlowGpu}` {
  return `gpu_${service}`;
}
