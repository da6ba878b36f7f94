import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentsWithRoots, ENVIRONMENT_OUTPUT, outputs } from '../../../lib/terraform';
import { ROOTS, type Root } from '../../../lib/terraform/facts';
import { readRoot, type Hcl } from './hcl';

const checkout = join(__dirname, '../../..');

/** What a cloud root lacks of the outputs that the chart needs. */
function lacking({ output }: Hcl): string[] {
  const needed = [
    { name: ENVIRONMENT_OUTPUT, what: 'the name of the environment' },
    ...outputs.map(({ name, schema }) => ({ name, what: schema.description ?? '' })),
  ];
  return needed.flatMap(({ name, what }) => {
    const block = output.get(name);
    if (block === undefined) return [`output "${name}" is missing: ${what} (lib/terraform/outputs.ts)`];
    if (block['sensitive'] === true)
      return [`output "${name}" must not be sensitive: values of a chart are not`];
    return typeof block['description'] === 'string' ? [] : [`output "${name}" needs a description`];
  });
}

/** How the variables of a root and the facts that it is given differ. */
function differing({ variable }: Hcl, root: Root): string[] {
  const known = new Set<string>(Object.values(ROOTS).flat());
  const given = new Set<string>(ROOTS[root]);
  return [
    ...[...given]
      .filter((name) => !variable.has(name))
      .map(
        (name) =>
          `variable "${name}" is not declared, but given: take it out of ROOTS in lib/terraform/facts.ts`,
      ),
    ...[...variable.keys()]
      .filter((name) => known.has(name) && !given.has(name))
      .map(
        (name) => `variable "${name}" is declared, but not given: add it to ROOTS in lib/terraform/facts.ts`,
      ),
  ];
}

/** Where the hosts are used, the region of the root takes its place in them. */
function namesRegions({ text }: Hcl): boolean {
  return !text.includes('var.egress_hosts') || /replace\([^)]*"\{region\}"/.test(text);
}

test('each folder of roots is of an environment', () => {
  const folders = readdirSync(join(checkout, 'terraform/environments'));
  expect(folders.sort()).toEqual(environmentsWithRoots(checkout).sort());
});

describe.each(environmentsWithRoots(checkout))('%s', (environment) => {
  const root = (name: Root): Promise<Hcl> =>
    readRoot(join(checkout, 'terraform/environments', environment, name));

  test('the cloud root gives the outputs that the chart needs', async () => {
    expect(lacking(await root('cloud'))).toEqual([]);
  });

  test('the cloud root puts its region into the hosts', async () => {
    expect(namesRegions(await root('cloud'))).toBe(true);
  });

  test.each(Object.keys(ROOTS) as Root[])('the %s root declares the facts that it is given', async (name) => {
    expect(differing(await root(name), name)).toEqual([]);
  });
});

test('the documents ask roots for outputs that there are', async () => {
  const folders = ['bootstrap', 'account', 'environments/prod/cloud', 'environments/prod/cluster'];
  const roots = await Promise.all(folders.map((folder) => readRoot(join(checkout, 'terraform', folder))));
  const known = roots.flatMap(({ output }) => [...output.keys()]);
  const text = readFileSync(join(checkout, 'docs/terraform.md'), 'utf8');
  const asked = text.matchAll(
    /terraform (?:-chdir=\S+ )?output (?:-raw |-json )*([a-z_]+)|[Oo]utput `([a-z_]+)`/g,
  );
  const names = [...asked].map(([, command, prose]) => command ?? prose ?? '');
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !known.includes(name))).toEqual([]);
});

describe('of roots with a fault', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'medkg-roots-'));
    const output = (name: string, more = ''): string =>
      `output "${name}" {\n  description = "x"\n  value       = "x"\n${more}}\n`;
    const all = ['environment', ...outputs.map(({ name }) => name)];
    const write = (name: string, file: string, text: string): void => {
      mkdirSync(join(folder, name), { recursive: true });
      writeFileSync(join(folder, name, file), text);
    };
    write('whole', 'outputs.tf', all.map((name) => output(name)).join('\n'));
    write('whole', 'variables.tf', ROOTS.cloud.map((name) => `variable "${name}" {\n}\n`).join('\n'));
    const renamed = all.map((name) =>
      name === 'api_host'
        ? output(name, '  sensitive   = true\n')
        : output(name === 'waf_acl_arn' ? 'web_acl_arn' : name),
    );
    write('faulty', 'outputs.tf', renamed.join('\n').replace('description', '#'));
    write('faulty', 'variables.tf', 'variable "secret_grants" {\n}\nvariable "cidr" {\n}\n');
    const used = 'hosts = [for one in var.egress_hosts : one.host]';
    write('faulty', 'main.tf', `locals {\n  ${used}\n}\n`);
    const replaced = used.replace('one.host', 'replace(one.host, "{region}", var.region)');
    write('whole', 'main.tf', `locals {\n  ${replaced}\n}\n`);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const read = (name: string): Promise<Hcl> => readRoot(join(folder, name));

  test('one that is whole has none', async () => {
    const hcl = await read('whole');
    expect([lacking(hcl), differing(hcl, 'cloud')]).toEqual([[], []]);
  });

  test('hosts without their region are found', async () => {
    expect([namesRegions(await read('whole')), namesRegions(await read('faulty'))]).toEqual([true, false]);
  });

  test('outputs that are missing, sensitive or not described are named', async () => {
    expect(lacking(await read('faulty'))).toEqual([
      'output "environment" needs a description',
      'output "api_host" must not be sensitive: values of a chart are not',
      'output "waf_acl_arn" is missing: Web ACL in front of the api (lib/terraform/outputs.ts)',
    ]);
  });

  test('variables that are given or declared alone are named', async () => {
    expect(differing(await read('faulty'), 'cloud')).toEqual([
      ...ROOTS.cloud.map((name) => expect.stringContaining(`variable "${name}" is not declared`) as string),
      expect.stringContaining('variable "secret_grants" is declared, but not given') as string,
    ]);
  });
});
