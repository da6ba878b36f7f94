import { Quantity, type ResourceRequirements } from 'cdk8s-plus-28/lib/imports/k8s';
import { GPU_RESOURCE } from '../../platform/pools';
import { type MapOf, type Templated, type Value, lookupIn, spreadMap, when } from '../../engine';
import { has, type ServiceScope } from '../scope';
import { gpuOf, gpuTypeOf } from './placement';

/** A fixed resource list. */
export function quantities(amounts: Readonly<Record<string, string>>): Record<string, Quantity> {
  return Object.fromEntries(
    Object.entries(amounts).map(([name, amount]) => [name, Quantity.fromString(amount)]),
  );
}

/** Requests and limits; the GPU, which a cluster lets nobody overcommit, in both. */
export function resources(service: ServiceScope): Templated<ResourceRequirements> {
  const gpu = gpuOf(service);
  const own = service.values.resources;
  // A quantity of the API is a class in its types, and a text or a number in the schema.
  if (gpu === undefined) return own as unknown as Value<ResourceRequirements>;
  const { count } = gpu.service.values.gpu;
  const extra: MapOf<Quantity> = {
    ...memoryOf(service),
    [GPU_RESOURCE]: gpu.condition === 'always' ? count : when(gpu.condition, count),
  };
  return {
    requests: { ...spreadMap(own.requests), ...extra },
    limits: { ...spreadMap(own.limits), ...extra },
  };
}

/** The memory of a vLLM server follows the type of GPU. */
function memoryOf(service: ServiceScope): { memory?: Value<string> } {
  if (!has(service, 'vllm')) return {};
  return { memory: lookupIn(service.values.profiles, gpuTypeOf(service), 'profile').memory };
}
