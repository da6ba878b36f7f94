import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { airflowPeerNames, airflowPeers } from '../platform/airflow';
import { peerNames, peerRecord } from '../platform/peers';
import { CLUSTER_SERVICES, type Place, type Subnets } from '../platform/places';
import { services } from '../platform/services';
import { valuesKey } from '../platform/model';
import { CIDR, type Json, line, lines } from '../engine';

/**
 * What AWS decides about a release: the outputs of `terraform/environments/ENV/cloud`, and the values that they become.
 * Every output of this table is there in every environment; an empty text or list is one that AWS does not decide there.
 */
export interface Output<S extends TSchema = TSchema> {
  readonly name: string;
  /** What Terraform gives where it decides. */
  readonly schema: S;
  /** Whether an environment may do without, and what the value is then: empty too, or what it was. */
  readonly empty: 'refused' | 'written' | 'left out';
  /** What the output becomes, by the path of the value; maps merge. */
  readonly values: Readonly<Record<string, (given: Static<S>) => Json>>;
}

/** The identity: what becomes of an output knows its type. A row is only ever given what its own schema let through. */
function output<const S extends TSchema>(row: Output<S>): Output {
  return row;
}

const BUCKET = '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$';
const HOST = '([a-z0-9]([-a-z0-9]*[a-z0-9])?\\.)+[a-z]{2,}';

const bucket = (description: string, example: string): ReturnType<typeof line> =>
  line(description, { pattern: BUCKET, examples: [example] });
const networks = (description: string): ReturnType<typeof lines> => lines(description, { pattern: CIDR });

const role = line('', {
  pattern: '^arn:aws[a-z-]*:iam::[0-9]{12}:role/[\\w+=,.@/-]+$',
  examples: ['arn:aws:iam::123456789012:role/medkg-prod-ingest'],
});

/** Networks as the ends of a peer. */
const blocks = (cidrs: readonly string[]): Json => cidrs.map((cidr) => ({ cidr, except: [] }));

/** The peers that are in these subnets, and what Airflow alone calls there. */
function placesIn(subnets: Subnets): Record<string, typeof blocks> {
  const within = <N extends string>(
    path: string,
    names: readonly N[],
    placeOf: (name: N) => Place,
  ): string[] =>
    names.filter((name) => placeOf(name).subnets === subnets).map((name) => `${path}.${name}.blocks`);
  const paths = [
    ...within('network.peers', peerNames, peerRecord),
    ...within('airflow.peers', airflowPeerNames, (name) => airflowPeers[name]),
  ];
  return Object.fromEntries(paths.map((path) => [path, blocks]));
}

const same = <T>(value: T): T => value;

const ALB = 'alb.ingress.kubernetes.io';
const ROLE = 'eks.amazonaws.com/role-arn';

export const outputs: readonly Output[] = [
  output({
    name: 'opensearch_url',
    schema: line('Address of OpenSearch', {
      pattern: `^https://${HOST}(:[0-9]+)?$`,
      examples: ['https://vpc-medkg-prod-abc123.us-east-1.es.amazonaws.com'],
    }),
    empty: 'refused',
    values: { 'external.opensearchUrl': same },
  }),
  output({
    name: 'neo4j_uri',
    schema: line('Address of Neo4j', {
      pattern: `^(neo4j|bolt)(\\+s|\\+ssc)?://${HOST}(:[0-9]+)?$`,
      examples: ['neo4j+s://neo4j.medkg.internal:7687'],
    }),
    empty: 'refused',
    values: { 'external.neo4jUri': same },
  }),
  output({
    name: 'kafka_bootstrap_brokers',
    schema: line('Brokers of Kafka, with their ports for IAM', {
      pattern: `^${HOST}:[0-9]+(,${HOST}:[0-9]+)*$`,
      examples: ['b-1.medkg.abc123.c2.kafka.us-east-1.amazonaws.com:9098'],
    }),
    empty: 'written',
    values: { 'external.kafkaBrokers': same },
  }),
  output({
    name: 'artifacts_bucket',
    schema: bucket('Name of the bucket for artifacts', 'medkg-prod-artifacts'),
    empty: 'refused',
    values: { 'external.objectStoreUri': (name) => `s3://${name}` },
  }),
  output({
    name: 'api_host',
    schema: line('Name under which the api is reached', {
      pattern: `^${HOST}$`,
      maxLength: 253,
      examples: ['api.example.org'],
    }),
    empty: 'left out',
    values: { 'ingress.host': same },
  }),
  output({
    name: 'certificate_arn',
    schema: line('Certificate of that name', {
      pattern: '^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/[A-Za-z0-9-]+$',
      examples: ['arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d'],
    }),
    empty: 'written',
    values: { 'ingress.alb.certificateArn': same },
  }),
  output({
    name: 'waf_acl_arn',
    schema: line('Web ACL in front of the api', {
      pattern: '^arn:aws[a-z-]*:wafv2:[a-z0-9-]+:[0-9]{12}:regional/webacl/[A-Za-z0-9/_-]+$',
      examples: ['arn:aws:wafv2:us-east-1:123456789012:regional/webacl/medkg-prod/0a1b2c3d'],
    }),
    empty: 'written',
    values: { 'ingress.alb.wafAclArn': same },
  }),
  output({
    name: 'load_balancer_security_group_id',
    schema: line(
      'Security group of the load balancer, in place of one that the controller makes of inboundCidrs',
      {
        pattern: '^sg-[0-9a-f]{8,17}$',
        examples: ['sg-0a1b2c3d4e5f60718'],
      },
    ),
    empty: 'left out',
    values: {
      'ingress.annotations': (id) => ({
        [`${ALB}/security-groups`]: id,
        // Otherwise nothing would let the load balancer through to the pods.
        [`${ALB}/manage-backend-security-group-rules`]: 'true',
      }),
    },
  }),
  output({
    name: 'load_balancer_log_bucket',
    schema: bucket('Bucket for the access log of the load balancer', 'medkg-prod-load-balancer-logs'),
    empty: 'left out',
    values: {
      'ingress.annotations': (name) => ({
        [`${ALB}/load-balancer-attributes`]: `access_logs.s3.enabled=true,access_logs.s3.bucket=${name}`,
      }),
    },
  }),
  output({
    name: 'load_balancer_cidrs',
    schema: networks('Networks of the load balancer: the public subnets'),
    empty: 'refused',
    values: placesIn('public'),
  }),
  output({
    name: 'data_cidrs',
    schema: networks('Networks of the stores: the data subnets'),
    empty: 'refused',
    values: placesIn('data'),
  }),
  output({
    name: 'vpc_cidrs',
    schema: networks('The whole network, for what Terraform does not run itself'),
    empty: 'refused',
    values: {
      ...placesIn('all'),
      'airflow.peers.kubernetes.blocks': (cidrs) => blocks([...cidrs, CLUSTER_SERVICES]),
    },
  }),
  output({
    name: 'service_role_arns',
    schema: Type.Unsafe<Readonly<Record<string, string>>>(
      Type.Object(Object.fromEntries(services.map(({ name }) => [name, Type.Optional(role)])), {
        additionalProperties: false,
        description: 'Roles by service with IRSA, for their accounts; none with Pod Identity',
      }),
    ),
    empty: 'left out',
    values: { services: rolesOf },
  }),
  output({
    name: 'sts_cidrs',
    schema: networks('With IRSA the networks of the endpoint of STS; none with Pod Identity'),
    empty: 'left out',
    values: { 'network.peers.aws.blocks': blocks, 'network.peers.aws.ports': () => [443] },
  }),
  output({
    name: 'image_registry',
    schema: line('Registry in the account that all images are mirrored to', {
      pattern: '^[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9.-]+(/[a-z0-9._/-]+)?$',
      examples: ['123456789012.dkr.ecr.us-east-1.amazonaws.com/mirror'],
    }),
    empty: 'left out',
    values: { 'global.imageRegistry': same },
  }),
];

function rolesOf(arns: Readonly<Record<string, string>>): Json {
  return Object.fromEntries(
    Object.entries(arns).map(([service, arn]) => [
      valuesKey(service),
      { serviceAccount: { annotations: { [ROLE]: arn } } },
    ]),
  );
}
