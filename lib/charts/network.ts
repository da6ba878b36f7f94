import { isPeer } from '../platform/peers';
import { allServices, type Called, type ServiceName } from '../platform/services';
import { when } from '../engine';
import { waysTo, type CallingService } from './ends';
import { serviceMetadata } from './metadata';
import {
  fromComponents,
  fromPeer,
  toComponent,
  toDns,
  toPeer,
  type EgressRule,
  type IngressRule,
  type Openings,
} from './network-policy';
import { serviceScope } from './scope';
import { byVaultAgent } from './pod/secrets';

/** What is opened for a service besides the calls of the records. */
interface Others {
  /** Further components of this release that call it. */
  readonly components?: readonly string[];
  readonly ingress?: readonly IngressRule[];
  readonly egress?: readonly EgressRule[];
}

/** The policy of a service, by the calls of all records, in both directions. */
export function serviceOpenings(service: CallingService, others: Others = {}): Openings {
  const { record } = service;
  const port = record.port.container;
  return {
    metadata: serviceMetadata(service),
    ingress: [
      ...fromComponents([...callersOf(record.name), ...(others.components ?? [])], port),
      ...(others.ingress ?? []),
      ...(record.exposed ? [fromPeer('edge', port)] : []),
      fromPeer('monitoring', port),
    ],
    egress: [...callsOf(service), ...(others.egress ?? [])],
  };
}

/** What the pods of a service may reach. */
export function callsOf({ record, ends }: CallingService): EgressRule[] {
  return [
    ...(record.calls.length + record.secrets.length > 0 ? [toDns()] : []),
    ...record.calls.flatMap((called) => (isPeer(called) ? waysTo(called, ends) : [toService(called)])),
    // The agent in the pod calls Vault; the operator of the external secrets has pods of its own.
    ...(record.secrets.length > 0 ? [when(byVaultAgent, toPeer('vault'))] : []),
  ];
}

/** To one of our services. */
export function toService(name: ServiceName): EgressRule {
  return toComponent(name, serviceScope(name).record.port.container);
}

/** Who calls a service, or a peer, by the records of all. */
export function callersOf(name: Called): ServiceName[] {
  return allServices()
    .filter(({ calls }) => calls.includes(name))
    .map((service) => service.name);
}
