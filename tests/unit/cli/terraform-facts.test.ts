import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { ENVIRONMENTS } from '../../../lib/umbrella/environments';
import { enterCheckout, leaveCheckout, medkg, write } from './support';

let root = '';
beforeAll(() => {
  root = enterCheckout();
});
afterAll(() => leaveCheckout(root));

const file = (environment: string, part: string): string =>
  `terraform/environments/${environment}/${part}/platform.auto.tfvars.json`;
const read = (environment: string, part: string): Record<string, unknown> =>
  JSON.parse(readFileSync(file(environment, part), 'utf8')) as Record<string, unknown>;

test('is missing before it is written, and says what to run', () => {
  const { exit, stdout, stderr } = medkg('terraform-facts', '--env', 'prod', '--check');
  expect(exit).toBe(1);
  expect(stdout).toContain(`--- /dev/null\n+++ b/${file('prod', 'cloud')}\n`);
  expect(stderr).toBe(
    `${file('prod', 'cloud')} is missing\n${file('prod', 'cluster')} is missing\n` +
      'Write them again with: medkg terraform-facts --env prod\n',
  );
  expect(existsSync('terraform')).toBe(false);
});

test('says what to do where no environment has roots', () => {
  expect(medkg('terraform-facts')).toEqual({
    exit: 2,
    stdout: '',
    stderr: 'error: no environment has roots in terraform/environments: name one by --env\n',
  });
});

test('writes the files of one environment, twice the same, and nothing else', () => {
  expect(medkg('terraform-facts', '--env', 'dev')).toEqual({
    exit: 0,
    stdout: `${file('dev', 'cloud')}\n${file('dev', 'cluster')}\n`,
    stderr: '',
  });
  const first = readFileSync(file('dev', 'cloud'), 'utf8');
  medkg('terraform-facts', '--env', 'dev');
  expect(readFileSync(file('dev', 'cloud'), 'utf8')).toBe(first);
  expect(readdirSync('terraform/environments')).toEqual(['dev']);
  expect(readdirSync('terraform/environments/dev/cloud')).toEqual(['platform.auto.tfvars.json']);
});

test('writes all environments that have roots, which are fresh then', () => {
  expect(medkg('terraform-facts').stdout.trim().split('\n')).toHaveLength(2);
  for (const name of ENVIRONMENTS) mkdirSync(`terraform/environments/${name}`, { recursive: true });
  expect(medkg('terraform-facts').stdout.trim().split('\n')).toHaveLength(2 * ENVIRONMENTS.length);
  expect(medkg('terraform-facts', '--check')).toEqual({
    exit: 0,
    stdout: `fresh: ${2 * ENVIRONMENTS.length} files\n`,
    stderr: '',
  });
  expect(medkg('terraform-facts', '--check', '--json')).toEqual({ exit: 0, stdout: '[]\n', stderr: '' });
});

test('takes the names of the release, and keeps them', () => {
  medkg('terraform-facts', '--env', 'prod', '--release', 'search', '--namespace', 'find');
  const names = { release: 'search', namespace: 'find', service_accounts: { api: 'search-api' } };
  expect(read('prod', 'cluster')).toMatchObject(names);
  medkg('terraform-facts', '--env', 'prod');
  expect(read('prod', 'cluster')).toMatchObject(names);
  expect(medkg('terraform-facts', '--check').exit).toBe(0);
  expect(medkg('terraform-facts', '--env', 'prod', '--check', '--release', 'medkg')).toMatchObject({
    exit: 1,
  });
});

test('follows the values of the environment, and shows what a change would do', () => {
  const values = readFileSync('values/staging.yaml', 'utf8');
  write({ 'values/staging.yaml': `${values}\ngpu: { pools: { vllm-gpu: { gpuType: h100 } } }\n` });
  const { exit, stdout, stderr } = medkg('terraform-facts', '--check');
  expect(exit).toBe(1);
  expect(stdout).toContain('-      "gpu_type": "a100",\n+      "gpu_type": "h100",\n');
  expect(stderr).toContain('medkg terraform-facts\n');
  expect(JSON.parse(medkg('terraform-facts', '--check', '--json').stdout)).toEqual([
    { file: file('staging', 'cloud'), change: 'differs' },
    { file: file('staging', 'cluster'), change: 'differs' },
  ]);
  write({ 'values/staging.yaml': values });
});

test('finds a hand at the files', () => {
  write({ [file('dev', 'cluster')]: '{ "namespace": "medkg" ' });
  const { exit, stderr } = medkg('terraform-facts', '--env', 'dev', '--check');
  expect(exit).toBe(1);
  expect(stderr).toBe(
    `${file('dev', 'cluster')} is stale\nWrite it again with: medkg terraform-facts --env dev\n`,
  );
  expect(medkg('terraform-facts', '--env', 'dev').exit).toBe(0);
});

test('refuses a release that somebody wrote into a file', () => {
  write({ [file('dev', 'cluster')]: '{ "release": "Med KG" }' });
  const { exit, stderr } = medkg('terraform-facts', '--env', 'dev');
  expect(exit).toBe(2);
  expect(stderr).toContain(`${file('dev', 'cluster')}: release: The name of a release is lower-case letters`);
  expect(stderr).toContain('Give the right one with --release.');
  expect(medkg('terraform-facts', '--env', 'dev', '--release', 'medkg').exit).toBe(0);
});

test('writes nothing where values have a problem', () => {
  const values = readFileSync('values/prod.yaml', 'utf8');
  const before = readFileSync(file('dev', 'cloud'), 'utf8');
  write({ 'values/prod.yaml': `${values}\nimgae: {}\n`, [file('dev', 'cloud')]: 'old' });
  const { exit, stdout, stderr } = medkg('terraform-facts');
  expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
  expect(stderr).toMatch(/values\/prod\.yaml:\d+:1: imgae: no such value/);
  expect(readFileSync(file('dev', 'cloud'), 'utf8')).toBe('old');
  write({ 'values/prod.yaml': values, [file('dev', 'cloud')]: before });
});

test.each([
  ['an unknown environment', ['--env', 'test'], `Allowed choices are ${ENVIRONMENTS.join(', ')}`],
  ['a release with capitals', ['--release', 'Medkg'], 'lower-case letters'],
  ['a namespace with a dot', ['--namespace', 'a.b'], 'A namespace is'],
  ['a word too many', ['prod'], 'too many arguments'],
])('%s is wrong use', (_name, args, tells) => {
  const { exit, stderr } = medkg('terraform-facts', ...args);
  expect(exit).toBe(2);
  expect(stderr).toContain(tells);
});
