import { at, items, type Json, type Plan, type Resource } from '../support/plan';
import { PROD, type Rule } from './rule';

/** Ranges wider than any network of ours are the internet, in whatever halves it is written. */
function isEverywhere(cidr: Json): boolean {
  const [network = '', bits = '128'] = (typeof cidr === 'string' ? cidr : '').split('/');
  return network !== '' && Number(bits) < (network.includes(':') ? 16 : 8);
}

export const addressesOfNat: Rule = {
  name: 'public addresses belong to NAT gateways',
  judges: (plan) => plan.of('aws_eip'),
  problem: ({ values }, plan) =>
    plan.of('aws_nat_gateway').some((nat) => nat.values.allocation_id === values.id)
      ? undefined
      : 'no NAT gateway has this address',
  mutation: {
    root: PROD,
    file: 'modules/vpc/main.tf',
    from: 'allocation_id = aws_eip.nat[each.key].id',
    to: 'allocation_id = "eipalloc-0"',
    finds: 'module.vpc.aws_eip.nat["us-east-1a"]',
  },
};

export const subnetsWithoutAddresses: Rule = {
  name: 'no subnet gives public addresses',
  judges: (plan) => plan.of('aws_subnet'),
  problem: ({ values }) =>
    values.map_public_ip_on_launch === false ? undefined : 'what starts here gets a public address',
  mutation: {
    root: PROD,
    file: 'modules/vpc/main.tf',
    from: 'cidr_block              = each.value.data\n  map_public_ip_on_launch = false',
    to: 'cidr_block              = each.value.data\n  map_public_ip_on_launch = true',
    finds: 'module.vpc.aws_subnet.data["us-east-1a"]',
  },
};

/** Where a kind of resource says whether it is to be seen from the internet. */
const PUBLIC: Readonly<Record<string, (values: Resource['values']) => Json | undefined>> = {
  aws_instance: (values) => at(values, 'associate_public_ip_address'),
  aws_launch_template: (values) =>
    items(values.network_interfaces).some((card) => at(card, 'associate_public_ip_address') === 'true'),
  aws_db_instance: (values) => values.publicly_accessible,
  aws_lb: (values) => values.internal !== true,
  aws_msk_cluster: (values) =>
    (at(values, 'broker_node_group_info.0.connectivity_info.0.public_access.0.type') ?? 'DISABLED') !==
    'DISABLED',
};

export const nothingPublic: Rule = {
  name: 'nothing that runs is public',
  judges: (plan) => plan.of(...Object.keys(PUBLIC)),
  problem: ({ type, values }) => (PUBLIC[type]?.(values) === true ? 'it has a public address' : undefined),
  mutation: {
    root: PROD,
    file: 'modules/eks/nodes.tf',
    from: '  monitoring {\n    enabled = true\n  }\n',
    to: '  monitoring {\n    enabled = true\n  }\n  network_interfaces {\n    associate_public_ip_address = true\n  }\n',
    finds: 'module.eks.aws_launch_template.node["general"]',
  },
};

export const closedIngress: Rule = {
  name: 'the internet comes in by HTTPS of the load balancer alone',
  judges: (plan) =>
    plan
      .of(
        'aws_vpc_security_group_ingress_rule',
        'aws_security_group',
        'aws_default_security_group',
        'aws_security_group_rule',
      )
      .filter(({ values }) => values.type !== 'egress'),
  problem: ({ values }, plan) => {
    const doors = Array.isArray(values.ingress) ? items(values.ingress) : [values];
    const open = doors.filter((door) => sourcesOf(door).some(isEverywhere));
    return open.every((door) => isHttps(door) && isLoadBalancer(values, plan))
      ? undefined
      : 'everybody may come in';
  },
  mutation: {
    root: PROD,
    file: 'modules/vpc/endpoints.tf',
    from: 'cidr_ipv4         = aws_vpc.this.cidr_block',
    to: 'cidr_ipv4         = "128.0.0.0/1"',
    finds: 'module.vpc.aws_vpc_security_group_ingress_rule.endpoints',
  },
};

function sourcesOf(door: Json): readonly Json[] {
  const single = [at(door, 'cidr_ipv4'), at(door, 'cidr_ipv6')].filter((cidr) => cidr !== undefined);
  return [...single, ...items(at(door, 'cidr_blocks')), ...items(at(door, 'ipv6_cidr_blocks'))];
}

function isHttps(door: Json): boolean {
  return at(door, 'from_port') === 443 && at(door, 'to_port') === 443;
}

/** The group of the public load balancer says so in a tag. */
function isLoadBalancer(values: Resource['values'], plan: Plan): boolean {
  const group = plan.of('aws_security_group').find(({ values: { id } }) => id === values.security_group_id);
  return at(group?.values ?? values, 'tags.Purpose') === 'public-load-balancer';
}

export const closedApi: Rule = {
  name: 'the API of a cluster answers the network, and outside of it named addresses',
  judges: (plan) => plan.of('aws_eks_cluster'),
  problem: ({ values }) => {
    if (at(values, 'vpc_config.0.endpoint_private_access') !== true)
      return 'nodes reach it over the internet';
    const open = at(values, 'vpc_config.0.endpoint_public_access') === true;
    const addresses = items(at(values, 'vpc_config.0.public_access_cidrs'));
    return open && (addresses.length === 0 || addresses.some(isEverywhere))
      ? 'everybody may call it'
      : undefined;
  },
  mutation: {
    root: PROD,
    file: 'modules/eks/main.tf',
    from: 'endpoint_private_access = true',
    to: 'endpoint_private_access = false',
    finds: 'module.eks.aws_eks_cluster.this',
  },
};

export const dataWithoutWayOut: Rule = {
  name: 'data subnets have no way out',
  judges: (plan) => plan.of('aws_subnet').filter(({ values }) => at(values, 'tags.Tier') === 'data'),
  problem: ({ values }, plan) => {
    const tables = plan
      .of('aws_route_table_association')
      .filter((association) => association.values.subnet_id === values.id)
      .map((association) => association.values.route_table_id);
    if (tables.length !== 1) return 'it has no route table of its own, so that of the network holds';
    const ways = plan.of('aws_route').filter((route) => tables.includes(route.values.route_table_id ?? null));
    return ways.length === 0
      ? undefined
      : `there is a way out: ${ways.map(({ address }) => address).join(', ')}`;
  },
  mutation: {
    root: PROD,
    file: 'modules/vpc/routes.tf',
    from: 'resource "aws_route_table" "data" {',
    to: `resource "aws_route" "leak" {
  route_table_id         = aws_route_table.data.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this.id
}

resource "aws_route_table" "data" {`,
    finds: 'module.vpc.aws_subnet.data["us-east-1b"]',
  },
};
