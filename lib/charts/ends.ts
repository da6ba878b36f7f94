import type { PeerName } from '../platform/peers';
import { type Condition, type Value, choose, not, or, when } from '../engine';
import { toComponent, toPeer, type EgressRule } from './network-policy';
import type { ServiceScope } from './scope';

/** A peer that a part of the platform answers itself while it is on: what callers are told then, and whom they reach. */
export interface End {
  readonly peer: PeerName;
  /** When it answers. */
  readonly when: Condition;
  /** Takes the place of the peer's address under `external`. */
  readonly address: Value<string>;
  /** The component of its pods, and their port. */
  readonly component: string;
  readonly port: number;
}

/** A service whose calls count: who answers them is known. */
export type CallingService = ServiceScope & { readonly ends: readonly End[] };

/** The address of a peer: that of the part that answers it, or the one that is given. */
export function addressOf(peer: PeerName, given: Value<string>, ends: readonly End[]): Value<string> {
  return answering(peer, ends).reduceRight((other, end) => choose(end.when, end.address, other), given);
}

/** Where a call of a peer leads: to the pods of the part that answers it, or out. */
export function waysTo(peer: PeerName, ends: readonly End[]): EgressRule[] {
  const elsewhere = isElsewhere(peer, ends);
  return [
    ...answering(peer, ends).map((end) => when(end.when, toComponent(end.component, end.port))),
    elsewhere === undefined ? toPeer(peer) : when(elsewhere, toPeer(peer)),
  ];
}

/** When no part answers a peer; undefined where none ever does. */
export function isElsewhere(peer: PeerName, ends: readonly End[]): Condition | undefined {
  const answers = answering(peer, ends);
  return answers.length === 0 ? undefined : not(or(...answers.map((end) => end.when)));
}

function answering(peer: PeerName, ends: readonly End[]): End[] {
  return ends.filter((end) => end.peer === peer);
}
