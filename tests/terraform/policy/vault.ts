import { at, items, texts, type Json, type Resource } from '../support/plan';
import { PROD_CLUSTER, STAGING_CLUSTER, type Rule } from './rule';

/** What a policy of Vault may let somebody do; whoever lists, deletes or has sudo sees or does more than it needs. */
const CAPABILITIES: readonly Json[] = ['create', 'read', 'update'];
/** What Vault itself hangs on: its mounts, policies and logins. */
const OF_VAULT = /^(sys|auth|identity)\//;
const A_DAY = 86_400;

/** The paths of a policy, each with what is allowed there. */
function grants({ values }: Resource): readonly (readonly [path: string, capabilities: readonly Json[]])[] {
  const [text = '{}'] = texts(values.policy);
  // JSON is one of the two forms of a policy, and the one that modules write.
  const { path = {} } = JSON.parse(text) as { path?: Readonly<Record<string, Json>> };
  return Object.entries(path).map(([name, grant]) => [name, items(at(grant, 'capabilities'))]);
}

export const namedPaths: Rule = {
  name: 'policies of Vault open named secrets, and nothing of Vault itself',
  judges: (plan) => plan.of('vault_policy'),
  problem: (policy) => {
    const wide = grants(policy).filter(([path]) => /[*+]/.test(path) || OF_VAULT.test(path));
    if (grants(policy).length === 0) return 'it opens nothing';
    return wide.length === 0 ? undefined : wide.map(([path]) => path).join(', ');
  },
  mutation: {
    root: PROD_CLUSTER,
    file: 'modules/vault/main.tf',
    from: 'paths           = { for key in keys : "${local.folder}/${key}" => ["read"] }',
    to: 'paths           = { "${local.folder}/*" = ["read"] }',
    finds: 'module.vault[0].vault_policy.login["medkg-prod-api"]',
  },
};

export const namedCapabilities: Rule = {
  name: 'policies of Vault let nobody list, delete or rule',
  judges: (plan) => plan.of('vault_policy'),
  problem: (policy) => {
    const more = grants(policy).flatMap(([, capabilities]) =>
      capabilities.filter((capability) => !CAPABILITIES.includes(capability)),
    );
    return more.length === 0 ? undefined : texts(more).join(', ');
  },
  mutation: {
    root: STAGING_CLUSTER,
    file: 'modules/vault/main.tf',
    from: 'paths           = { for key in keys : "${local.folder}/${key}" => ["read"] }',
    to: 'paths           = { for key in keys : "${local.folder}/${key}" => ["read", "delete"] }',
    finds: 'module.vault[0].vault_policy.login["medkg-staging-api"]',
  },
};

export const namedLogins: Rule = {
  name: 'a login of Vault is for one ServiceAccount, its audience and at most a day',
  judges: (plan) => plan.of('vault_kubernetes_auth_backend_role'),
  problem: ({ values }) => {
    const bound = ['bound_service_account_names', 'bound_service_account_namespaces'];
    const open = bound.filter(
      (name) => items(values[name]).length !== 1 || /[*]/.test(texts(values[name]).join('')),
    );
    if (open.length > 0) return `anybody fits ${open.join(', ')}`;
    if (values.bound_service_account_namespace_selector !== null) return 'labels let namespaces in';
    if (texts(values.audience).join('') === '') return 'any token of Kubernetes would do';
    const life = Number(values.token_max_ttl);
    return life > 0 && life <= A_DAY ? undefined : 'it lasts for more than a day';
  },
  mutation: {
    root: PROD_CLUSTER,
    file: 'modules/vault/main.tf',
    from: 'bound_service_account_namespaces = [each.value.namespace]',
    to: 'bound_service_account_namespaces = ["*"]',
    finds: 'module.vault[0].vault_kubernetes_auth_backend_role.login["medkg-prod-ingest"]',
  },
};

export const auditedMounts: Rule = {
  name: 'a Vault that holds secrets tells who asked',
  judges: (plan) => plan.of('vault_mount'),
  problem: (_, plan) => (plan.of('vault_audit').length > 0 ? undefined : 'nobody hears who asked'),
  mutation: {
    root: PROD_CLUSTER,
    file: 'modules/vault/main.tf',
    from: 'resource "vault_audit" "this" {\n',
    to: 'resource "vault_audit" "this" {\n  count = 0\n\n',
    finds: 'module.vault[0].vault_mount.kv',
  },
};

export const hashedAudit: Rule = {
  name: 'what Vault tells has secrets hashed',
  judges: (plan) => plan.of('vault_audit'),
  problem: ({ values }) =>
    ['false', undefined].includes(texts(at(values, 'options.log_raw'))[0])
      ? undefined
      : 'the log has the secrets themselves',
  mutation: {
    root: STAGING_CLUSTER,
    file: 'modules/vault/main.tf',
    from: 'options     = { file_path = var.audit_file }',
    to: 'options     = { file_path = var.audit_file, log_raw = "true" }',
    finds: 'module.vault[0].vault_audit.this',
  },
};

export const versionedSecrets: Rule = {
  name: 'secrets that are overwritten keep their versions',
  judges: (plan) => plan.of('vault_mount').filter(({ values }) => values.type === 'kv'),
  problem: ({ values }) =>
    at(values, 'options.version') === '2' ? undefined : 'a secret that is overwritten is lost',
  mutation: {
    root: STAGING_CLUSTER,
    file: 'modules/vault/main.tf',
    from: 'options     = { version = "2" }',
    to: 'options     = { version = "1" }',
    finds: 'module.vault[0].vault_mount.kv',
  },
};
