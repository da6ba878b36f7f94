import { peerNames, type PeerName } from '../../../lib/platform/peers';
import type { JsonObject } from '../../../lib/engine';

/** A pod that is not of the release: of a peer, or of nobody whom we know. */
export interface Stranger {
  /** Nothing stands for the namespace of the release. */
  readonly namespace?: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly peers: readonly PeerName[];
  /** Counted among ours, though no chart makes it. */
  readonly component?: string;
}

/** They look like one of ours, or like somebody who may call. */
const impostors: readonly Stranger[] = [
  // Nobody has opened anything for it: only the policy that closes everything can close it.
  { name: 'newcomer', component: 'newcomer', labels: labelsOf('medkg', 'newcomer'), peers: [] },
  { name: 'neighbour', labels: {}, peers: [] },
  { name: 'other-release', labels: labelsOf('other', 'api'), peers: [] },
  { namespace: 'elsewhere', name: 'api', labels: labelsOf('medkg', 'api'), peers: [] },
  { namespace: 'elsewhere', name: 'kube-dns', labels: { 'k8s-app': 'kube-dns' }, peers: [] },
  { namespace: 'kube-system', name: 'metrics-server', labels: { 'k8s-app': 'metrics-server' }, peers: [] },
];

function labelsOf(release: string, component: string): Record<string, string> {
  return { 'app.kubernetes.io/instance': release, 'app.kubernetes.io/component': component };
}

/** Where the peers are that the chart's own values name by their pods. */
export const usualStrangers: readonly Stranger[] = [
  ...impostors,
  { namespace: 'kube-system', name: 'coredns', labels: { 'k8s-app': 'kube-dns' }, peers: ['dns'] },
  { namespace: 'monitoring', name: 'prometheus', labels: {}, peers: ['monitoring', 'telemetry'] },
  { namespace: 'vault', name: 'vault', labels: {}, peers: ['vault'] },
];

/** The agent on the node and the pods of Airflow stay where the chart finds them. */
const MOVED = peerNames.filter((peer) => peer !== 'aws' && peer !== 'airflow');

/** Values that give each peer pods, a network and a port of its own, so that none is taken for another one. */
export const peersApart: JsonObject = Object.fromEntries(
  MOVED.map((peer, i) => {
    const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': `peer-${peer}` } };
    return [
      peer,
      {
        selectors: [{ namespaceSelector, podSelector: { matchLabels: { role: peer } } }],
        blocks: [{ cidr: `192.0.${i}.0/24`, except: [`192.0.${i}.128/25`] }],
        ports: [7000 + i],
      },
    ];
  }),
);

export const strangersApart: readonly Stranger[] = [
  ...impostors,
  ...MOVED.flatMap((peer): Stranger[] => [
    { namespace: `peer-${peer}`, name: peer, labels: { role: peer }, peers: [peer] },
    { namespace: `peer-${peer}`, name: 'other', labels: { role: 'other' }, peers: [] },
    { namespace: 'elsewhere', name: peer, labels: { role: peer }, peers: [] },
  ]),
];

/** Their pods. */
export function podsOfStrangers(strangers: readonly Stranger[], own: string): object[] {
  return strangers.map(({ namespace = own, name, labels }) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: { containers: [{ name, image: name }] },
  }));
}

/** Their namespaces, those aside that the API server has. */
export function namespacesOfStrangers(strangers: readonly Stranger[], present: readonly string[]): object[] {
  const names = new Set(strangers.flatMap(({ namespace }) => namespace ?? []));
  return [...names]
    .filter((name) => !present.includes(name))
    .map((name) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
    }));
}
