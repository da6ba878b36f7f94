/**
 * The order in which a person writes the keys of an object: what it is, what it is called, what it is for,
 * how it runs, and what belongs to it. Keys that are not listed come last, by name.
 */
const ORDER = [
  ...['apiVersion', 'kind', 'type', 'metadata', 'name', 'generateName', 'namespace', 'labels', 'annotations'],
  ...[
    'maxSkew',
    'topologyKey',
    'whenUnsatisfiable',
    'labelSelector',
    'key',
    'operator',
    'value',
    'values',
    'effect',
    'weight',
    'path',
    'pathType',
  ],
  ...[
    'scaleTargetRef',
    'minReplicas',
    'minReplicaCount',
    'maxReplicas',
    'maxReplicaCount',
    'metrics',
    'behavior',
    'stabilizationWindowSeconds',
    'policies',
    'target',
    'serverAddress',
    'query',
    'threshold',
    'triggers',
    'fallback',
    'advanced',
  ],
  ...[
    'replicas',
    'serviceName',
    'podManagementPolicy',
    'updateStrategy',
    'revisionHistoryLimit',
    'progressDeadlineSeconds',
    'strategy',
    'rollingUpdate',
    'maxSurge',
    'maxUnavailable',
    'minAvailable',
    'unhealthyPodEvictionPolicy',
  ],
  ...[
    'podSelector',
    'policyTypes',
    'ingressClassName',
    'ingress',
    'egress',
    'from',
    'to',
    'selector',
    'matchLabels',
    'matchExpressions',
    'requiredDuringSchedulingIgnoredDuringExecution',
    'nodeSelectorTerms',
    'backoffLimit',
    'activeDeadlineSeconds',
    'template',
    'spec',
  ],
  ...[
    'id',
    'image',
    'imagePullPolicy',
    'command',
    'args',
    'env',
    'envFrom',
    'valueFrom',
    'ports',
    'port',
    'targetPort',
    'containerPort',
    'nodePort',
    'protocol',
    'lifecycle',
  ],
  ...[
    'startupProbe',
    'readinessProbe',
    'livenessProbe',
    'httpGet',
    'periodSeconds',
    'timeoutSeconds',
    'failureThreshold',
    'averageUtilization',
    'averageValue',
  ],
  ...[
    'resources',
    'requests',
    'limits',
    'runAsNonRoot',
    'runAsUser',
    'runAsGroup',
    'fsGroup',
    'fsGroupChangePolicy',
    'allowPrivilegeEscalation',
    'readOnlyRootFilesystem',
    'capabilities',
    'securityContext',
    'volumeMounts',
    'mountPath',
    'readOnly',
  ],
  ...['cpu', 'memory', 'roleRef', 'subjects', 'rules', 'data'],
];

/** A pod's own keys, of which some have another place than in its containers. */
const POD_ORDER = [
  ...[
    'restartPolicy',
    'serviceAccountName',
    'automountServiceAccountToken',
    'enableServiceLinks',
    'priorityClassName',
    'runtimeClassName',
    'imagePullSecrets',
    'terminationGracePeriodSeconds',
    'securityContext',
  ],
  ...[
    'nodeSelector',
    'affinity',
    'tolerations',
    'topologySpreadConstraints',
    'initContainers',
    'containers',
    'volumes',
  ],
];

/** A CronJob's own keys: a schedule elsewhere has no such place. */
const CRON_JOB_ORDER = [
  'schedule',
  'timeZone',
  'suspend',
  'concurrencyPolicy',
  'startingDeadlineSeconds',
  'successfulJobsHistoryLimit',
  'failedJobsHistoryLimit',
  'jobTemplate',
];

/** Sorts the keys of one map. */
export function sortKeys(keys: readonly string[]): readonly string[] {
  const rank = keys.includes('containers') ? POD_RANK : keys.includes('jobTemplate') ? CRON_JOB_RANK : RANK;
  const rankOf = (key: string): number => rank.get(key) ?? rank.size;
  return [...keys].sort((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1));
}

const RANK = new Map(ORDER.map((key, rank) => [key, rank]));
const POD_RANK = new Map(POD_ORDER.map((key, rank) => [key, rank]));
const CRON_JOB_RANK = new Map(CRON_JOB_ORDER.map((key, rank) => [key, rank]));
