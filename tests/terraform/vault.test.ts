import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planFile } from '../../scripts/terraform/copy.cjs';
import { Plan, texts, type Json } from './support/plan';
import { judgedRoots, plansFolder } from './support/terraform';

/** What the check gives as the password of the database: scripts/terraform/programs.mjs. */
const PASSWORD = process.env.TF_VAR_vault_database_password ?? '';
const KV = 'secret/data';

const roots = judgedRoots()
  .filter((root) => /^environments\/.*\/cluster$/.test(root))
  .map(planFile);

interface Facts {
  readonly secret_grants: Readonly<Record<string, readonly string[]>>;
  readonly vault: { readonly role_prefix: string; readonly folder: string };
}

function factsOf(file: string): Facts {
  const [, environment = ''] = file.split('-');
  const path = `terraform/environments/${environment}/cluster/platform.auto.tfvars.json`;
  // Its form is tested with the chart, in tests/unit.
  return JSON.parse(readFileSync(join(__dirname, '../..', path), 'utf8')) as Facts;
}

test('there are roots with a Vault', () => {
  expect(roots.length).toBeGreaterThan(0);
});

describe.each(roots)('in %s', (file) => {
  const plan = Plan.read(join(plansFolder(), file));
  const { secret_grants: grants, vault } = factsOf(file);
  const policies = new Map(
    plan.of('vault_policy').map(({ values }) => {
      const [name = '', text = '{}'] = [texts(values.name)[0], texts(values.policy)[0]];
      const { path = {} } = JSON.parse(text) as { path?: Readonly<Record<string, Json>> };
      return [name.slice(vault.role_prefix.length), path] as const;
    }),
  );
  const read = (keys: readonly string[], capabilities: readonly string[]): Readonly<Record<string, Json>> =>
    Object.fromEntries(
      keys.map((key) => [`${KV}/${vault.folder}/${key}`, { capabilities: [...capabilities] }]),
    );

  test('a service reads what the chart lets it have', () => {
    for (const [service, keys] of Object.entries(grants))
      expect(policies.get(service)).toEqual(read(keys, ['read']));
  });

  test('the job that rotates writes passwords of stores', () => {
    expect(policies.get('secret-rotation')).toEqual(
      read(['NEO4J_PASSWORD', 'OS_PASS'], ['create', 'read', 'update']),
    );
  });

  test('there are logins of PostgreSQL and of AWS, each for one who asks', () => {
    expect(policies.get('database-reports')).toEqual({
      'database/creds/reports': { capabilities: ['read'] },
    });
    expect(policies.get('aws-reports')).toEqual({ 'aws/sts/reports': { capabilities: ['read', 'update'] } });
    expect(plan.of('vault_database_secret_backend_connection', 'vault_aws_secret_backend')).toHaveLength(2);
  });

  test('whoever logs in has a policy, and the other way round', () => {
    const logins = plan
      .of('vault_kubernetes_auth_backend_role')
      .flatMap(({ values }) => texts(values.token_policies));
    expect(logins.map((name) => name.slice(vault.role_prefix.length)).sort()).toEqual(
      [...policies.keys()].sort(),
    );
    expect([...policies.keys()]).toHaveLength(Object.keys(grants).length + 3);
  });

  test.each(['json', 'tfstate'])('the password of the database is not in its %s', (ending) => {
    const text = readFileSync(join(plansFolder(), file.replace(/json$/, ending)), 'utf8');
    expect(PASSWORD).not.toBe('');
    expect(text).toContain('vault_database_secret_backend_connection');
    expect(text).not.toContain(PASSWORD);
  });
});
