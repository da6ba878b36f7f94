import { defineService } from '../model';
import {
  GPU_LOAD,
  GPU_LOAD_ASSUMPTION,
  GPU_SHUTDOWN,
  MODEL_PROGRESS,
  MODEL_START,
  NO_SPARE_GPU,
  TMP,
} from '../patterns';

export const qwenEmbedVllm = defineService({
  name: 'qwen-embed-vllm',
  description: 'Dense embeddings: Qwen3-Embedding-8B, served by vLLM on GPUs alone',
  role: 'embedder',
  image: { registry: 'docker.io', repository: 'vllm/vllm-openai', tag: 'v0.18.0' },
  command: ['vllm', 'serve'],
  args: [],
  // The image's own user: Python looks the name up at import, and an id without an entry crashes it.
  user: { uid: 2000, gid: 2000 },
  port: { container: 8000, service: 8000 },
  addressVariable: 'VLLM_API_BASE',
  health: { path: '/health' },
  metricsPath: '/metrics',
  probes: MODEL_START,
  // The memory is in the table of profiles, by type of GPU.
  resources: { requests: { cpu: '1' }, limits: { cpu: '4' } },
  gpu: { pool: 'vllm-gpu', count: 1 },
  scaling: {
    mode: 'hpa',
    replicas: 2,
    minReplicas: 2,
    maxReplicas: 4,
    signal: {
      source: 'pods',
      metric: 'vllm_num_requests_waiting',
      averageValue: '5',
      query: 'sum(vllm:num_requests_waiting{SELECTOR})',
    },
    secondSignal: GPU_LOAD,
  },
  rollout: NO_SPARE_GPU,
  progressDeadlineSeconds: MODEL_PROGRESS,
  shutdown: GPU_SHUTDOWN,
  scratch: [
    TMP,
    { name: 'home', mountPath: '/home/vllm', sizeLimit: '1Gi' },
    { name: 'cache', mountPath: '/var/cache/vllm', sizeLimit: '10Gi' },
  ],
  env: {
    // It has no way out, and would try.
    VLLM_NO_USAGE_STATS: '1',
    USER: 'vllm',
    HOME: '/home/vllm',
    XDG_CACHE_HOME: '/var/cache/vllm',
    VLLM_CACHE_ROOT: '/var/cache/vllm/vllm',
    TRITON_CACHE_DIR: '/var/cache/vllm/triton',
    TORCHINDUCTOR_CACHE_DIR: '/var/cache/vllm/inductor',
  },
  configuration: false,
  secrets: [],
  prefersHighMemory: true,
  priority: 'serving',
  vllm: { model: 'Qwen/Qwen3-Embedding-8B', servedName: 'Qwen/Qwen3-Embedding-8B' },
  calls: [],
  assumptions: [
    GPU_LOAD_ASSUMPTION,
    {
      what: 'queue',
      taken: 'vllm:num_requests_waiting, which a metrics adapter serves as vllm_num_requests_waiting',
    },
  ],
});
