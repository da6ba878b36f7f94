/**
 * The pods of Apache Airflow's official chart, and whom each of them has to reach: everything else can stay closed. Plain
 * facts, for policies and for documents.
 */

/** The release of the official chart whose labels, ports and keys these are; `values/airflow` is written for it. */
export const AIRFLOW_CHART = '1.22.0';

/** What all its pods carry; `component` tells them apart, and `release` its releases. */
export const AIRFLOW_PODS = { tier: 'airflow' } as const;

/** One end of a call that is not a pod of Airflow, or that only some of them may call. */
export interface AirflowPeer {
  readonly what: string;
  /** TCP, and UDP for names. */
  readonly ports: readonly number[];
  /** Closed unless an operator says where it is. */
  readonly byValue?: true;
}

/** Whom pods of Airflow call. */
export const airflowPeers = {
  dns: { what: 'names of the cluster', ports: [53] },
  kubernetes: {
    what: 'the Kubernetes API: pods of workers and of steps, and their logs',
    ports: [443, 6443],
  },
  executionApi: { what: "Airflow's own API server, through which tasks do everything", ports: [8080] },
  database: { what: 'PostgreSQL with the state of all runs', ports: [5432] },
  s3: { what: 'logs, and the manifests, reports and approvals of runs', ports: [443] },
  aws: { what: 'logins to AWS, by the agent on the node', ports: [80] },
  git: { what: 'the repository with the DAGs', ports: [443], byValue: true },
  vault: { what: 'secrets, where an agent in the pod fetches them', ports: [8200], byValue: true },
  telemetry: { what: 'metrics, by OpenTelemetry', ports: [4317, 4318] },
  lineage: { what: 'which run read and wrote what, by OpenLineage', ports: [5000], byValue: true },
  alertmanager: { what: 'alerts on what failed', ports: [9093], byValue: true },
  slack: { what: 'messages to people', ports: [443], byValue: true },
  smtp: { what: 'mail to people', ports: [587], byValue: true },
  vllm: { what: '/health of vLLM, for the guard', ports: [8000] },
} as const satisfies Record<string, AirflowPeer>;

/** One of them. */
export type AirflowPeerName = keyof typeof airflowPeers;

/** A kind of pod. */
export interface AirflowComponent {
  /** Its label `component`. */
  readonly name: string;
  readonly description: string;
  readonly calls: readonly AirflowPeerName[];
  /** Who may call it, at which port: other components by name, people by `people`. */
  readonly serves?: { readonly port: number; readonly to: readonly string[] };
  /** With LocalExecutor it runs the tasks, so it calls whom a worker calls, and serves their logs. */
  readonly local?: {
    readonly as: string;
    readonly serves: { readonly port: number; readonly to: readonly string[] };
  };
}

/** Code of DAGs runs in a worker, and callbacks of whole runs where DAGs are read or, for deadlines, in the triggerer. */
const TELLS: readonly AirflowPeerName[] = ['alertmanager', 'slack', 'smtp'];

/** What every server asks for. */
const SERVER: readonly AirflowPeerName[] = ['dns', 'database', 'vault', 'telemetry'];

/** Asked once, by a Job. */
const JOB: readonly AirflowPeerName[] = ['dns', 'database', 'vault'];

/** A worker is told by the execution API what to do, and asks it for connections and variables: it has no database. */
export const airflowComponents: readonly AirflowComponent[] = [
  {
    name: 'api-server',
    description: 'The pages, the REST API and the execution API',
    calls: [...SERVER, 'kubernetes', 's3', 'aws', 'lineage'],
    serves: { port: 8080, to: ['people', 'worker'] },
  },
  {
    name: 'scheduler',
    description: 'Decides what runs, and starts workers',
    calls: [...SERVER, 'kubernetes', 'lineage'],
    local: { as: 'worker', serves: { port: 8793, to: ['api-server'] } },
  },
  {
    name: 'dag-processor',
    description: 'Reads the DAGs',
    calls: [...SERVER, 'git', ...TELLS],
  },
  {
    name: 'triggerer',
    description: 'Waits for what is deferred, and calls back at deadlines',
    calls: [...SERVER, 's3', 'aws', ...TELLS],
  },
  {
    name: 'worker',
    description: 'Runs one task: starts the pod of a step and follows it, or runs Python',
    calls: [
      'dns',
      'kubernetes',
      'executionApi',
      's3',
      'aws',
      'git',
      'vault',
      'telemetry',
      'lineage',
      ...TELLS,
      'vllm',
    ],
  },
  { name: 'run-airflow-migrations', description: 'Migrates the database and imports pools', calls: JOB },
  { name: 'create-user-job', description: 'Makes the first user', calls: JOB },
  { name: 'database-cleanup', description: 'Deletes old runs', calls: JOB },
];
