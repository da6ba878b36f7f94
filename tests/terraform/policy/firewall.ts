import { at, texts, walk, type Json, type Plan, type Resource } from '../support/plan';
import { PROD, type Rule } from './rule';

/** The route table of a subnet, and the table's way to a range. */
function wayFrom(subnet: Json | undefined, range: Json | undefined, plan: Plan): Resource | undefined {
  const table = plan
    .of('aws_route_table_association')
    .find(({ values }) => subnet !== undefined && values.subnet_id === subnet)?.values.route_table_id;
  return plan
    .of('aws_route')
    .find(({ values }) => values.route_table_id === table && values.destination_cidr_block === range);
}

function zoneOf(subnet: Json | undefined, plan: Plan): Json | undefined {
  return plan.of('aws_subnet').find(({ values }) => values.id === subnet)?.values.availability_zone;
}

/** Where the endpoint of a firewall stands. */
function subnetOf(endpoint: Json, plan: Plan): Json | undefined {
  const firewall = plan
    .of('aws_networkfirewall_firewall')
    .find(({ values }) => [...walk(values.firewall_status ?? null)].some(([, value]) => value === endpoint));
  return at(firewall?.values ?? null, 'subnet_mapping.0.subnet_id');
}

export const bothWaysThroughFirewalls: Rule = {
  name: 'private subnets go out and come back through the firewall of their zone',
  judges: (plan) =>
    plan.of('aws_networkfirewall_firewall').length === 0
      ? []
      : plan.of('aws_subnet').filter(({ values }) => at(values, 'tags.Tier') === 'private'),
  problem: ({ values }, plan) => {
    const endpoint = wayFrom(values.id, '0.0.0.0/0', plan)?.values.vpc_endpoint_id ?? null;
    if (endpoint === null) return 'it goes out past the firewall';
    const firewall = subnetOf(endpoint, plan);
    if (zoneOf(firewall, plan) !== values.availability_zone) return 'it goes out through another zone';
    const nat = wayFrom(firewall, '0.0.0.0/0', plan)?.values.nat_gateway_id;
    const gateway = plan.of('aws_nat_gateway').find((one) => nat !== undefined && one.values.id === nat);
    if (zoneOf(gateway?.values.subnet_id, plan) !== values.availability_zone)
      return 'the firewall leads to no NAT gateway of the zone';
    const back = wayFrom(gateway?.values.subnet_id, values.cidr_block, plan)?.values.vpc_endpoint_id;
    return back === endpoint ? undefined : 'it does not come back through the endpoint it went out by';
  },
  mutation: {
    root: PROD,
    file: 'modules/egress/routes.tf',
    from: 'destination_cidr_block = each.value.private_cidr\n  vpc_endpoint_id        = local.endpoints[each.key]',
    to: 'destination_cidr_block = each.value.private_cidr\n  vpc_endpoint_id        = values(local.endpoints)[0]',
    finds: 'module.vpc.aws_subnet.private["us-east-1b"]',
  },
};

export const firewallsDrop: Rule = {
  name: 'firewalls drop and tell what no rule lets pass, and not before it has a name',
  judges: (plan) => plan.of('aws_networkfirewall_firewall_policy'),
  problem: ({ values }) => {
    const actions = texts(at(values, 'firewall_policy.0.stateful_default_actions'));
    const wanted = ['drop', 'alert'].map((what) => `aws:${what}_established_app_layer_to_server`);
    const differing = [
      ...wanted.filter((action) => !actions.includes(action)),
      ...actions.filter((action) => !wanted.includes(action)),
    ];
    return differing.length === 0 ? undefined : `${differing.join(', ')}: missing, or too much`;
  },
  mutation: {
    root: PROD,
    file: 'modules/egress/main.tf',
    from: '"aws:drop_established_app_layer_to_server"',
    to: '"aws:drop_strict"',
    finds: 'module.egress.aws_networkfirewall_firewall_policy.this',
  },
};

/** A rule for one host, and nothing else. */
const OF_ONE_HOST = /\((tls\.sni|http\.host); (dotprefix; )?content:"[a-z0-9.-]+"; /;

export const namedHosts: Rule = {
  name: 'firewalls let pass hosts by their names alone',
  judges: (plan) => plan.of('aws_networkfirewall_rule_group'),
  problem: ({ values }) => {
    const [all = ''] = texts(at(values, 'rule_group.0.rules_source.0.rules_string'));
    const rules = all.split('\n');
    const open = rules.filter((rule) => rule.startsWith('pass ') && !OF_ONE_HOST.test(rule));
    return open.length === 0 ? undefined : open.join('\n');
  },
  mutation: {
    root: PROD,
    file: 'modules/egress/rules.tf',
    from: 'drop tcp $HOME_NET any -> any ![80,443]',
    to: 'pass tcp $HOME_NET any -> any ![80,443]',
    finds: 'module.egress.aws_networkfirewall_rule_group.protocols',
  },
};
