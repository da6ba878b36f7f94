import type { PodSecurityContext, SecurityContext } from 'cdk8s-plus-28/lib/imports/k8s';
import type { ServiceRecord } from '../../platform/model';

/** The restricted Pod Security Standard, and numeric ids, which the kubelet can check. */
export function podSecurity({ uid, gid }: ServiceRecord['user']): PodSecurityContext {
  return { runAsNonRoot: true, runAsUser: uid, runAsGroup: gid, fsGroup: gid, seccompProfile: { type: 'RuntimeDefault' } };
}

/** No privilege, and nothing to write to but the volumes. */
export const CONTAINER_SECURITY: SecurityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};
