import { at, items, texts } from '../support/plan';
import { PROD, type Rule } from './rule';

export const metadataByToken: Rule = {
  name: 'metadata of machines is for themselves, with a token',
  judges: (plan) => plan.of('aws_launch_template', 'aws_instance'),
  problem: ({ values }) => {
    if (at(values, 'metadata_options.0.http_tokens') !== 'required') return 'it answers without a token';
    return at(values, 'metadata_options.0.http_put_response_hop_limit') === 1 ? undefined : 'pods reach it';
  },
  mutation: {
    root: PROD,
    file: 'modules/eks/nodes.tf',
    from: 'http_tokens   = "required"',
    to: 'http_tokens   = "optional"',
    finds: 'module.eks.aws_launch_template.node["high-memory"]',
  },
};

export const taintedGpus: Rule = {
  name: 'nodes with GPUs carry the taint of their pool',
  judges: (plan) =>
    plan
      .of('aws_eks_node_group')
      .filter(({ values }) => texts(values.ami_type).some((type) => type.includes('NVIDIA'))),
  problem: ({ values }) =>
    items(values.taint).some(
      (taint) =>
        at(taint, 'key') === 'dedicated' &&
        at(taint, 'value') === values.node_group_name &&
        at(taint, 'effect') === 'NO_SCHEDULE',
    )
      ? undefined
      : 'anything may run there',
  mutation: {
    root: PROD,
    file: 'modules/eks/nodes.tf',
    from: 'for_each = each.value.taints\n',
    to: 'for_each = []\n',
    finds: 'module.eks.aws_eks_node_group.this["mineru-gpu"]',
  },
};

export const taggedByTemplates: Rule = {
  name: 'launch templates tag nodes, interfaces and volumes',
  judges: (plan) => plan.of('aws_launch_template'),
  problem: ({ values }) => {
    const tagged = items(values.tag_specifications)
      .filter((specification) => at(specification, 'tags.Environment') !== undefined)
      .map((specification) => at(specification, 'resource_type'));
    const missing = ['instance', 'network-interface', 'volume'].filter((kind) => !tagged.includes(kind));
    return missing.length === 0 ? undefined : `not tagged: ${missing.join(', ')}`;
  },
  mutation: {
    root: PROD,
    file: 'modules/eks/nodes.tf',
    from: 'for_each = ["instance", "network-interface", "volume"]',
    to: 'for_each = ["instance"]',
    finds: 'module.eks.aws_launch_template.node["splade-gpu"]',
  },
};

/** The stand-in makes up a key for every instance, so that only what stands in a template and on doors is judged. */
export const withoutSsh: Rule = {
  name: 'nobody logs in to a machine by SSH',
  judges: (plan) => plan.of('aws_launch_template', 'aws_vpc_security_group_ingress_rule', 'aws_key_pair'),
  problem: ({ type, values }) => {
    if (type === 'aws_key_pair') return 'it is a key for SSH';
    if (type !== 'aws_vpc_security_group_ingress_rule')
      return at(values, 'key_name') === undefined ? undefined : 'it knows a key for SSH';
    const [from, to] = [at(values, 'from_port') ?? 0, at(values, 'to_port') ?? 65_535];
    return Number(from) <= 22 && 22 <= Number(to) ? 'SSH comes in' : undefined;
  },
  mutation: {
    root: PROD,
    file: 'modules/neo4j/access.tf',
    from: `  from_port                    = 7687
  to_port                      = 7687
`,
    to: `  from_port                    = 22
  to_port                      = 7687
`,
    finds: 'module.neo4j.aws_vpc_security_group_ingress_rule.clients["nodes"]',
  },
};

export const enforcedNetworkPolicies: Rule = {
  name: 'NetworkPolicies are enforced',
  judges: (plan) => plan.of('aws_eks_addon').filter(({ values }) => values.addon_name === 'vpc-cni'),
  problem: ({ values }) =>
    texts(values.configuration_values).some((text) => text.includes('"enableNetworkPolicy":"true"'))
      ? undefined
      : 'they are there and keep nobody out',
  mutation: {
    root: PROD,
    file: 'modules/eks/addons.tf',
    from: '      { enableNetworkPolicy = "true" },\n',
    to: '',
    finds: 'module.eks.aws_eks_addon.before_nodes["vpc-cni"]',
  },
};
