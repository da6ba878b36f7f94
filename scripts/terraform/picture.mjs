/**
 * Draws docs/terraform-network.md from the plan of prod: the subnets with their ways, and who lets whom in.
 *
 *   npm run terraform:check -- prod picture        makes the plan, and says whether the page is stale
 *   node scripts/terraform/picture.mjs PLAN.json   writes the page
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseJson, readJson } from '../support/json.mjs';
import { repository } from './layout.mjs';

/**
 * What we read of resources, by their type.
 * @typedef {object} Types
 * @property {{ cidr_block: string }} aws_vpc
 * @property {Subnet} aws_subnet
 * @property {{ subnet_id: string, route_table_id: string }} aws_route_table_association
 * @property {Route} aws_route
 * @property {{ id: string }} aws_internet_gateway
 * @property {{ id: string, subnet_id: string }} aws_nat_gateway
 * @property {{ firewall_status: unknown, subnet_mapping: [{ subnet_id: string }] }} aws_networkfirewall_firewall
 * @property {{ vpc_endpoint_type: string, route_table_ids: string[] | null }} aws_vpc_endpoint
 * @property {{ id: string, tags: { Name: string } }} aws_security_group
 * @property {{ name: string, vpc_config: [{ cluster_security_group_id: string }] }} aws_eks_cluster
 * @property {Rule} aws_vpc_security_group_ingress_rule
 *
 * @typedef {{ id: string, availability_zone: string, cidr_block: string, tags: { Tier: string } }} Subnet
 *
 * @typedef {object} Route
 * @property {string} address
 * @property {string} route_table_id
 * @property {string} destination_cidr_block
 * @property {string} gateway_id
 * @property {string} nat_gateway_id
 * @property {string} vpc_endpoint_id
 *
 * @typedef {object} Rule
 * @property {string} address
 * @property {string} security_group_id
 * @property {string | null} referenced_security_group_id
 * @property {string} cidr_ipv4
 * @property {string} ip_protocol
 * @property {number} from_port
 * @property {number} to_port
 *
 * @typedef {<T extends keyof Types>(type: T) => Types[T][]} Of gives the resources of a type
 *
 * @typedef {{ from: string, to: string, ports: string }} Arrow
 * @typedef {{ address: string, mode: string, type: string, change: { after: object | null } }} Change
 */

export const PAGE = join(repository, 'docs/terraform-network.md');
/** The root whose plan is drawn. */
export const PICTURED = 'environments/prod/cloud';

/**
 * The page as it should be.
 * @param {string} file the plan as JSON
 */
export function drawn(file) {
  // As Terraform documents a plan.
  const { resource_changes: changes } = /** @type {{ resource_changes: Change[] }} */ (readJson(file));
  const resources = changes
    .filter(({ mode, change }) => mode === 'managed' && change.after !== null)
    .map(({ address, type, change }) => ({ address, type, ...change.after }));
  /** @type {Of} */
  const of = (type) => {
    /** @type {unknown[]} */
    const found = resources.filter((one) => one.type === type);
    // What a resource of a type has is said by the schema of the provider, by which Terraform planned it.
    return /** @type {Types[typeof type][]} */ (found);
  };
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

/** @param {string[]} lines */
function fence(lines) {
  return ['```mermaid', ...lines, '```'].join('\n');
}

// ---- routes

/** @param {Of} of */
function ways(of) {
  const subnets = of('aws_subnet');
  const zones = unique(subnets.map((subnet) => subnet.availability_zone));
  const inZone = (/** @type {string} */ zone) =>
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

/**
 * An arrow for each route of each subnet.
 * @param {Of} of
 */
function routed(of) {
  return of('aws_subnet')
    .flatMap((subnet) =>
      routesOf(subnet, of).map(
        (route) => `  ${subnetName(subnet)} -->|"${route.destination_cidr_block}"| ${target(route, of)}`,
      ),
    )
    .sort();
}

/**
 * @param {Subnet} subnet
 * @param {Of} of
 */
function routesOf(subnet, of) {
  const tables = of('aws_route_table_association')
    .filter((association) => association.subnet_id === subnet.id)
    .map((association) => association.route_table_id);
  return of('aws_route').filter((route) => tables.includes(route.route_table_id));
}

/**
 * Where a route leads: the internet, or the subnet of a NAT gateway or of a firewall.
 * @param {Route} route
 * @param {Of} of
 */
function target(route, of) {
  const standing = (/** @type {string} */ id) => {
    const subnet = of('aws_subnet').find((one) => one.id === id);
    if (subnet === undefined)
      throw new Error(`${route.address} leads to a subnet that this picture does not know`);
    return subnetName(subnet);
  };
  if (of('aws_internet_gateway').some(({ id }) => id === route.gateway_id)) return 'internet';
  const nat = of('aws_nat_gateway').find(({ id }) => id === route.nat_gateway_id);
  if (nat !== undefined) return standing(nat.subnet_id);
  const firewall = of('aws_networkfirewall_firewall').find((one) =>
    JSON.stringify(one.firewall_status).includes(`"${route.vpc_endpoint_id}"`),
  );
  if (firewall !== undefined) return standing(firewall.subnet_mapping[0].subnet_id);
  throw new Error(`${route.address} leads to something that this picture does not know`);
}

/**
 * Gateway endpoints hang on route tables.
 * @param {Of} of
 */
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

/** @param {Subnet} subnet */
function subnetName(subnet) {
  return word(`${subnet.tags.Tier}-${subnet.availability_zone}`);
}

// ---- security groups

/** @param {Of} of */
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
  ).map((text) => /** @type {Arrow} */ (parseJson(text)));
  const pairs = unique(arrows.map(({ from, to }) => JSON.stringify([from, to]))).map(
    (text) => /** @type {[from: string, to: string]} */ (parseJson(text)),
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

/**
 * Names by the ids that rules use.
 * @param {Of} of
 */
function groupNames(of) {
  const names = new Map(of('aws_security_group').map(({ id, tags }) => [id, tags.Name]));
  for (const { name, vpc_config } of of('aws_eks_cluster'))
    names.set(vpc_config[0].cluster_security_group_id, `${name} (control plane, nodes, pods)`);
  return names;
}

/**
 * @param {string} cidr
 * @param {Of} of
 */
function sourceName(cidr, of) {
  if (cidr === '0.0.0.0/0') return 'internet';
  if (of('aws_vpc').some(({ cidr_block: whole }) => whole === cidr)) return 'the whole network';
  const subnet = of('aws_subnet').find(({ cidr_block: range }) => range === cidr);
  return subnet === undefined ? cidr : `${subnet.tags.Tier} subnets`;
}

/** @param {Rule} rule */
function portsOf({ ip_protocol: protocol, from_port: from, to_port: to }) {
  if (protocol === '-1') return 'everything';
  return `${protocol} ${from === to ? from : `${from}-${to}`}`;
}

// ---- small things

/** @param {string} text */
function word(text) {
  return text.replace(/[^A-Za-z0-9]+/g, '_');
}

/** @param {string[]} list */
function unique(list) {
  return [...new Set(list)];
}

/**
 * @template T
 * @param {(item: T) => string} key
 * @returns {(one: T, other: T) => number}
 */
function by(key) {
  return (one, other) => (key(one) < key(other) ? -1 : 1);
}

/**
 * Whether the page shows what the plan makes.
 * @param {string} file the plan as JSON
 */
export function pictureIsFresh(file) {
  return existsSync(PAGE) && readFileSync(PAGE, 'utf8') === drawn(file);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , plan] = process.argv;
  if (plan === undefined) throw new Error('usage: node scripts/terraform/picture.mjs PLAN.json');
  writeFileSync(PAGE, drawn(plan));
}
