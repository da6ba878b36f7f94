/**
 * The order in which a person writes the keys of an object: what it is, what it is called, what it is for,
 * how it runs, and what belongs to it. Keys that are not listed come last, by name.
 */
const ORDER = [
  ...['apiVersion', 'kind', 'metadata', 'name', 'generateName', 'namespace', 'labels', 'annotations'],
  ...['immutable', 'key', 'operator', 'value', 'values', 'effect', 'weight', 'type', 'path', 'pathType', 'topologyKey'],
  ...['scaleTargetRef', 'replicas', 'minReplicas', 'maxReplicas', 'revisionHistoryLimit', 'progressDeadlineSeconds', 'minReadySeconds', 'strategy', 'rollingUpdate', 'maxSurge', 'maxUnavailable', 'minAvailable', 'unhealthyPodEvictionPolicy'],
  ...['podSelector', 'policyTypes', 'from', 'to', 'ingress', 'egress', 'selector', 'matchLabels', 'matchExpressions', 'parallelism', 'completions', 'backoffLimit', 'activeDeadlineSeconds', 'ttlSecondsAfterFinished', 'template', 'spec'],
  ...['restartPolicy', 'serviceAccountName', 'automountServiceAccountToken', 'enableServiceLinks', 'priorityClassName', 'runtimeClassName', 'imagePullSecrets', 'terminationGracePeriodSeconds', 'podSecurityContext'],
  ...['nodeSelector', 'affinity', 'tolerations', 'topologySpreadConstraints'],
  ...['initContainers', 'containers', 'image', 'imagePullPolicy', 'command', 'args', 'workingDir', 'env', 'envFrom', 'valueFrom', 'ports', 'port', 'targetPort', 'containerPort', 'nodePort', 'protocol', 'lifecycle'],
  ...['startupProbe', 'readinessProbe', 'livenessProbe', 'httpGet', 'initialDelaySeconds', 'periodSeconds', 'timeoutSeconds', 'failureThreshold', 'successThreshold'],
  ...['resources', 'requests', 'limits', 'securityContext', 'volumeMounts', 'mountPath', 'subPath', 'readOnly', 'volumes'],
  ...['data', 'stringData', 'rules', 'roleRef', 'subjects', 'metrics', 'behavior', 'scaleUp', 'scaleDown'],
];
const RANK = new Map(ORDER.map((key, rank) => [key, rank]));

/** Sorts the keys of one map. */
export function sortKeys(keys: readonly string[]): readonly string[] {
  const rank = (key: string): number => RANK.get(key) ?? ORDER.length;
  return [...keys].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
