import type { Ingress } from './kubernetes';
import { inNetwork } from './traffic';

type Path = Ingress['spec']['rules'][number]['http']['paths'][number];

export interface Request {
  readonly host: string;
  readonly path: string;
  readonly source: string;
}

/** What the AWS load balancer does with a request: the name of the Service, a fixed status, or nothing. */
export function answer(ingress: Ingress, { host, path, source }: Request): string {
  const rule = ingress.spec.rules.find((candidate) => candidate.host === host);
  const chosen = inOrder(rule?.http.paths ?? []).find(
    (candidate) => pathMatches(candidate, path) && conditionsHold(ingress, candidate, source),
  );
  return chosen === undefined ? '404' : actionOf(ingress, chosen);
}

/** The controller puts exact paths first, then prefixes by their length; of one length they keep their order. */
function inOrder(paths: readonly Path[]): readonly Path[] {
  const ofType = (type: string): Path[] => paths.filter(({ pathType }) => pathType === type);
  return [...ofType('Exact'), ...ofType('Prefix').sort((a, b) => b.path.length - a.path.length)];
}

/** A prefix becomes two patterns: itself, and everything below it. */
function pathMatches({ path, pathType }: Path, asked: string): boolean {
  if (pathType === 'Exact') return asked === path;
  const prefix = path.replace(/\/$/, '');
  return asked === prefix || asked.startsWith(`${prefix}/`);
}

function annotation({ metadata }: Ingress, key: string): unknown {
  const text = metadata.annotations?.[`alb.ingress.kubernetes.io/${key}`];
  return text === undefined ? undefined : JSON.parse(text);
}

interface SourceCondition {
  readonly field: string;
  readonly sourceIpConfig: { readonly values: readonly string[] };
}

function conditionsHold(ingress: Ingress, { backend }: Path, source: string): boolean {
  const conditions = (annotation(ingress, `conditions.${backend.service.name}`) ??
    []) as readonly SourceCondition[];
  return conditions.every(
    ({ field, sourceIpConfig }) =>
      field === 'source-ip' && sourceIpConfig.values.some((cidr) => inNetwork(source, cidr)),
  );
}

interface Action {
  readonly type: string;
  readonly fixedResponseConfig?: { readonly statusCode: string };
  readonly forwardConfig?: { readonly targetGroups: readonly { readonly serviceName: string }[] };
}

function actionOf(ingress: Ingress, { backend: { service } }: Path): string {
  if (service.port.name !== 'use-annotation') return service.name;
  const action = annotation(ingress, `actions.${service.name}`) as Action | undefined;
  if (action === undefined) throw new Error(`no action ${service.name}`);
  return (
    action.fixedResponseConfig?.statusCode ??
    action.forwardConfig?.targetGroups.map(({ serviceName }) => serviceName).join() ??
    action.type
  );
}
