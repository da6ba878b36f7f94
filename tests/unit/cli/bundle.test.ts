import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ENVIRONMENTS } from '../../../lib/umbrella/environments';
import { printed } from '../terraform/sample';
import { withoutProgress } from './support';
import { filesBelow } from '../../../lib/render';

/** The program as it is installed, in a folder of its own. */
const checkout = resolve(__dirname, '../../..');
let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'medkg-bundle-'));
  chmodSync(root, 0o755);
  cpSync(join(checkout, 'values'), join(root, 'values'), { recursive: true });
  const code = `import('./scripts/build.mjs').then(({ buildProgram }) => buildProgram({ folder: ${JSON.stringify(join(root, 'build'))} }))`;
  const { status, stderr } = spawnSync(process.execPath, ['-e', code], { cwd: checkout, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function medkg(
  args: readonly string[],
  more: Parameters<typeof spawnSync>[2] = {},
): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'build/medkg.js'), ...args], {
    cwd: root,
    ...more,
    encoding: 'utf8',
  });
  return { status, stdout, stderr: withoutProgress(stderr) };
}

test('it says what it is, and takes the values that the slow validator takes', () => {
  expect(medkg(['validate'])).toEqual({
    status: 0,
    stdout: `fine: ${ENVIRONMENTS.join(', ')}\n`,
    stderr: '',
  });
  const { status, stderr } = medkg([
    'validate',
    '--env',
    'dev',
    '--set',
    'image.tga=1,services.api.servicePort=0',
  ]);
  expect(status).toBe(1);
  expect(stderr).toContain('image.tga: no such value; did you mean "tag"?');
  expect(stderr).toContain('services.api.servicePort: must be at least 1, not 0');
});

test('it reads the standard input once for all environments', () => {
  const { status, stderr } = medkg(['validate', '-f', '-'], { input: 'image: {tga: x}\n' });
  expect(status).toBe(1);
  expect(stderr).toBe('error: /dev/stdin:1:9: image.tga: no such value; did you mean "tag"?\n1 problem\n');
});

test('it turns outputs of Terraform that come by the standard input into values', () => {
  const outputs = printed('prod');
  const { status, stdout, stderr } = medkg(['values-from-terraform', '--env', 'prod'], {
    input: JSON.stringify(outputs),
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('opensearchUrl: https://vpc-medkg-prod-abc123.us-east-1.es.amazonaws.com\n');

  const { neo4j_uri: renamed, ...others } = outputs;
  const refused = medkg(['values-from-terraform', '--env', 'prod'], {
    input: JSON.stringify({ ...others, neo4j_url: renamed }),
  });
  expect({ status: refused.status, stdout: refused.stdout }).toEqual({ status: 2, stdout: '' });
  expect(refused.stderr).toMatch(/^error: neo4j_uri: is missing: .* Is it "neo4j_url" now\?\n1 problem\n/);
});

test('a reader that goes early is no fault', () => {
  const program = `${process.execPath} ${join(root, 'build/medkg.js')} synth --env prod --stdout | head -n 1`;
  const { stdout, stderr } = spawnSync('sh', ['-c', program], { cwd: root, encoding: 'utf8' });
  expect(stdout).toBe('---\n');
  expect(withoutProgress(stderr)).toMatch(/^left out [^\n]*\n$/);
});

test('it works from any folder, on the checkout that it belongs to', () => {
  const { status, stdout } = medkg(['synth', '--env', 'dev', '--json'], { cwd: tmpdir() });
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ part: 'manifests dev' });
  expect(existsSync(join(root, 'dist/manifests/dev/api/deployment.yaml'))).toBe(true);
});

test('it names no folder of the machine that built it', () => {
  for (const file of ['medkg.js', 'main.js'])
    expect(readFileSync(join(root, 'build', file), 'utf8')).not.toContain(checkout);
});

test('cdk8s finds one file an object where it asked for them', () => {
  const outdir = join(root, 'cdk8s');
  const env = { ...process.env, CDK8S_OUTDIR: outdir, MEDKG_ENV: 'dev' };
  const { status, stderr } = spawnSync(process.execPath, ['build/main.js'], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: expect.stringContaining('dev: left out') as string,
  });
  expect(readFileSync(join(outdir, 'dev/api/deployment.yaml'), 'utf8')).toMatch(
    /^---\napiVersion: apps\/v1\nkind: Deployment\n/,
  );
});

test('cdk8s asks for an environment of each values file before it writes any', () => {
  const outdir = join(root, 'cdk8s-stray');
  const stray = join(root, 'values/qa.yaml');
  writeFileSync(stray, 'environment: qa\n');
  const { status, stderr } = spawnSync(process.execPath, ['build/main.js'], {
    cwd: root,
    env: { ...process.env, CDK8S_OUTDIR: outdir, MEDKG_ENV: '' },
    encoding: 'utf8',
  });
  rmSync(stray);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^error: values\/qa\.yaml:1:1: no environment qa: add it to /);
  expect(existsSync(outdir)).toBe(false);
});

test('a place without permission is told, and stays as it was', () => {
  const place = join(root, 'locked');
  mkdirSync(place, { mode: 0o555 });
  // Root may write everywhere.
  const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const { status, stderr } = medkg(['synth', '--env', 'dev', '--out', 'locked/out'], user);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^error: cannot write .*locked\/out: no permission to write there\n$/);
  expect(filesBelow(place)).toEqual([]);
});

test('a run that is killed leaves the old output or the new, and the next one cleans up', async () => {
  const out = join(root, 'killed');
  const args = ['synth', '--env', 'prod', '--out', out];
  expect(medkg(args).status).toBe(0);
  const files = filesBelow(out);
  const reference = medkg(args);
  for (const milliseconds of [150, 250, 300, 350, 400]) {
    const child = spawn(process.execPath, [join(root, 'build/medkg.js'), ...args], {
      cwd: root,
      stdio: 'ignore',
    });
    const ended = new Promise((done) => child.once('exit', done));
    await setTimeout(milliseconds);
    child.kill('SIGKILL');
    await ended;
    if (existsSync(out)) expect(filesBelow(out)).toEqual(files);
  }
  expect(medkg(args).status).toBe(reference.status);
  expect(filesBelow(out)).toEqual(files);
  expect(
    filesBelow(root).filter((file) => file.includes('.medkg-new-') || file.includes('.medkg-old-')),
  ).toEqual([]);
});
