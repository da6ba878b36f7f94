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
import { stepServices } from '../platform/flows/steps';
import { services } from '../platform/services';
import {
  and,
  literal,
  templated,
  when,
  type Condition,
  type Item,
  type Templated,
  type Value,
} from '../template';
import { selectorLabelsOf } from './helpers/labels';
import { egressToPeer, ingressFromPeer } from './helpers/peers';
import { FLOWS, stepComponent } from './flows/names';
import { platformMetadata, serviceMetadata } from './metadata';
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
  constructor(
    scope: Construct,
    component: string,
    openings: Openings,
    options: { readonly file?: string; readonly when?: Condition } = {},
  ) {
    const { file = 'network-policy' } = options;
    super(scope, file, {
      source: 'lib/charts/network.ts',
      when: options.when === undefined ? values.network.policies : and(options.when, values.network.policies),
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

/** The policy of the steps of flows that run as a service: they call whom it calls, and nobody calls them. */
export function stepPolicy(scope: Construct, name: string): void {
  const service = serviceScope(name);
  const component = stepComponent(name);
  const metadata = platformMetadata(FLOWS, component);
  const openings = { metadata, ingress: [], egress: callsOf(service) };
  new NetworkPolicy(scope, component, openings, {
    file: `network-policy-${name}`,
    when: values.airflow.enabled,
  });
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
      ...fromSteps(record.name, port),
      // A flow asks vLLM for its health before it begins.
      ...(record.vllm
        ? [when(values.airflow.enabled, ingressFromPeer(values.network.peers.airflow, literal(port)))]
        : []),
      ...(record.exposed ? [ingressFromPeer(values.network.peers.edge, literal(port))] : []),
      ingressFromPeer(values.network.peers.monitoring, literal(port)),
    ],
    egress: [...callsOf(service), ...(others.egress ?? [])],
  };
}

/** What the pods of a service may reach. */
function callsOf({ record }: ServiceScope): EgressRule[] {
  return [
    ...(record.calls.length + record.secrets.length > 0 ? [toDns()] : []),
    ...record.calls.map(toCalled),
    // The agent in the pod calls Vault; the operator of the external secrets has pods of its own.
    ...(record.secrets.length > 0 ? [when(byVaultAgent, toPeer('vault'))] : []),
  ];
}

/** From the steps that run as its callers. */
function fromSteps(name: string, port: number): IngressRule[] {
  const callers = callersOf(name).filter((caller) => stepServices.some((service) => service === caller));
  return fromComponents(callers.map(stepComponent), port).map((rule) => when(values.airflow.enabled, rule));
}

/** From the pods of other components of this release to a port of ours. */
function fromComponents(
  components: readonly string[],
  port: number,
): (Templated<NetworkPolicyIngressRule> & object)[] {
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
