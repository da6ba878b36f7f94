import type { Container, PodSpec, Volume } from './kubernetes';

/**
 * What the restricted Pod Security Standard (Kubernetes 1.36) finds in a pod: no sentence if it is met.
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function restrictedViolations(spec: PodSpec): string[] {
  const containers = [...(spec.initContainers ?? []), ...spec.containers];
  return [
    ...podViolations(spec),
    ...containers.flatMap((container) =>
      containerViolations(spec, container).map((sentence) => `${container.name}: ${sentence}`),
    ),
  ];
}

const VOLUME_TYPES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

function podViolations(spec: PodSpec): string[] {
  const shared = ['hostNetwork', 'hostPID', 'hostIPC'] as const;
  return [
    ...shared.filter((name) => spec[name] === true),
    ...(spec.volumes ?? [])
      .filter((volume) => !hasAllowedType(volume))
      .map(({ name }) => `volume ${name} has a forbidden type`),
  ];
}

function hasAllowedType(volume: Volume): boolean {
  return Object.keys(volume)
    .filter((key) => key !== 'name')
    .every((type) => VOLUME_TYPES.includes(type));
}

function containerViolations(spec: PodSpec, container: Container): string[] {
  const own = container.securityContext ?? {};
  const effective = { ...spec.securityContext, ...own };
  return [
    own.privileged === true ? 'privileged' : '',
    own.allowPrivilegeEscalation === false ? '' : 'allowPrivilegeEscalation is not false',
    own.capabilities?.drop?.includes('ALL') === true ? '' : 'capabilities are not all dropped',
    (own.capabilities?.add ?? []).some((capability) => capability !== 'NET_BIND_SERVICE')
      ? 'capabilities are added'
      : '',
    effective.runAsNonRoot === true ? '' : 'runAsNonRoot is not true',
    effective.runAsUser === 0 ? 'runs as root' : '',
    ['RuntimeDefault', 'Localhost'].includes(effective.seccompProfile?.type ?? '')
      ? ''
      : 'no seccomp profile',
    own.procMount === undefined || own.procMount === 'Default' ? '' : 'procMount',
    (container.ports ?? []).some(({ hostPort }) => hostPort !== undefined) ? 'hostPort' : '',
  ].filter((sentence) => sentence !== '');
}
