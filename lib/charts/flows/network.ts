import type { Construct } from 'constructs';
import { stepServices } from '../../platform/flows/steps';
import type { Service, ServiceName } from '../../platform/services';
import { when } from '../../engine';
import type { End } from '../ends';
import { platformMetadata } from '../metadata';
import { callersOf, callsOf } from '../network';
import { fromComponents, fromPeer, NetworkPolicy, type IngressRule } from '../network-policy';
import { serviceScope } from '../scope';
import { values } from '../values';
import { FLOWS, stepComponent } from './names';

const { enabled } = values.airflow;

/** The policy of the steps that run as a service: they call whom it calls, and nobody calls them. */
export function stepPolicy(scope: Construct, name: ServiceName, ends: readonly End[]): void {
  const component = stepComponent(name);
  const openings = {
    metadata: platformMetadata(FLOWS, component),
    ingress: [],
    egress: callsOf({ ...serviceScope(name), ends }),
  };
  new NetworkPolicy(scope, component, openings, { file: `network-policy-${name}`, when: enabled });
}

/** What the flows open of a service: to the steps that run as its callers, and to a guard that asks for its health. */
export function fromFlows({ name, role, port: { container: port } }: Service): IngressRule[] {
  const callers = callersOf(name).filter((caller) => stepServices.includes(caller));
  const rules = [
    ...fromComponents(callers.map(stepComponent), port),
    ...(role === 'embedder' ? [fromPeer('airflow', port)] : []),
  ];
  return rules.map((rule) => when(enabled, rule));
}
