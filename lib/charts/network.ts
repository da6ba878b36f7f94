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
import type { Peer, ServiceRecord } from '../platform/model';
import { services } from '../platform/services';
import { literal, templated, when, type Item, type Templated, type Value } from '../template';
import { selectorLabelsOf } from './helpers/labels';
import { egressToPeer, ingressFromPeer } from './helpers/peers';
import { serviceMetadata } from './metadata';
import { Part, serviceScope, type ServiceScope } from './part';
import { byVaultAgent } from './pod/secrets';
import { values } from './values';

type EgressRule = Item<NetworkPolicyEgressRule>;
type IngressRule = Item<NetworkPolicyIngressRule>;

/** What may reach the pods of a component, and what they may reach: nothing else gets through. */
interface Openings {
  readonly metadata: { readonly name: Value<string>; readonly labels: Record<string, Value<string>> };
  readonly ingress: readonly IngressRule[];
  readonly egress: readonly EgressRule[];
}

/** The network policy of the pods of one component. */
export class NetworkPolicy extends Part {
  constructor(scope: Construct, component: string, openings: Openings, file = 'network-policy') {
    super(scope, 'network', { source: 'lib/charts/network.ts', when: values.network.policies });
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

/** The policy of a service, by the calls of all records, in both directions. */
export function serviceOpenings(
  service: ServiceScope,
  others: { ingress?: readonly string[]; egress?: readonly EgressRule[] } = {},
): Openings {
  const { record } = service;
  const port = record.port.container;
  return {
    metadata: serviceMetadata(service),
    ingress: [
      ...fromComponents([...callersOf(record.name), ...(others.ingress ?? [])], port),
      ...(record.exposed ? [ingressFromPeer(values.network.peers.edge, literal(port))] : []),
      ingressFromPeer(values.network.peers.monitoring, literal(port)),
    ],
    egress: [
      ...(record.calls.length + record.secrets.length > 0 ? [toDns()] : []),
      ...record.calls.map(toCalled),
      // The agent in the pod calls Vault; the operator of the external secrets has pods of its own.
      ...(record.secrets.length > 0 ? [when(byVaultAgent, toPeer('vault'))] : []),
      ...(others.egress ?? []),
    ],
  };
}

/** From the pods of other components of this release to a port of ours. */
function fromComponents(components: readonly string[], port: number): IngressRule[] {
  if (components.length === 0) return [];
  return [{ from: components.map(podsOf), ports: [tcp(port)] }];
}

/** To one of our services. */
export function toService(name: string): EgressRule {
  return { to: [podsOf(name)], ports: [tcp(serviceScope(name).record.port.container)] };
}

/** To a named peer, at the peer's ports. */
export function toPeer(peer: Peer): EgressRule {
  return egressToPeer(values.network.peers[peer], peer === 'dns' ? ['UDP', 'TCP'] : ['TCP']);
}

/** To the cluster's name service, which everything needs that calls anything by its name. */
export function toDns(): EgressRule {
  return toPeer('dns');
}

/** Where a call of the model leads: to one of our services, or to a peer. */
function toCalled(called: string): EgressRule {
  return services.some(({ name }) => name === called) ? toService(called) : toPeer(called as Peer);
}

/** Who calls a service, by the records of all. */
function callersOf(name: string): string[] {
  const records: readonly ServiceRecord[] = services;
  return records.filter(({ calls }) => calls.includes(name)).map((service) => service.name);
}

function podsOf(component: string): Templated<NetworkPolicyPeer> & object {
  return { podSelector: { matchLabels: selectorLabelsOf(component) } };
}

function tcp(port: number): NetworkPolicyPort {
  return { protocol: 'TCP', port: IntOrString.fromNumber(port) };
}
