import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import { selfSigned } from './certificate';
import { apply, kubectl } from './kubectl';
import { Metrics, METRICS_APIS, Refusal } from './metrics';
import { makeNamespace, removeNamespace } from './namespace';

const apiServices = METRICS_APIS.map(({ group, version }) => `${version}.${group}`);

/** Serves the APIs of metrics to the API server of this machine, which hands the questions of the autoscalers on. */
export class MetricsServer {
  private constructor(
    readonly metrics: Metrics,
    private readonly server: Server,
    private readonly namespace: string,
  ) {}

  static async start(): Promise<MetricsServer> {
    const metrics = new Metrics();
    const server = createServer(await selfSigned(), listener(metrics));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const started = new MetricsServer(metrics, server, await makeNamespace('metrics'));
    try {
      await started.register();
    } catch (error) {
      await started.stop();
      throw error;
    }
    return started;
  }

  /** Takes everything away; an API without a server would keep namespaces from being deleted. */
  async stop(): Promise<void> {
    await kubectl(['delete', 'apiservice', '--ignore-not-found', ...apiServices]);
    this.server.closeAllConnections();
    this.server.close();
    await removeNamespace(this.namespace);
  }

  private async register(): Promise<void> {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('the server has no port');
    const service = { name: 'metrics', namespace: this.namespace, port: address.port };
    const objects = [
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: service.name, namespace: service.namespace },
        spec: { type: 'ExternalName', externalName: 'localhost' },
      },
      ...METRICS_APIS.map(({ group, version }) => ({
        apiVersion: 'apiregistration.k8s.io/v1',
        kind: 'APIService',
        metadata: { name: `${version}.${group}` },
        spec: {
          group,
          version,
          service,
          insecureSkipTLSVerify: true,
          groupPriorityMinimum: 100,
          versionPriority: 100,
        },
      })),
    ];
    await apply(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
    await kubectl(['wait', '--for=condition=Available', '--timeout=60s', 'apiservice', ...apiServices]);
  }
}

function listener(metrics: Metrics): RequestListener {
  return (request, response) => {
    const reply = (code: number, body: object): void => {
      response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    metrics.answer(new URL(request.url ?? '', 'https://localhost')).then(
      (body) => {
        reply(200, body);
      },
      (error: unknown) => {
        const { code, reason, message } =
          error instanceof Refusal ? error : new Refusal(500, 'InternalError', String(error));
        reply(code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message });
      },
    );
  };
}
