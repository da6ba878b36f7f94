import type { ProbeTiming, Scaling, ScalingSignal, ScratchDirectory } from './model';

/** What several services have in common; a record spreads what fits. */

const READINESS: ProbeTiming = { periodSeconds: 10, timeoutSeconds: 2, failureThreshold: 3 };
const LIVENESS: ProbeTiming = { periodSeconds: 20, timeoutSeconds: 2, failureThreshold: 3 };

/** Servers that start within a minute. */
export const QUICK_START = {
  startup: { periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 12 },
  readiness: READINESS,
  liveness: LIVENESS,
};

/** GPU servers load gigabytes of weights first: 15 minutes. */
export const MODEL_START = {
  startup: { periodSeconds: 10, timeoutSeconds: 2, failureThreshold: 90 },
  readiness: { periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 3 },
  // A busy server is slow to answer, and a restart costs another load.
  liveness: { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
};

/** Seconds that a rollout may stand still. */
export const PROGRESS = 600;
export const MODEL_PROGRESS = 1800;

export const TMP: ScratchDirectory = { name: 'tmp', mountPath: '/tmp', sizeLimit: '1Gi' };

/** Our own images run as this user. */
export const APPLICATION_USER = { uid: 10001, gid: 10001 };

/** One process that needs no spare node to be replaced. */
export const SURGE = { maxSurge: 1, maxUnavailable: 0 };
/** A new pod would wait for a GPU that the old one holds. */
export const NO_SPARE_GPU = { maxSurge: 0, maxUnavailable: 1 };

export const SHUTDOWN = { preStopSeconds: 5, gracePeriodSeconds: 45 };
export const GPU_SHUTDOWN = { preStopSeconds: 10, gracePeriodSeconds: 120 };

/** Workers that follow their CPU. */
export function cpuScaling(mode: Scaling['mode'], minReplicas: number, maxReplicas: number): Scaling {
  return {
    mode,
    replicas: minReplicas,
    minReplicas,
    maxReplicas,
    signal: { source: 'cpu', utilization: 70 },
  };
}

/** How busy the GPUs of a pod are, in percent. */
export const GPU_LOAD: ScalingSignal = {
  source: 'pods',
  metric: 'DCGM_FI_DEV_GPU_UTIL',
  averageValue: '80',
  // A pod may have several GPUs.
  query: 'sum(avg by (pod) (DCGM_FI_DEV_GPU_UTIL{SELECTOR}))',
};

/** What has to be there for it. */
export const GPU_LOAD_ASSUMPTION = {
  what: 'GPU metrics',
  taken: "the DCGM exporter is scraped with honorLabels, so that pod and namespace are the workload's",
};

/** Nothing says which command, port and paths the worker has. */
export const WORKER_ASSUMPTIONS = [
  { what: 'port', taken: '8080, named http' },
  { what: 'health', taken: 'GET /health answers 200' },
  { what: 'metrics', taken: 'GET /metrics in the Prometheus format' },
  { what: 'command', taken: 'the entry point of the image; `command` and `args` are values' },
];
