import type { LabelSelector, NetworkPolicy, PolicyPeer, PolicyRule, Strings } from './kubernetes';
import { requirementHolds } from './scheduler';

/** An end of a connection: a pod somewhere, or an address outside of the cluster. */
export type End = { readonly labels: Strings; readonly namespace: string } | { readonly ip: string };

export interface Connection {
  readonly from: End;
  readonly to: End;
  readonly port: number;
  readonly protocol?: 'TCP' | 'UDP';
}

/** Whether a connection gets through: out of its origin, and into its destination. */
export function passes(
  policies: readonly NetworkPolicy[],
  namespace: string,
  connection: Connection,
): boolean {
  const { from, to } = connection;
  return (
    side(policies, namespace, from, 'Egress', (rule) => opens(rule.to, rule, to, namespace, connection)) &&
    side(policies, namespace, to, 'Ingress', (rule) => opens(rule.from, rule, from, namespace, connection))
  );
}

/** Policies add up; without any of this direction an end is open. */
function side(
  policies: readonly NetworkPolicy[],
  namespace: string,
  end: End,
  direction: 'Ingress' | 'Egress',
  opened: (rule: PolicyRule) => boolean,
): boolean {
  const chosen = policies.filter(
    ({ spec }) =>
      'labels' in end &&
      end.namespace === namespace &&
      selects(spec.podSelector, end.labels) &&
      spec.policyTypes.includes(direction),
  );
  return (
    chosen.length === 0 ||
    chosen.some(({ spec }) => ((direction === 'Egress' ? spec.egress : spec.ingress) ?? []).some(opened))
  );
}

function opens(
  peers: readonly PolicyPeer[] | undefined,
  { ports }: PolicyRule,
  end: End,
  namespace: string,
  { port, protocol = 'TCP' }: Connection,
): boolean {
  const portIsOpen =
    ports === undefined || ports.some((open) => open.port === port && open.protocol === protocol);
  return portIsOpen && (peers === undefined || peers.some((peer) => isPeer(peer, end, namespace)));
}

function isPeer(
  { podSelector, namespaceSelector, ipBlock }: PolicyPeer,
  end: End,
  namespace: string,
): boolean {
  if (ipBlock !== undefined)
    return (
      'ip' in end &&
      inNetwork(end.ip, ipBlock.cidr) &&
      !(ipBlock.except ?? []).some((cidr) => inNetwork(end.ip, cidr))
    );
  if ('ip' in end) return false;
  const there =
    namespaceSelector === undefined
      ? end.namespace === namespace
      : selects(namespaceSelector, { 'kubernetes.io/metadata.name': end.namespace });
  return there && (podSelector === undefined || selects(podSelector, end.labels));
}

export function selects(
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  labels: Strings,
): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every((requirement) => requirementHolds(requirement, labels))
  );
}

/** Whether an address of IP version 4 lies in a network. */
export function inNetwork(ip: string, cidr: string): boolean {
  const [network = '', bits = '32'] = cidr.split('/');
  const size = 2 ** (32 - Number(bits));
  return Math.floor(numberOf(ip) / size) === Math.floor(numberOf(network) / size);
}

function numberOf(ip: string): number {
  return ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
