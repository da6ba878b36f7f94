import { readFileSync } from 'node:fs';
import { outputs } from '../../../lib/terraform';
import type { Json } from '../../../lib/engine';
import { parseValuesText } from '../../../lib/engine/renderers';
import { ENVIRONMENTS } from '../../../lib/umbrella/environments';
import { printed } from '../terraform/sample';
import { enterCheckout, leaveCheckout, medkg, write, type Outcome } from './support';

let root = '';
beforeAll(() => {
  root = enterCheckout();
});
afterAll(() => leaveCheckout(root));

/** Runs the command on outputs, as they are printed or as a text. */
function turned(given: unknown, ...args: readonly string[]): Outcome {
  write({ 'outputs.json': typeof given === 'string' ? given : JSON.stringify(given) });
  return medkg('values-from-terraform', '--env', 'prod', '-f', 'outputs.json', ...args);
}

const changed = (name: string, value: Json): Record<string, unknown> => ({
  ...printed('prod'),
  [name]: { sensitive: false, type: 'dynamic', value },
});

const without = (name: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(printed('prod')).filter(([own]) => own !== name));

describe.each(ENVIRONMENTS)('%s', (environment) => {
  test.each(['full', 'sparse'] as const)('outputs that are %s become values that hold', (how) => {
    write({ 'outputs.json': JSON.stringify(printed(environment, how)) });
    const args = ['--env', environment, '-f', 'outputs.json', '--out', 'aws.yaml'];
    expect(medkg('values-from-terraform', ...args)).toEqual({
      exit: 0,
      stdout: '',
      stderr: 'wrote aws.yaml\n',
    });
    expect(medkg('validate', '--env', environment, '-f', 'aws.yaml')).toMatchObject({ exit: 0, stderr: '' });
  });
});

test('writes YAML, the same bytes each time, that says where it comes from', () => {
  const { exit, stdout } = turned(printed('prod'));
  expect(exit).toBe(0);
  expect(stdout).toMatch(/^# Made by: medkg values-from-terraform --env prod\./);
  expect(turned(printed('prod')).stdout).toBe(stdout);
  const { overrides } = parseValuesText(stdout, 'aws.yaml');
  expect(JSON.parse(turned(printed('prod'), '--json').stdout)).toEqual(overrides);
});

test('the order of the outputs does not matter, nor do outputs for others', () => {
  const { stdout } = turned(printed('prod'));
  const reversed = Object.fromEntries(Object.entries(printed('prod')).reverse());
  expect(turned({ ...reversed, kubeconfig: { sensitive: true, type: 'string', value: 'x' } }).stdout).toBe(
    stdout,
  );
});

test('what the chart alone refuses is told with the output that it came from', () => {
  const { exit, stderr } = turned(changed('neo4j_uri', `neo4j://${'a.'.repeat(1200)}org`));
  expect(exit).toBe(2);
  expect(stderr).toContain(
    'error: external.neo4jUri: must have at most 2048 characters, not 2411 (by the output neo4j_uri)\n',
  );
});

describe('an output that is not there is named, with what it should be', () => {
  test.each([...outputs.map(({ name }) => name), 'environment'])('%s', (name) => {
    const { exit, stdout, stderr } = turned(without(name));
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain(`error: ${name}: is missing: `);
    expect(stderr).toContain('1 problem\n');
    expect(stderr).toContain('terraform/environments/prod/cloud/outputs.tf');
  });
});

describe('an output of another type is named', () => {
  test.each(outputs.map(({ name, schema }) => ({ name, type: String(schema['type']) })))(
    '$name',
    ({ name, type }) => {
      const others: Json[] = [7, true, 'x y', ['x y'], { x: 'y' }, type === 'array' ? '' : []];
      for (const value of others) {
        const { exit, stderr } = turned(changed(name, value));
        expect([exit, stderr]).toEqual([
          2,
          expect.stringMatching(new RegExp(`^error: ${name}[.:[]`)) as string,
        ]);
      }
    },
  );
});

const NAMED: readonly { name: string; given: unknown; tells: readonly string[] }[] = [
  {
    name: 'an output that was renamed',
    given: { ...without('waf_acl_arn'), web_acl_arn: printed('prod')['waf_acl_arn'] },
    tells: ['waf_acl_arn: is missing: Web ACL in front of the api', 'Is it "web_acl_arn" now?'],
  },
  {
    name: 'an output that is null, which Terraform leaves out',
    given: changed('api_host', null),
    tells: ['api_host: is missing'],
  },
  {
    name: 'outputs of another environment',
    given: printed('dev'),
    tells: ['environment: must be prod, not the text "dev": these outputs are of another one'],
  },
  {
    name: 'a sensitive output',
    given: { ...printed('prod'), neo4j_uri: { ...printed('prod')['neo4j_uri'], sensitive: true } },
    tells: ['neo4j_uri: is sensitive, and the values of a chart are not secret'],
  },
  {
    name: 'an endpoint without its scheme, as AWS gives it',
    given: changed('opensearch_url', 'vpc-medkg.us-east-1.es.amazonaws.com'),
    tells: [
      'opensearch_url: must be text such as https://',
      'not the text "vpc-medkg.us-east-1.es.amazonaws.com"',
    ],
  },
  {
    name: 'an empty output that must not be',
    given: changed('artifacts_bucket', ''),
    tells: ['artifacts_bucket: must not be empty: Name of the bucket for artifacts'],
  },
  {
    name: 'an empty list that must not be',
    given: changed('data_cidrs', []),
    tells: ['data_cidrs: must not be empty'],
  },
  {
    name: 'an address in place of a network',
    given: changed('data_cidrs', ['10.0.0.0/16', '10.0.0.1']),
    tells: ['data_cidrs[1]: must be a network such as 10.0.0.0/16, not the text "10.0.0.1"'],
  },
  {
    name: 'a web ACL of CloudFront',
    given: changed('waf_acl_arn', 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/medkg/0a1b2c3d'),
    tells: ['waf_acl_arn: must be text such as arn:aws:wafv2:us-east-1:123456789012:regional/webacl/'],
  },
  {
    name: 'a role of a service that is not there',
    given: changed('service_role_arns', { ingst: 'arn:aws:iam::123456789012:role/medkg-ingest' }),
    tells: ['service_role_arns.ingst: no such service; did you mean "ingest"?'],
  },
  {
    name: 'the name of a role in place of its ARN',
    given: changed('service_role_arns', { ingest: 'medkg-ingest' }),
    tells: ['service_role_arns.ingest: must be text such as arn:aws:iam::', 'not the text "medkg-ingest"'],
  },
  {
    name: 'several at once',
    given: { ...without('neo4j_uri'), api_host: { sensitive: false, type: 'string', value: 'API' } },
    tells: ['neo4j_uri: is missing', 'api_host: must be', '2 problems'],
  },
  { name: 'no outputs', given: {}, tells: ['outputs.json: has no outputs: apply the root first'] },
  {
    name: 'an empty file',
    given: '',
    tells: ['outputs.json: is empty: give what `terraform output -json` prints'],
  },
  { name: 'what Terraform says to people', given: 'api_host = "x"\n', tells: ['outputs.json: is no JSON'] },
  {
    name: 'the value of one output',
    given: '"api.example.org"',
    tells: ['outputs.json: is not what `terraform output -json` prints'],
  },
  { name: 'a list', given: [], tells: ['outputs.json: is not what `terraform output -json` prints'] },
  {
    name: 'values without their types',
    given: { api_host: 'api.example.org' },
    tells: ['each with its value'],
  },
  {
    name: 'a state',
    given: { format_version: '1.0', values: { outputs: {} } },
    tells: ['outputs.json: is a plan or a state', 'not `terraform show -json`'],
  },
  {
    name: 'keys of JavaScript',
    given: '{"__proto__": {"value": 1}, "constructor": {"value": 2}}',
    tells: ['opensearch_url: is missing'],
  },
];

test.each(NAMED)('$name is told', ({ given, tells }) => {
  const { exit, stdout, stderr } = turned(given);
  for (const part of tells) expect(stderr).toContain(part);
  expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
});

test('problems are told to programs too', () => {
  const { exit, stdout, stderr } = turned(without('neo4j_uri'), '--json');
  expect([exit, stderr]).toEqual([2, '']);
  expect(JSON.parse(stdout)).toMatchObject({
    environment: 'prod',
    problems: [
      { kind: 'input', path: 'neo4j_uri', sentence: expect.stringContaining('is missing') as string },
    ],
  });
});

test('nothing is written where a value does not hold, be it of the environment', () => {
  const values = readFileSync('values/prod.yaml', 'utf8');
  write({ 'values/prod.yaml': `${values}\nimgae: {}\n`, 'mine.yaml': 'old' });
  const { exit, stdout, stderr } = turned(printed('prod'), '--out', 'mine.yaml');
  write({ 'values/prod.yaml': values });
  expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
  expect(stderr).toMatch(/values\/prod\.yaml:\d+:1: imgae: no such value/);
  expect(readFileSync('mine.yaml', 'utf8')).toBe('old');
});

test('the relations of the chart hold too', () => {
  const values = readFileSync('values/prod.yaml', 'utf8');
  write({
    'values/prod.yaml': values.replace('enabled: true\n  host: api.example.org', 'enabled: true\n  host: ""'),
  });
  const { exit, stderr } = turned(printed('prod', 'sparse'));
  write({ 'values/prod.yaml': values });
  expect(exit).toBe(2);
  expect(stderr).toContain('ingress.host: must be given when ingress.enabled is true');
});

test.each([
  ['no environment', ['-f', 'outputs.json'], '--env is needed'],
  ['an unknown environment', ['--env', 'production'], `Allowed choices are ${ENVIRONMENTS.join(', ')}`],
  [
    'a file that is not there',
    ['--env', 'prod', '-f', 'none.json'],
    'none.json:1:1: the file does not exist',
  ],
  ['a folder', ['--env', 'prod', '-f', 'values'], 'values:1:1: this is a directory, not a file'],
  [
    'a file above the one to write',
    ['--env', 'prod', '-f', 'outputs.json', '--out', 'a-file/x'],
    'a file is where a folder should be',
  ],
])('%s is wrong use', (_name, args, tells) => {
  write({ 'outputs.json': JSON.stringify(printed('prod')), 'a-file': 'x' });
  const { exit, stdout, stderr } = medkg('values-from-terraform', ...args);
  expect(stderr).toContain(tells);
  expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
});
