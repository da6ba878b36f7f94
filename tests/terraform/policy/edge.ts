import { at, items, type Plan, type Resource } from '../support/plan';
import { PROD, type Rule } from './rule';

const SECRET = ['authorization', 'cookie', 'x-api-key'];

/** What says how a web ACL logs. */
function logging(acl: Resource, plan: Plan): Resource | undefined {
  return plan
    .of('aws_wafv2_web_acl_logging_configuration')
    .find(({ values }) => values.resource_arn === acl.values.arn);
}

export const loggedWithoutSecrets: Rule = {
  name: 'web ACLs log, and no secrets with it',
  judges: (plan) => plan.of('aws_wafv2_web_acl'),
  problem: (acl, plan) => {
    const log = logging(acl, plan);
    if (log === undefined) return 'it does not log';
    const redacted = items(log.values.redacted_fields).map((field) => at(field, 'single_header.0.name'));
    const told = SECRET.filter((header) => !redacted.includes(header));
    if (told.length > 0) return `its log holds ${told.join(', ')}`;
    return at(acl.values, 'visibility_config.0.sampled_requests_enabled') === false
      ? undefined
      : 'its samples hold all headers';
  },
  mutation: {
    root: PROD,
    file: 'modules/edge/web-acl.tf',
    from: 'concat(["authorization", "cookie"], var.api_key_headers)',
    to: 'concat(["authorization"], var.api_key_headers)',
    finds: 'module.edge.aws_wafv2_web_acl.this',
  },
};

export const limited: Rule = {
  name: 'web ACLs limit how often one address calls',
  judges: (plan) => plan.of('aws_wafv2_web_acl'),
  problem: ({ values }) =>
    items(values.rule).some(
      (rule) =>
        at(rule, 'statement.0.rate_based_statement.0.aggregate_key_type') === 'IP' &&
        at(rule, 'action.0.block.0') !== undefined,
    )
      ? undefined
      : 'one address may call as often as it likes',
  mutation: {
    root: PROD,
    file: 'modules/edge/web-acl.tf',
    from: 'aggregate_key_type    = "IP"',
    to: 'aggregate_key_type    = "CONSTANT"',
    finds: 'module.edge.aws_wafv2_web_acl.this',
  },
};
