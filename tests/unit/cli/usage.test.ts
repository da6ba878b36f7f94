import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { ENVIRONMENTS } from '../../../lib/umbrella/environments';
import { enterCheckout, leaveCheckout, medkg, medkgIn, write } from './support';

let root = '';
beforeAll(() => {
  root = enterCheckout();
});
afterAll(() => leaveCheckout(root));

describe('wrong use ends with 2 and a sentence', () => {
  const uses: readonly { name: string; args: readonly string[]; tells: string }[] = [
    { name: 'an unknown command', args: ['sint'], tells: 'Did you mean synth?' },
    { name: 'an unknown option', args: ['synth', '--evn', 'dev'], tells: 'Did you mean --env?' },
    {
      name: 'a chart inside whose name was forgotten',
      args: ['synth', '--chart', '--stdout'],
      tells:
        "option '--chart <name>' argument '--stdout' is invalid. --stdout is an option: the value is missing.",
    },
    {
      name: 'values whose file was forgotten',
      args: ['validate', '-f', '--set', 'a=b'],
      tells: '--set is an option: the value is missing.',
    },
    {
      name: 'a value that a group does not have',
      args: ['explain', 'services.api.somethingElse'],
      tells: 'no value services.api.somethingElse; medkg explain services.api tells what services.api has',
    },
    { name: 'no environment', args: ['synth'], tells: `--env is needed: ${ENVIRONMENTS.join(', ')}` },
    {
      name: 'an unknown environment',
      args: ['synth', '--env', 'production'],
      tells: `Allowed choices are ${ENVIRONMENTS.join(', ')}`,
    },
    {
      name: 'two outputs',
      args: ['synth', '--env', 'dev', '--stdout', '--out', 'x'],
      tells: '--out and --stdout exclude each other',
    },
    {
      name: 'a release with capitals',
      args: ['synth', '--env', 'dev', '--release', 'Medkg'],
      tells: 'lower-case letters',
    },
    {
      name: 'a release that ends in a dash',
      args: ['synth', '--env', 'dev', '--release', 'a-'],
      tells: 'a letter or digit at both ends',
    },
    {
      name: 'a release that is too long',
      args: ['synth', '--env', 'dev', '--release', 'a'.repeat(54)],
      tells: 'at most 53 characters',
    },
    {
      name: 'a namespace with a dot',
      args: ['synth', '--env', 'dev', '--namespace', 'a.b'],
      tells: 'A namespace is',
    },
    {
      name: 'a namespace that is too long',
      args: ['validate', '--namespace', 'a'.repeat(64)],
      tells: 'at most 63 characters',
    },
    {
      name: 'an old Kubernetes',
      args: ['synth', '--env', 'dev', '--kube-version', 'v1.30.9'],
      tells: 'needs Kubernetes 1.31 or newer (kubeVersion: >=1.31.0-0)',
    },
    {
      name: 'no version',
      args: ['synth', '--env', 'dev', '--kube-version', 'latest'],
      tells: 'A version looks like 1.36',
    },
    {
      name: 'an object without an environment',
      args: ['explain', 'Deployment/api'],
      tells: '--env is needed for an object',
    },
    {
      name: 'an object that is not there',
      args: ['explain', 'Deployment/apj', '--env', 'dev'],
      tells: 'did you mean Deployment/api?',
    },
    {
      name: 'a value that is not there',
      args: ['explain', 'servces.api'],
      tells: 'no value servces.api; did you mean services.api?',
    },
    {
      name: 'a capacity without an environment',
      args: ['capacity'],
      tells: `--env is needed: ${ENVIRONMENTS.join(', ')}`,
    },
    {
      name: 'a node without memory',
      args: ['capacity', '--env', 'prod', '--node', 'cpu=16'],
      tells: 'A size looks like cpu=16,64Gi',
    },
    {
      name: 'a node with memory that is no quantity',
      args: ['capacity', '--env', 'prod', '--node', 'cpu=16,64GiB'],
      tells: 'A size looks like cpu=16,64Gi',
    },
    {
      name: 'a node of a pool that is not there',
      args: ['capacity', '--env', 'prod', '--node', 'vllm-cpu=16,64Gi'],
      tells: '--node: no pod runs in vllm-cpu; did you mean vllm-gpu?',
    },
    {
      name: 'a node of a pool that has no pods in this environment',
      args: ['capacity', '--env', 'dev', '--node', 'vllm-gpu=16,64Gi,1'],
      tells: '--node: no pod runs in vllm-gpu; pools are cpu',
    },
    {
      name: 'values with a problem, for the capacity',
      args: ['capacity', '--env', 'dev', '--set', 'image.tga=1'],
      tells: 'image.tga: no such value',
    },
    { name: 'too many arguments', args: ['build', 'dev'], tells: 'too many arguments' },
    {
      name: 'a file where the folder goes',
      args: ['synth', '--env', 'dev', '--out', 'a-file'],
      tells: 'a-file is a file; a folder belongs there',
    },
    {
      name: 'a file above the folder',
      args: ['synth', '--env', 'dev', '--out', 'a-file/x'],
      tells: 'a file is where a folder should be',
    },
    {
      name: 'a folder of somebody else',
      args: ['synth', '--env', 'dev', '--out', 'values'],
      tells: 'which medkg did not make',
    },
    {
      name: 'a folder of somebody else, for the chart',
      args: ['chart', '--out', 'values'],
      tells: 'which medkg did not make',
    },
    {
      name: 'a chart of somebody else',
      args: ['chart', '--out', 'theirs'],
      tells: 'holds Chart.yaml, which medkg did not make',
    },
    {
      name: 'a folder where the archive goes',
      args: ['package', '--out', 'full'],
      tells: 'is a folder; a file belongs there',
    },
  ];
  beforeAll(() => {
    write({ 'a-file': 'x', 'theirs/Chart.yaml': 'name: other\n' });
    mkdirSync('full/medical-kg-0.2.0.tgz', { recursive: true });
  });
  test.each(uses)('$name', ({ args, tells }) => {
    const { exit, stdout, stderr } = medkg(...args);
    expect(stderr).toContain(tells);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(readdirSync('.').filter((name) => name.includes('medkg-'))).toEqual([]);
  });
});

test.each([
  'build',
  'synth',
  'chart',
  'package',
  'validate',
  'explain',
  'capacity',
  'terraform-facts',
  'values-from-terraform',
])('%s --help has examples', (command) => {
  const { exit, stdout } = medkg(command, '--help');
  expect(exit).toBe(0);
  expect(stdout).toContain('Examples:');
});

test.each(['1.31', 'v1.36.2', '1.33.0-eks-1a2b3c', '1.31.0+k3s1', '2.0'])(
  'the version %s is new enough, and changes nothing',
  (version) => {
    expect(medkg('synth', '--env', 'dev', '--stdout', '--kube-version', version)).toEqual(
      medkg('synth', '--env', 'dev', '--stdout'),
    );
  },
);

describe('medkg build', () => {
  test('writes everything, twice the same', () => {
    const first = medkg('build');
    expect(first.exit).toBe(0);
    expect(first.stdout.trim().split('\n')).toHaveLength(ENVIRONMENTS.length + 3);
    expect(first.stderr).toContain('Helm hooks, which only helm install runs: ');
    for (const name of ENVIRONMENTS)
      expect(existsSync(`dist/manifests/${name}/api/deployment.yaml`)).toBe(true);
    expect(readFileSync('helm/medical-kg/values-prod.yaml', 'utf8')).toBe(
      readFileSync('values/prod.yaml', 'utf8'),
    );
    const archive = readFileSync('dist/medical-kg-0.2.0.tgz');
    expect(medkg('build').exit).toBe(0);
    expect(readFileSync('dist/medical-kg-0.2.0.tgz').equals(archive)).toBe(true);
  });

  test('tells a program what it wrote', () => {
    const parts = JSON.parse(medkg('build', '--json').stdout) as {
      part: string;
      objects: number;
      bytes: number;
    }[];
    expect(parts.map(({ part }) => part)).toEqual([
      'description',
      ...ENVIRONMENTS.map((name) => `manifests ${name}`),
      'chart',
      'package',
    ]);
    expect(parts.every(({ objects }) => objects > 10)).toBe(true);
  });

  test('writes nothing when an environment has a problem', () => {
    const prod = readFileSync('values/prod.yaml', 'utf8');
    const before = readFileSync('dist/manifests/dev/api/deployment.yaml', 'utf8');
    write({
      'values/prod.yaml': `${prod}\nimgae: {}\n`,
      'values/dev.yaml': `${readFileSync('values/dev.yaml', 'utf8')}\nimage: {tag: other}\n`,
    });
    const { exit, stderr } = medkg('build');
    expect(exit).toBe(2);
    expect(stderr).toMatch(/values\/prod\.yaml:\d+:1: imgae: no such value/);
    expect(readFileSync('dist/manifests/dev/api/deployment.yaml', 'utf8')).toBe(before);
    write({ 'values/prod.yaml': prod });
  });
});

describe('medkg chart --check', () => {
  beforeAll(() => medkg('chart'));

  test('is content with what was just written', () => {
    expect(medkg('chart', '--check')).toMatchObject({ exit: 0, stderr: '' });
  });

  test('shows the difference, extra and missing files too', () => {
    const notes = readFileSync('helm/medical-kg/templates/NOTES.txt', 'utf8');
    write({ 'helm/medical-kg/templates/NOTES.txt': `hello\n${notes}`, 'helm/medical-kg/extra.txt': 'x\n' });
    const { exit, stdout, stderr } = medkg('chart', '--check');
    expect(exit).toBe(1);
    expect(stdout).toContain(
      '--- a/helm/medical-kg/templates/NOTES.txt\n+++ b/helm/medical-kg/templates/NOTES.txt\n@@ -1,4 +1,3 @@\n-hello\n',
    );
    expect(stdout).toContain('--- a/helm/medical-kg/extra.txt\n+++ /dev/null\n');
    expect(stderr).toContain('2 of its files differ');
    expect(JSON.parse(medkg('chart', '--check', '--json').stdout)).toEqual([
      { file: 'extra.txt', change: 'extra' },
      { file: 'templates/NOTES.txt', change: 'differs' },
    ]);
    expect(medkg('chart')).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('holds extra.txt') as string,
    });
  });
});

describe('medkg synth', () => {
  test('takes files in order, then --set, then --set-string, whatever the order on the line', () => {
    write({
      'one.yaml': 'image: {tag: one, registry: one.example.org}\n',
      'two.yaml': 'image: {tag: two}\n',
    });
    const args = [
      '--set-string',
      'services.api.image.tag=7',
      '--set',
      'image.tag=three',
      '-f',
      'one.yaml',
      '-f',
      'two.yaml',
    ];
    const { stdout } = medkg('synth', '--env', 'dev', '--stdout', ...args);
    expect(stdout).toContain('image: one.example.org/example-org/medkg-api:7\n');
    expect(stdout).toContain('image: one.example.org/example-org/medkg-ingest:three\n');
    expect(medkg('synth', '--env', 'dev', '--stdout', '-f', 'one.yaml,two.yaml').stdout).toContain(
      'one.example.org/example-org/medkg-api:two\n',
    );
  });

  test('replaces what it wrote, and nothing else', () => {
    expect(medkg('synth', '--env', 'dev', '--out', 'mine').exit).toBe(0);
    expect(medkg('synth', '--env', 'dev', '--out', 'mine', '--set', 'services.api.enabled=false').exit).toBe(
      0,
    );
    expect(existsSync('mine/api/deployment.yaml')).toBe(false);
    write({ 'mine/notes.txt': 'keep' });
    expect(medkg('synth', '--env', 'dev', '--out', 'mine')).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('mine holds notes.txt') as string,
    });
    expect(readFileSync('mine/notes.txt', 'utf8')).toBe('keep');
  });

  test('names objects by the release', () => {
    const { stdout } = medkg('synth', '--env', 'dev', '--stdout', '--release', 'r', '--namespace', 'n');
    expect(stdout).toContain('name: r-api\n');
  });
});

describe('colours', () => {
  const tty = { write: () => true, isTTY: true };
  test('on a terminal', () => {
    expect(medkgIn({ stdout: tty }, 'explain', 'environment').stdout).toContain('\u001b[1menvironment');
  });
  test('not with NO_COLOR, and not in a file', () => {
    expect(medkgIn({ stdout: tty, env: { NO_COLOR: '1' } }, 'explain', 'environment').stdout).not.toContain(
      '\u001b',
    );
    expect(medkg('explain', 'environment').stdout).not.toContain('\u001b');
  });
});

test('medkg validate tells a program the environments of a problem', () => {
  const { exit, stdout } = medkg('validate', '--json', '--set', 'image.tga=1');
  expect(exit).toBe(1);
  expect(JSON.parse(stdout)).toEqual({
    environments: ENVIRONMENTS,
    problems: [
      {
        kind: 'schema',
        steps: ['image', 'tga'],
        path: 'image.tga',
        sentence: 'no such value',
        nearest: 'tag',
        location: { file: '--set', line: 1, column: 1, text: 'image.tga=1' },
        environments: ENVIRONMENTS,
      },
    ],
  });
});
