import {
  KubeNetworkPolicy,
  type KubeNetworkPolicyProps,
  type NetworkPolicyEgressRule,
  type NetworkPolicyIngressRule,
} from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import {
  AIRFLOW_PODS,
  airflowComponents,
  isAirflowPeer,
  knownEnds,
  standInsFor,
  type AirflowCall,
  type AirflowComponent,
} from '../../platform/airflow';
import {
  DescribedConstruct,
  type Item,
  and,
  equals,
  literal,
  nonEmpty,
  release,
  templated,
  when,
} from '../../engine';
import { embedder } from '../embedder';
import { selectorLabelsOf } from '../helpers/labels';
import { egressToPeer, ingressFromPeer } from '../helpers/peers';
import { platformMetadata } from '../metadata';
import { tcp, toPeer } from '../network-policy';
import { policiesOn } from '../network-of-all';
import { values } from '../values';

const { airflow, network } = values;
/** The component of the policies: no pod of the release carries it. */
const AIRFLOW = 'airflow';
const SOURCE = 'lib/charts/flows/airflow-policies.ts';
/** Tasks run in the scheduler. */
const LOCAL = equals(airflow.executor, 'LocalExecutor');

/** Closes Airflow's own pods, but for the calls of its table. */
export class AirflowPolicies extends DescribedConstruct {
  constructor(scope: Construct) {
    super(scope, 'airflow', { source: SOURCE, when: and(airflow.enabled, policiesOn) });
    for (const { name, serves, calls } of airflowComponents)
      new AirflowPolicy(this, [name], name, ingressOf(serves), calls.map(callTo));
  }
}

/** What is opened besides where a component runs the tasks: policies add up. */
export class LocalTaskPolicies extends DescribedConstruct {
  constructor(scope: Construct) {
    super(scope, 'airflow-local', {
      source: SOURCE,
      when: and(airflow.enabled, policiesOn, LOCAL),
    });
    for (const { name, local } of airflowComponents) {
      if (local === undefined) continue;
      const calls = airflowComponents.find((component) => component.name === local.as)?.calls ?? [];
      new AirflowPolicy(this, [name, 'tasks'], name, ingressOf(local.serves), calls.map(callTo));
      for (const reader of local.serves.to)
        new AirflowPolicy(this, [reader, 'logs'], reader, [], [to(name, local.serves.port)]);
    }
  }
}

class AirflowPolicy extends KubeNetworkPolicy {
  constructor(
    scope: Construct,
    named: readonly string[],
    component: string,
    ingress: readonly Item<NetworkPolicyIngressRule>[],
    egress: readonly Item<NetworkPolicyEgressRule>[],
  ) {
    super(
      scope,
      ['network-policy-airflow', ...named].join('-'),
      templated<KubeNetworkPolicyProps>({
        metadata: {
          ...platformMetadata(AIRFLOW, ...named),
          namespace: when(nonEmpty(airflow.namespace), airflow.namespace),
        },
        spec: {
          podSelector: podsOf(component),
          policyTypes: ['Ingress', 'Egress'],
          ...(ingress.length > 0 ? { ingress } : {}),
          egress,
        },
      }),
    );
  }
}

function podsOf(component: string): { matchLabels: Record<string, string> } {
  return { matchLabels: { ...AIRFLOW_PODS, component } };
}

function callTo(called: AirflowCall): Item<NetworkPolicyEgressRule> {
  if (isAirflowPeer(called)) return egressToPeer(airflow.peers[called], ['TCP']);
  const end = knownEnds[called];
  if ('peer' in end) return toPeer(end.peer);
  return 'component' in end ? toServed(end.component) : toEmbedder();
}

/** To a component of Airflow, at the port that it serves. */
function toServed(component: string): Item<NetworkPolicyEgressRule> {
  const serves = airflowComponents.find(({ name }) => name === component)?.serves;
  if (serves === undefined) throw new Error(`${component} serves nothing`);
  return to(component, serves.port);
}

/** The server is in the namespace of the release, wherever Airflow is. */
function toEmbedder(): Item<NetworkPolicyEgressRule> {
  const { record } = embedder;
  return {
    to: [
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': release.namespace } },
        podSelector: { matchLabels: selectorLabelsOf(record.name) },
      },
    ],
    ports: [tcp(record.port.container)],
  };
}

function ingressOf(serves: AirflowComponent['serves']): Item<NetworkPolicyIngressRule>[] {
  return serves === undefined ? [] : serves.to.flatMap((caller) => callFrom(caller, serves.port));
}

function callFrom(caller: string, port: number): Item<NetworkPolicyIngressRule>[] {
  if (caller === 'people') return [ingressFromPeer(network.peers.edge, literal(port))];
  const from = (component: string): Item<NetworkPolicyIngressRule> => ({
    from: [{ podSelector: podsOf(component) }],
    ports: [tcp(port)],
  });
  return [from(caller), ...standInsFor(caller).map((component) => when(LOCAL, from(component)))];
}

function to(component: string, port: number): Item<NetworkPolicyEgressRule> {
  return { to: [{ podSelector: podsOf(component) }], ports: [tcp(port)] };
}
