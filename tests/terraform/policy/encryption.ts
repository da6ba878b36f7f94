import { at, items, walk, type Json, type Plan, type Resource } from '../support/plan';
import { statements } from '../support/policies';
import { PROD, type Rule } from './rule';

/** How the providers spell the argument that takes a key. */
const KEY_ARGUMENT = /(^|_)kms_(master_)?key(_id|_arn)?$/;

/** Where the key stands in a block, which is not there at all when nobody wrote it. */
const KEY_IN_BLOCK: Readonly<Record<string, string>> = {
  aws_eks_cluster: 'encryption_config.0.provider.0.key_arn',
  aws_launch_template: 'block_device_mappings.0.ebs.0.kms_key_id',
  aws_opensearch_domain: 'encrypt_at_rest.0.kms_key_id',
  aws_msk_cluster: 'encryption_info.0.encryption_at_rest_kms_key_arn',
  aws_ecr_repository: 'encryption_configuration.0.kms_key',
  aws_instance: 'root_block_device.0.kms_key_id',
  aws_networkfirewall_firewall: 'encryption_configuration.0.key_id',
  aws_networkfirewall_firewall_policy: 'encryption_configuration.0.key_id',
  aws_networkfirewall_rule_group: 'encryption_configuration.0.key_id',
};

/** Keys are not encrypted, and these say nothing of what they hold. */
const NOT_STORES = ['aws_kms_key', 'aws_kms_alias'];

/** The one exception, which takes no key: Elastic Load Balancing writes its access log with SSE-S3 alone. */
const LOAD_BALANCER_LOGS =
  /^module\.edge(\[0\])?\.aws_s3_bucket_server_side_encryption_configuration\.load_balancer_logs$/;

/** Arguments with a key for something that is off, by type. */
const OFF: Readonly<Record<string, RegExp>> = {};

function keyPlaces({ address, type, values }: Resource): readonly (readonly [path: string, value: Json])[] {
  if (NOT_STORES.includes(type) || LOAD_BALANCER_LOGS.test(address)) return [];
  const block = KEY_IN_BLOCK[type];
  const inBlock: readonly (readonly [string, Json])[] =
    block === undefined ? [] : [[block, at(values, block) ?? null]];
  const arguments_ = [...walk(values)].filter(
    ([path]) => KEY_ARGUMENT.test(path) && path !== block && OFF[type]?.test(path) !== true,
  );
  return [...inBlock, ...arguments_];
}

/** Keys that this root makes; nothing else is a key of ours. */
function ownKeys(plan: Plan): ReadonlySet<Json | undefined> {
  return new Set(plan.of('aws_kms_key').flatMap(({ values }) => [values.arn, values.key_id]));
}

export const customerKeys: Rule = {
  name: 'whatever may be encrypted is encrypted with a key of ours',
  judges: (plan) => plan.resources.filter((resource) => keyPlaces(resource).length > 0),
  problem: (resource, plan) => {
    const own = ownKeys(plan);
    const wrong = keyPlaces(resource).filter(([, key]) => !own.has(key));
    return wrong.length === 0 ? undefined : `${wrong.map(([path]) => path).join(', ')}: no key of ours`;
  },
  mutation: {
    root: PROD,
    file: 'modules/vpc/flow-logs.tf',
    from: '  kms_key_id        = var.flow_log_kms_key_arn\n',
    to: '',
    finds: 'module.vpc.aws_cloudwatch_log_group.flow',
  },
};

export const encryptedVolumes: Rule = {
  name: 'volumes of nodes are encrypted gp3',
  judges: (plan) => plan.of('aws_launch_template'),
  problem: ({ values }) => {
    const disks = items(values.block_device_mappings).map((mapping) => at(mapping, 'ebs.0') ?? null);
    const good = disks.every((disk) => at(disk, 'encrypted') === 'true' && at(disk, 'volume_type') === 'gp3');
    return disks.length > 0 && good ? undefined : 'a volume is of another type, or not encrypted';
  },
  mutation: {
    root: PROD,
    file: 'modules/eks/nodes.tf',
    from: '      volume_type           = "gp3"',
    to: '      volume_type           = "gp2"',
    finds: 'module.eks.aws_launch_template.node["vllm-gpu"]',
  },
};

/** Switches of encryption, at rest and on the way: a key says nothing where it is off. */
const SWITCHES: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  aws_db_instance: { storage_encrypted: true },
  aws_ebs_volume: { encrypted: true },
  aws_instance: { 'root_block_device.0.encrypted': true },
  aws_msk_cluster: {
    'encryption_info.0.encryption_in_transit.0.client_broker': 'TLS',
    'encryption_info.0.encryption_in_transit.0.in_cluster': true,
  },
  aws_opensearch_domain: {
    'encrypt_at_rest.0.enabled': true,
    'node_to_node_encryption.0.enabled': true,
    'domain_endpoint_options.0.enforce_https': true,
  },
};

export const encryptionIsOn: Rule = {
  name: 'stores and volumes are encrypted, and what they say on the way',
  judges: (plan) => plan.of(...Object.keys(SWITCHES)),
  problem: ({ type, values }) => {
    const off = Object.entries(SWITCHES[type] ?? {}).filter(([path, on]) => at(values, path) !== on);
    return off.length === 0 ? undefined : `not so: ${off.map(([path]) => path).join(', ')}`;
  },
  mutation: {
    root: PROD,
    file: 'modules/database/main.tf',
    from: '  storage_encrypted     = true\n',
    to: '  storage_encrypted     = false\n',
    finds: 'module.database.aws_db_instance.this',
  },
};

export const rotatedKeys: Rule = {
  name: 'keys rotate',
  judges: (plan) => plan.of('aws_kms_key'),
  problem: ({ values }) =>
    values.enable_key_rotation === true ? undefined : 'it keeps its material for ever',
  mutation: {
    root: PROD,
    file: 'modules/kms-key/main.tf',
    from: 'enable_key_rotation     = true',
    to: 'enable_key_rotation     = false',
    finds: 'module.key["secrets"].aws_kms_key.this',
  },
};

/** On its way to a queue or a topic EventBridge tells KMS neither its account nor its rule: a condition on them is never met. */
export const eventsGetThrough: Rule = {
  name: 'events reach encrypted queues: their key admits EventBridge without a condition on where they come from',
  judges: (plan) => [
    ...new Set(
      statements(plan)
        .filter(
          ({ resource, principals }) =>
            resource.type === 'aws_kms_key' && principals.includes('events.amazonaws.com'),
        )
        .map(({ resource }) => resource),
    ),
  ],
  problem: (resource, plan) =>
    statements(plan).some(
      (statement) =>
        statement.resource === resource &&
        statement.principals.includes('events.amazonaws.com') &&
        JSON.stringify(statement.conditions).includes('"aws:Source'),
    )
      ? 'nothing gets through'
      : undefined,
  mutation: {
    root: PROD,
    file: 'environments/prod/cloud/keys.tf',
    from: 'Events = { service = "events.amazonaws.com" }',
    to: 'Events = { service = "events.amazonaws.com", conditions = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } } }',
    finds: 'module.key["messages"].aws_kms_key.this',
  },
};
