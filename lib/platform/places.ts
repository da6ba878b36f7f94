/** Where the ends of calls are that are not ours: what the chart starts with, since all of it is values. */
export interface Place {
  /** Some of their pods, or all pods of a namespace; without a namespace those in the release's own. */
  readonly pods: readonly Pods[];
  readonly networks: readonly Network[];
  /** TCP ports that we call; none of those who call us. */
  readonly ports: readonly number[];
  /** Terraform knows the networks, which it takes from these subnets; those here are an example. */
  readonly subnets?: Subnets;
}

/** Pods by their labels, and by their namespace. */
interface Pods {
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A network in CIDR notation, and those inside of it that do not belong. */
interface Network {
  readonly cidr: string;
  readonly except?: readonly string[];
}

/** Those of the load balancer, those of the stores, or all of the account's network. */
export type Subnets = 'public' | 'data' | 'all';

/** The network of the account, as an example. */
export const EXAMPLE_NETWORK: Network = { cidr: '10.0.0.0/16' };

/** Where EKS takes the addresses of Services from, unless the network itself is in 172.16.0.0/12. */
export const CLUSTER_SERVICES = '172.20.0.0/16';

/** Somewhere in subnets that Terraform knows. */
export function inSubnets(subnets: Subnets, ports: readonly number[]): Place {
  return { pods: [], networks: [EXAMPLE_NETWORK], ports, subnets };
}

/** In the pods of a namespace. */
export function inNamespace(namespace: string, ports: readonly number[]): Place {
  return { pods: [{ namespace }], networks: [], ports };
}

/** Nowhere, until an operator says where. */
export function nowhere(ports: readonly number[]): Place {
  return { pods: [], networks: [], ports };
}
