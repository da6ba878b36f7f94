import {
  IntOrString,
  KubeNetworkPolicy,
  type KubeNetworkPolicyProps,
  type NetworkPolicyEgressRule,
  type NetworkPolicyIngressRule,
  type NetworkPolicyPeer,
  type NetworkPolicyPort,
} from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { peerRecord, type PeerName } from '../platform/peers';
import {
  type Condition,
  DescribedConstruct,
  type Item,
  type Templated,
  type Value,
  and,
  literal,
  templated,
} from '../engine';
import { selectorLabelsOf } from './helpers/labels';
import { egressToPeer, ingressFromPeer } from './helpers/peers';
import { policiesOn } from './network-of-all';
import { values } from './values';

/** One way out. */
export type EgressRule = Item<NetworkPolicyEgressRule>;
/** One way in. */
export type IngressRule = Item<NetworkPolicyIngressRule>;

/** What may reach the pods of a component, and what they may reach: nothing else gets through. */
export interface Openings {
  readonly metadata: { readonly name: Value<string>; readonly labels: Record<string, Value<string>> };
  readonly ingress: readonly IngressRule[];
  readonly egress: readonly EgressRule[];
}

/** Where a policy is written, and when it is made. */
interface PolicyOptions {
  readonly file?: string;
  readonly when?: Condition;
  /** Whether there are policies at all: a chart inside asks `global` alone. */
  readonly policies?: Condition;
}

/** The network policy of the pods of one component. */
export class NetworkPolicy extends DescribedConstruct {
  constructor(scope: Construct, component: string, openings: Openings, options: PolicyOptions = {}) {
    const { file = 'network-policy', policies = policiesOn } = options;
    super(scope, file, {
      source: 'lib/charts/network-policy.ts',
      when: options.when === undefined ? policies : and(options.when, policies),
    });
    new KubeNetworkPolicy(
      this,
      file,
      templated<KubeNetworkPolicyProps>({
        metadata: openings.metadata,
        spec: {
          podSelector: { matchLabels: selectorLabelsOf(component) },
          policyTypes: ['Ingress', 'Egress'],
          // The API server drops an empty list, and would take each apply that brings it back for a change.
          ...(openings.ingress.length > 0 ? { ingress: openings.ingress } : {}),
          ...(openings.egress.length > 0 ? { egress: openings.egress } : {}),
        },
      }),
    );
  }
}

/** From the pods of other components of this release to a port of ours. */
export function fromComponents(
  components: readonly string[],
  port: number,
): (Templated<NetworkPolicyIngressRule> & object)[] {
  if (components.length === 0) return [];
  return [{ from: components.map(podsOf), ports: [tcp(port)] }];
}

/** To the pods of another component of this release. */
export function toComponent(component: string, port: number): EgressRule {
  return { to: [podsOf(component)], ports: [tcp(port)] };
}

/** From a peer to a port of ours. */
export function fromPeer(peer: PeerName, port: number): IngressRule {
  return ingressFromPeer(values.network.peers[peer], literal(port));
}

/** To a peer, at its ports. */
export function toPeer(peer: PeerName): EgressRule {
  return egressToPeer(values.network.peers[peer], peerRecord(peer).protocols ?? ['TCP']);
}

/** To the cluster's name service, which everything needs that calls anything by its name. */
export function toDns(): EgressRule {
  return toPeer('dns');
}

/** A port, as a rule has it. */
export function tcp(port: number): NetworkPolicyPort {
  return { protocol: 'TCP', port: IntOrString.fromNumber(port) };
}

function podsOf(component: string): Templated<NetworkPolicyPeer> & object {
  return { podSelector: { matchLabels: selectorLabelsOf(component) } };
}
