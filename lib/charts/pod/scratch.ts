import { Quantity } from 'cdk8s-plus-28/lib/imports/k8s';
import type { ServiceScope } from '../part';
import type { PodFragment } from './fragment';

/** The only directories that a pod can write to, each with a limit. */
export function scratch({ record }: ServiceScope): PodFragment {
  return {
    volumes: record.scratch.map(({ name, sizeLimit, memory }) => ({
      name,
      emptyDir: { ...(memory ? { medium: 'Memory' } : {}), sizeLimit: Quantity.fromString(sizeLimit) },
    })),
    volumeMounts: record.scratch.map(({ name, mountPath }) => ({ name, mountPath })),
  };
}
