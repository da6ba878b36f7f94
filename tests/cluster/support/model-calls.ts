import { isPeer, type PeerName } from '../../../lib/platform/peers';
import { allServices, type Service } from '../../../lib/platform/services';
import { rangesOf, textOf, type Block } from './addresses';
import { linesOf, type Connection } from './analyzer';

/** What the model lets through, written down without a look at our policies. */

const recordOf = (component: string): Service | undefined =>
  allServices().find(({ name }) => name === component);

/** A pod: one of ours is of a component; others are pods of peers, or of nobody. */
export interface End {
  /** `namespace/name` */
  readonly name: string;
  readonly component?: string;
  readonly peers: readonly PeerName[];
}

/** Where a peer is, and what it listens to: a value. */
export interface Place {
  readonly blocks: readonly Block[];
  readonly ports: readonly number[];
}

export interface Choices {
  /** The Vault agent runs in the pods that have secrets. */
  readonly vaultAgent?: boolean;
  /** The server of the embeddings fetches its model itself. */
  readonly modelPerPod?: boolean;
}

/** Every connection that has to get through, as `connections` writes them. */
export function expectedLines(
  ends: readonly End[],
  places: Readonly<Record<PeerName, Place>>,
  choices: Choices = {},
): string[] {
  const ours = ends.filter(({ component }) => component !== undefined);
  return linesOf([
    ...ours.flatMap((from) => ours.flatMap((to) => between(from, to))),
    ...ours.flatMap((from) =>
      peersCalledBy(from, choices).flatMap((peer) => toPeer(from, peer, places[peer], ends)),
    ),
    ...ours.flatMap((to) => peersLetInto(to).flatMap((peer) => fromPeer(to, peer, places[peer], ends))),
  ]);
}

function between(from: End, to: End): Connection[] {
  const called = recordOf(to.component ?? '');
  if (from === to || called === undefined) return [];
  const calls = from.component === 'release-test' ? ['api'] : (recordOf(from.component ?? '')?.calls ?? []);
  return calls.includes(called.name)
    ? [{ from: from.name, to: to.name, protocol: 'TCP', port: String(called.port.container) }]
    : [];
}

function peersCalledBy({ component = '' }: End, { vaultAgent, modelPerPod }: Choices): PeerName[] {
  if (component === 'qwen-embed-vllm-prefetch') return ['dns', 'internet'];
  if (component === 'qwen-embed-vllm' && modelPerPod) return ['dns', 'internet'];
  if (component === 'release-test') return ['dns'];
  const record = recordOf(component);
  if (record === undefined) return [];
  const peers = record.calls.filter(isPeer);
  const vault: PeerName[] = vaultAgent && record.secrets.length > 0 ? ['vault'] : [];
  // Whoever calls somebody asks for a name first.
  return record.calls.length + vault.length > 0 ? ['dns', ...peers, ...vault] : [];
}

function peersLetInto({ component = '' }: End): PeerName[] {
  const record = recordOf(component);
  if (record === undefined) return [];
  return record.exposed ? ['monitoring', 'edge'] : ['monitoring'];
}

function toPeer(from: End, peer: PeerName, place: Place, ends: readonly End[]): Connection[] {
  const targets = endsOf(peer, place, ends);
  const protocols = peer === 'dns' ? ['TCP', 'UDP'] : ['TCP'];
  return targets.flatMap((to) =>
    place.ports.flatMap((port) =>
      protocols.map((protocol) => ({ from: from.name, to, protocol, port: String(port) })),
    ),
  );
}

function fromPeer(to: End, peer: PeerName, place: Place, ends: readonly End[]): Connection[] {
  const port = String(recordOf(to.component ?? '')?.port.container);
  return endsOf(peer, place, ends).map((from) => ({ from, to: to.name, protocol: 'TCP', port }));
}

/** The pods and the networks of a peer. */
function endsOf(peer: PeerName, { blocks }: Place, ends: readonly End[]): string[] {
  const pods = ends.filter(({ peers }) => peers.includes(peer)).map(({ name }) => name);
  return [...pods, ...rangesOf(blocks).map(textOf)];
}
