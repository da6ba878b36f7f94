import { Quantity, type Volume } from 'cdk8s-plus-28/lib/imports/k8s';
import type { ServiceScope } from '../scope';
import type { PodFragment } from './fragment';

/** The only directories that a pod can write to, each with a limit. */
export function scratch(service: ServiceScope): PodFragment {
  return {
    volumes: scratchVolumes(service),
    volumeMounts: service.record.scratch.map(({ name, mountPath }) => ({ name, mountPath })),
  };
}

/** The volumes behind them. */
export function scratchVolumes({ record }: ServiceScope): Volume[] {
  return record.scratch.map(({ name, sizeLimit, memory }) => ({
    name,
    emptyDir: { ...(memory ? { medium: 'Memory' } : {}), sizeLimit: Quantity.fromString(sizeLimit) },
  }));
}
