import { defineService } from '../model';
import { APPLICATION_USER, cpuScaling, PROGRESS, QUICK_START, SHUTDOWN, SURGE, TMP, WORKER_ASSUMPTIONS } from '../patterns';

export const ingest = defineService({
  name: 'ingest',
  description: 'Fetches documents from the public sources and records them in the ledger',
  image: { repository: 'ingest' },
  command: [],
  args: [],
  user: APPLICATION_USER,
  port: { container: 8080, service: 80 },
  health: { path: '/health' },
  metricsPath: '/metrics',
  probes: QUICK_START,
  resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '1', memory: '2Gi' } },
  scaling: cpuScaling('fixed', 2, 6),
  rollout: SURGE,
  progressDeadlineSeconds: PROGRESS,
  shutdown: SHUTDOWN,
  scratch: [TMP, { name: 'downloads', mountPath: '/var/lib/medkg', sizeLimit: '20Gi' }],
  env: {},
  configuration: true,
  secrets: ['NCBI_API_KEY', 'OPENFDA_API_KEY', 'UMLS_API_KEY'],
  priority: 'batch',
  calls: ['parser', 'kafka', 'internet', 'telemetry'],
  assumptions: WORKER_ASSUMPTIONS,
});
