import type { Role } from './model';
import type { PeerName } from './peers';
import { CLUSTER_SERVICES, EXAMPLE_NETWORK, inNamespace, inSubnets, nowhere, type Place } from './places';

/**
 * The pods of Apache Airflow's official chart, and whom each of them has to reach: everything else can stay closed. Plain
 * facts, for policies and for documents.
 */

/** The release of the official chart whose labels, ports and keys these are; `values/airflow` is written for it. */
export const AIRFLOW_CHART = '1.22.0';

/** What all its pods carry; `component` tells them apart, and `release` its releases. */
export const AIRFLOW_PODS = { tier: 'airflow' } as const;

/** Ends that pods of Airflow call and our services do not: values under `airflow.peers`, in their order. */
export const airflowPeers = {
  kubernetes: {
    what: 'the Kubernetes API: pods of workers and of steps, and their logs',
    pods: [],
    // The address of the API's Service and those behind it: some networks look at the one, some at the others.
    networks: [EXAMPLE_NETWORK, { cidr: CLUSTER_SERVICES }],
    ports: [443, 6443],
  },
  database: { what: 'PostgreSQL with the state of all runs', ...inSubnets('data', [5432]) },
  git: { what: 'the repository with the DAGs', ...nowhere([443]) },
  lineage: { what: 'which run read and wrote what, by OpenLineage', ...nowhere([5000]) },
  alertmanager: { what: 'alerts on what failed', ...inNamespace('monitoring', [9093]) },
  slack: { what: 'messages to people', ...nowhere([443]) },
  smtp: { what: 'mail to people', ...nowhere([587]) },
} satisfies Readonly<Record<string, Place & { readonly what: string }>>;

/** An end that is described elsewhere: a peer of our services, a component of Airflow, or a service of ours. */
type KnownEnd = { readonly what: string } & (
  { readonly peer: PeerName } | { readonly component: string } | { readonly role: Role }
);

/** Ends that pods of Airflow call besides; their ports stand where they are described. */
export const knownEnds = {
  dns: { what: 'names of the cluster', peer: 'dns' },
  executionApi: {
    what: "Airflow's own API server, through which tasks do everything",
    component: 'api-server',
  },
  // Its addresses are public ones: the names are the firewall's matter.
  s3: { what: 'logs, and the manifests, reports and approvals of runs', peer: 'internet' },
  aws: { what: 'logins to AWS, by the agent on the node', peer: 'aws' },
  vault: { what: 'secrets, where an agent in the pod fetches them', peer: 'vault' },
  telemetry: { what: 'metrics, by OpenTelemetry', peer: 'telemetry' },
  vllm: { what: '/health of vLLM, for the guard', role: 'embedder' },
} as const satisfies Readonly<Record<string, KnownEnd>>;

/** An end that Airflow alone calls. */
export type AirflowPeerName = keyof typeof airflowPeers;

/** Whom a component may call. */
export type AirflowCall = AirflowPeerName | keyof typeof knownEnds;

/** Whether Airflow alone calls it. */
export function isAirflowPeer(called: string): called is AirflowPeerName {
  return Object.hasOwn(airflowPeers, called);
}

/** The names of the ends that Airflow alone calls, in the order of their values. */
export const airflowPeerNames: readonly AirflowPeerName[] = Object.keys(airflowPeers).filter(isAirflowPeer);

/** A kind of pod. */
export interface AirflowComponent {
  /** Its label `component`. */
  readonly name: string;
  readonly description: string;
  readonly calls: readonly AirflowCall[];
  /** Who may call it, at which port: other components by name, people by `people`. */
  readonly serves?: { readonly port: number; readonly to: readonly string[] };
  /** With LocalExecutor it runs the tasks, so it calls whom a worker calls, and serves their logs. */
  readonly local?: {
    readonly as: string;
    readonly serves: { readonly port: number; readonly to: readonly string[] };
  };
}

/** Code of DAGs runs in a worker, and callbacks of whole runs where DAGs are read or, for deadlines, in the triggerer. */
const TELLS: readonly AirflowCall[] = ['alertmanager', 'slack', 'smtp'];

/** What every server asks for. */
const SERVER: readonly AirflowCall[] = ['dns', 'database', 'vault', 'telemetry'];

/** Asked once, by a Job. */
const JOB: readonly AirflowCall[] = ['dns', 'database', 'vault'];

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

/** The components in whose pods another one's work is done with LocalExecutor. */
export function standInsFor(name: string): string[] {
  return airflowComponents.filter(({ local }) => local?.as === name).map((component) => component.name);
}

/** The labels of the pods that tasks run in. */
export const taskPods = ['worker', ...standInsFor('worker')].map((component) => ({
  ...AIRFLOW_PODS,
  component,
}));
