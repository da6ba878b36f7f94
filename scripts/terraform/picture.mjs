/**
 * Draws docs/terraform-network.md from the plan of prod: the subnets with their ways, and who lets whom in.
 *
 *   npm run terraform:check -- prod picture        makes the plan, and says whether the page is stale
 *   node scripts/terraform/picture.mjs PLAN.json   writes the page
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repository } from './layout.mjs';

export const PAGE = join(repository, 'docs/terraform-network.md');
/** The root whose plan is drawn. */
export const PICTURED = 'environments/prod/cloud';

/** The page as it should be. */
export function drawn(file) {
  const { resource_changes: changes } = JSON.parse(readFileSync(file, 'utf8'));
  const resources = changes
    .filter(({ mode, change }) => mode === 'managed' && change.after !== null)
    .map(({ address, type, change }) => ({ address, type, ...change.after }));
  const of = (type) => resources.filter((one) => one.type === type);
  return [
    '<!-- Made by scripts/terraform/picture.mjs from the plan of prod. -->',
    '',
    '# The network of prod',
    '',
    '## Subnets, and where they lead',
    '',
    'An arrow is a route. Within the network everything reaches everything by routes: security groups say who may talk.',
    '',
    fence(ways(of)),
    '',
    '## Who lets whom in',
    '',
    'An arrow is a rule of a security group, with its ports. What has no arrow to it lets nobody in. What the load balancer',
    'controller adds in the cluster (load balancer to pods) is no part of Terraform; between pods the policies of the chart',
    'decide. Whatever bears the group of the cluster reaches everything else that bears it, by a rule that EKS makes.',
    '',
    fence(doors(of)),
    '',
  ].join('\n');
}

function fence(lines) {
  return ['```mermaid', ...lines, '```'].join('\n');
}

// ---- routes

function ways(of) {
  const subnets = of('aws_subnet');
  const zones = unique(subnets.map((subnet) => subnet.availability_zone));
  const inZone = (zone) =>
    subnets
      .filter((subnet) => subnet.availability_zone === zone)
      .sort(by((subnet) => subnet.tags.Tier))
      .map((subnet) => `    ${subnetName(subnet)}["${subnet.tags.Tier}<br/>${subnet.cidr_block}"]`);
  return [
    'flowchart LR',
    ...zones.flatMap((zone) => [`  subgraph ${word(zone)}["${zone}"]`, ...inZone(zone), '  end']),
    '  internet((internet))',
    '  s3[(S3)]',
    ...unique([...routed(of), ...gateways(of)]),
  ];
}

/** An arrow for each route of each subnet. */
function routed(of) {
  return of('aws_subnet')
    .flatMap((subnet) =>
      routesOf(subnet, of).map((route) => {
        const to = target(route, of);
        return to === undefined
          ? undefined
          : `  ${subnetName(subnet)} -->|"${route.destination_cidr_block}"| ${to}`;
      }),
    )
    .filter((line) => line !== undefined)
    .sort();
}

function routesOf(subnet, of) {
  const tables = of('aws_route_table_association')
    .filter((association) => association.subnet_id === subnet.id)
    .map((association) => association.route_table_id);
  return of('aws_route').filter((route) => tables.includes(route.route_table_id));
}

/** Where a route leads: the internet, or the subnet of a NAT gateway or of a firewall. */
function target(route, of) {
  const standing = (id) => subnetName(of('aws_subnet').find((subnet) => subnet.id === id));
  if (of('aws_internet_gateway').some(({ id }) => id === route.gateway_id)) return 'internet';
  const nat = of('aws_nat_gateway').find(({ id }) => id === route.nat_gateway_id);
  if (nat !== undefined) return standing(nat.subnet_id);
  const firewall = of('aws_networkfirewall_firewall').find((one) =>
    JSON.stringify(one.firewall_status).includes(`"${route.vpc_endpoint_id}"`),
  );
  if (firewall !== undefined) return standing(firewall.subnet_mapping[0].subnet_id);
  throw new Error(`${route.address} leads to something that this picture does not know`);
}

/** Gateway endpoints hang on route tables. */
function gateways(of) {
  const tables = of('aws_vpc_endpoint')
    .filter((endpoint) => endpoint.vpc_endpoint_type === 'Gateway')
    .flatMap((endpoint) => endpoint.route_table_ids ?? []);
  return of('aws_subnet')
    .filter((subnet) =>
      of('aws_route_table_association').some(
        (one) => one.subnet_id === subnet.id && tables.includes(one.route_table_id),
      ),
    )
    .map((subnet) => `  ${subnetName(subnet)} -.-> s3`)
    .sort();
}

function subnetName(subnet) {
  return word(`${subnet.tags.Tier}-${subnet.availability_zone}`);
}

// ---- security groups

function doors(of) {
  const groups = groupNames(of);
  const arrows = unique(
    of('aws_vpc_security_group_ingress_rule')
      .map((rule) => {
        const from = rule.referenced_security_group_id
          ? groups.get(rule.referenced_security_group_id)
          : sourceName(rule.cidr_ipv4, of);
        const to = groups.get(rule.security_group_id);
        if (from === undefined || to === undefined)
          throw new Error(`${rule.address}: a group that this picture does not know`);
        return { from, to, ports: portsOf(rule) };
      })
      .map((arrow) => JSON.stringify(arrow))
      .sort(),
  ).map((text) => JSON.parse(text));
  const pairs = unique(arrows.map(({ from, to }) => JSON.stringify([from, to]))).map((text) =>
    JSON.parse(text),
  );
  const ends = unique([...arrows.flatMap(({ from, to }) => [from, to]), ...groups.values()]).sort();
  return [
    'flowchart LR',
    ...ends.map((end) => `  ${word(end)}["${end}"]`),
    ...pairs.map(([from, to]) => {
      const ports = arrows
        .filter((arrow) => arrow.from === from && arrow.to === to)
        .map((arrow) => arrow.ports);
      return `  ${word(from)} -->|"${ports.join(', ')}"| ${word(to)}`;
    }),
  ];
}

/** Names by the ids that rules use. */
function groupNames(of) {
  return new Map([
    ...of('aws_security_group').map(({ id, tags }) => [id, tags.Name]),
    ...of('aws_eks_cluster').map(({ name, vpc_config: [{ cluster_security_group_id: id }] }) => [
      id,
      `${name} (control plane, nodes, pods)`,
    ]),
  ]);
}

function sourceName(cidr, of) {
  if (cidr === '0.0.0.0/0') return 'internet';
  if (of('aws_vpc').some(({ cidr_block: whole }) => whole === cidr)) return 'the whole network';
  const subnet = of('aws_subnet').find(({ cidr_block: range }) => range === cidr);
  return subnet === undefined ? cidr : `${subnet.tags.Tier} subnets`;
}

function portsOf({ ip_protocol: protocol, from_port: from, to_port: to }) {
  if (protocol === '-1') return 'everything';
  return `${protocol} ${from === to ? from : `${from}-${to}`}`;
}

// ---- small things

function word(text) {
  return text.replace(/[^A-Za-z0-9]+/g, '_');
}

function unique(list) {
  return [...new Set(list)];
}

function by(key) {
  return (one, other) => (key(one) < key(other) ? -1 : 1);
}

/** Whether the page shows what the plan makes. */
export function pictureIsFresh(file) {
  return existsSync(PAGE) && readFileSync(PAGE, 'utf8') === drawn(file);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) writeFileSync(PAGE, drawn(process.argv[2]));
