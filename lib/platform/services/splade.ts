import { defineService } from '../model';
import {
  APPLICATION_USER,
  GPU_SHUTDOWN,
  MODEL_PROGRESS,
  MODEL_START,
  NO_SPARE_GPU,
  TMP,
  WORKER_ASSUMPTIONS,
} from '../patterns';

export const splade = defineService({
  name: 'splade',
  description: 'Sparse embeddings by SPLADE, on GPUs alone',
  image: { repository: 'splade' },
  command: [],
  args: [],
  user: APPLICATION_USER,
  port: { container: 8080, service: 80 },
  health: { path: '/health' },
  metricsPath: '/metrics',
  probes: MODEL_START,
  resources: { requests: { cpu: '4', memory: '16Gi' }, limits: { cpu: '8', memory: '16Gi' } },
  gpu: { pool: 'splade-gpu', count: 1 },
  scaling: {
    mode: 'hpa',
    replicas: 2,
    minReplicas: 2,
    maxReplicas: 4,
    signal: {
      source: 'pods',
      metric: 'DCGM_FI_DEV_GPU_UTIL',
      averageValue: '80',
      query: 'sum(DCGM_FI_DEV_GPU_UTIL{SELECTOR})',
    },
  },
  rollout: NO_SPARE_GPU,
  progressDeadlineSeconds: MODEL_PROGRESS,
  shutdown: GPU_SHUTDOWN,
  scratch: [
    TMP,
    { name: 'cache', mountPath: '/var/cache/medkg', sizeLimit: '10Gi' },
    { name: 'shm', mountPath: '/dev/shm', sizeLimit: '2Gi', memory: true },
  ],
  env: { REQUIRE_GPU: '1', HF_HOME: '/var/cache/medkg', XDG_CACHE_HOME: '/var/cache/medkg' },
  configuration: true,
  secrets: [],
  prefersHighMemory: true,
  priority: 'serving',
  calls: ['telemetry'],
  assumptions: [
    ...WORKER_ASSUMPTIONS,
    { what: 'model', taken: 'the weights are in the image, or in the cache directory' },
    {
      what: 'GPU metrics',
      taken: "the DCGM exporter is scraped with honorLabels, so that pod and namespace are the workload's",
    },
  ],
});
