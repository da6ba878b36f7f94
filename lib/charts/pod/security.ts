import type { PodSecurityContext, SecurityContext } from 'cdk8s-plus-28/lib/imports/k8s';
import { type Value, templated } from '../../engine';
import { has, type ServiceScope } from '../scope';

/** The numeric ids of a process. */
interface User {
  readonly uid: number | Value<number>;
  readonly gid: number | Value<number>;
}

/** The restricted Pod Security Standard, and numeric ids, which the kubelet can check. */
export function podSecurity({ uid, gid }: User): PodSecurityContext {
  return templated<PodSecurityContext>({
    runAsNonRoot: true,
    runAsUser: uid,
    runAsGroup: gid,
    fsGroup: gid,
    // A model of tens of gigabytes is not walked through at each start.
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
  });
}

/** The user of a service: of images that are not ours, a value. */
export function userOf(service: ServiceScope): User {
  return has(service, 'vllm') ? service.values.user : service.record.user;
}

/** No privilege, and nothing to write to but the volumes. */
export const CONTAINER_SECURITY: SecurityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};
