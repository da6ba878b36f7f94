import { tests } from '../../../lib/values/groups/tests';
import { core } from '../../cluster/support/cluster';
import { eventually } from '../../cluster/support/eventually';
import { apply, kubectl } from '../../cluster/support/kubectl';

/** How a request ended, as its client in the cluster saw it. */
export interface Request {
  readonly status: string;
  /** Of curl: 0 when the whole answer came. */
  readonly code: string;
  readonly pod: string;
  readonly error: string;
}

const NODES = ['real-1', 'real-2'];
/** Requests a second from each node. */
const RATE = 40;
/** Further requests that take a second each, so that some are always on their way. */
const LONG = 4;
const { registry, repository, tag } = tests.defaults.image;

/** A steady load on an address from both nodes; each request makes a connection of its own. */
export class Load {
  private constructor(
    private readonly namespace: string,
    private readonly pods: readonly string[],
  ) {}

  /** Starts it, and waits until it is steady. */
  static async start(namespace: string, address: string): Promise<Load> {
    const pods = NODES.map((node) => client(node, address));
    await apply(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: pods }), '--namespace', namespace);
    const load = new Load(
      namespace,
      pods.map(({ metadata }) => metadata.name),
    );
    await eventually(() => load.goesOn());
    return load;
  }

  /** Waits until every client got some answers more. */
  async goesOn(): Promise<void> {
    const before = await this.byClient();
    await eventually(async () => {
      for (const [client, requests] of await this.byClient())
        if (requests.length < (before.get(client)?.length ?? 0) + 2 * LONG)
          throw new Error(`${client} does not go on`);
    });
  }

  /** Every request so far whose end was seen. */
  async requests(): Promise<Request[]> {
    return [...(await this.byClient()).values()].flat();
  }

  async stop(): Promise<void> {
    for (const name of this.pods)
      await core.deleteNamespacedPod({ name, namespace: this.namespace, gracePeriodSeconds: 0 });
  }

  private async byClient(): Promise<Map<string, Request[]>> {
    const clients = this.pods.flatMap((pod) => ['many', 'long'].map((container) => ({ pod, container })));
    const logs = clients.map(async ({ pod, container }): Promise<[string, Request[]]> => {
      const args = ['logs', pod, '--namespace', this.namespace, '--container', container];
      return [`${container} from ${pod}`, parse((await kubectl(args)).stdout)];
    });
    return new Map(await Promise.all(logs));
  }
}

/** Those that did not get their answer. */
export function lost(requests: readonly Request[]): readonly Request[] {
  return requests.filter(({ status, code }) => status !== '200' || code !== '0');
}

function parse(log: string): Request[] {
  return log
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [status = '', code = '', pod = '', error = ''] = line.split('|');
      return { status, code, pod, error };
    });
}

interface Client {
  readonly metadata: { readonly name: string };
}

function client(node: string, address: string): Client {
  const format = '%{stderr}%{http_code}|%{exitcode}|%header{x-stub}|%{errormsg}\\n';
  const curl = (name: string, ...args: readonly string[]): object => ({
    name,
    image: `${registry}/${repository}:${tag}`,
    imagePullPolicy: 'IfNotPresent',
    command: [
      'curl',
      '--silent',
      '--no-progress-meter',
      '--output',
      '/dev/null',
      '--write-out',
      format,
      '--header',
      'Connection: close',
    ],
    args: ['--connect-timeout', '2', '--max-time', '10', ...args],
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
  });
  const object = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `load-from-${node}` },
    spec: {
      nodeSelector: { 'kubernetes.io/hostname': node },
      automountServiceAccountToken: false,
      restartPolicy: 'Never',
      // The load goes on while its node is drained.
      tolerations: [{ operator: 'Exists' }],
      securityContext: { runAsNonRoot: true, runAsUser: 100, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        curl('many', '--rate', `${RATE}/s`, `http://${address}/version?[1-1000000]`),
        curl(
          'long',
          '--parallel',
          '--parallel-max',
          String(LONG),
          `http://${address}/stub/sleep?for=1s&[1-1000000]`,
        ),
      ],
    },
  };
  return object;
}
