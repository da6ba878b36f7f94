import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sourceFiles, sourcesDigest } from '../../../lib/cli/sources';

/** A checkout to work in. */
const checkout = resolve(__dirname, '../../..');
const root = realpathSync(mkdtempSync(join(tmpdir(), 'medkg-sources-')));
const COPIED = ['lib', 'imports', 'values', 'main.ts', 'cdk8s.yaml', 'scripts/build.mjs'];
const ALSO_COPIED = ['package.json', 'package-lock.json', 'tsconfig.json'];
for (const part of [...COPIED, ...ALSO_COPIED])
  cpSync(join(checkout, part), join(root, part), { recursive: true });
symlinkSync(join(checkout, 'node_modules'), join(root, 'node_modules'));
afterAll(() => rmSync(root, { recursive: true }));

const file = (path: string): string => join(root, path);
const RECORD = file('lib/platform/services/api.ts');

interface Ended {
  readonly status: number | null;
  readonly output: string;
}

function run(program: string, ...args: readonly string[]): Ended {
  const env = { ...process.env, MEDKG_ENV: 'dev', npm_config_update_notifier: 'false' };
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, env, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

const build = (): Ended => run(process.execPath, 'scripts/build.mjs');
const medkg = (): Ended => run(process.execPath, 'build/medkg.js', 'explain', 'services.api');
const cdk8s = (): Ended => run('node_modules/.bin/cdk8s', 'synth', '--check-upgrade=false');

describe('what counts as a change', () => {
  const changes: readonly { what: string; change: () => void; undo: () => void }[] = [
    ...['lib/cli/run.ts', 'imports/externalsecrets.ts', 'main.ts', 'scripts/build.mjs', ...ALSO_COPIED].map(
      (path) => {
        const before = readFileSync(file(path));
        return {
          what: `an edit of ${path}`,
          change: () => appendFileSync(file(path), ' '),
          undo: () => writeFileSync(file(path), before),
        };
      },
    ),
    {
      what: 'a new file',
      change: () => writeFileSync(file('lib/platform/services/newcomer.ts'), ''),
      undo: () => unlinkSync(file('lib/platform/services/newcomer.ts')),
    },
    {
      what: 'a file less',
      change: () => renameSync(RECORD, file('api.ts')),
      undo: () => renameSync(file('api.ts'), RECORD),
    },
    {
      what: 'another name',
      change: () => renameSync(RECORD, file('lib/platform/services/apj.ts')),
      undo: () => renameSync(file('lib/platform/services/apj.ts'), RECORD),
    },
  ];
  test.each(changes)('$what', ({ change, undo }) => {
    const before = sourcesDigest(root);
    change();
    const changed = sourcesDigest(root);
    undo();
    expect(changed).not.toBe(before);
    expect(sourcesDigest(root)).toBe(before);
  });

  test('an edit that leaves size and time as they were', () => {
    const before = sourcesDigest(root);
    const text = readFileSync(RECORD, 'utf8');
    utimesSync(RECORD, 1, 1);
    expect(sourcesDigest(root)).toBe(before);
    writeFileSync(RECORD, text.replace("cpu: '500m'", "cpu: '600m'"));
    utimesSync(RECORD, 1, 1);
    expect(sourcesDigest(root)).not.toBe(before);
    writeFileSync(RECORD, text);
  });

  test("an editor's lock is none", () => {
    const before = sourcesDigest(root);
    symlinkSync('user@host.1', file('lib/cli/.#run.ts'));
    expect(sourcesDigest(root)).toBe(before);
    unlinkSync(file('lib/cli/.#run.ts'));
  });

  test('what npm installed is among it', () => {
    expect(sourceFiles(root)).toContain('node_modules/.package-lock.json');
  });
});

test('after an edit, medkg and cdk8s refuse with the command that helps, and npm run synth renders it', () => {
  expect(build()).toEqual({ status: 0, output: '' });
  const before = readFileSync(RECORD, 'utf8');
  writeFileSync(RECORD, before.replace("description: 'HTTP API: ", "description: 'Other words: "));
  const sentence = `error: ${file('build')} was built from other sources: run \`node scripts/build.mjs\` in ${root}\n`;
  expect(medkg()).toEqual({ status: 2, output: sentence });
  const refused = cdk8s();
  expect(refused.status).not.toBe(0);
  expect(refused.output).toContain(sentence);

  expect(run('npm', 'run', 'synth')).toMatchObject({ status: 0 });
  expect(readFileSync(file('helm/medical-kg/values.yaml'), 'utf8')).toContain('Other words: retrieval');
  expect(medkg().output).toContain('Other words: retrieval');
  writeFileSync(RECORD, before);
}, 120_000);

test('npm run synth renders nothing when the sources do not build', () => {
  const before = readFileSync(RECORD, 'utf8');
  writeFileSync(RECORD, `${before}}`);
  const { status, output } = run('npm', 'run', 'synth');
  writeFileSync(RECORD, before);
  expect(status).not.toBe(0);
  expect(output).toContain('lib/platform/services/api.ts');
  expect(output).not.toContain('manifests dev');
});

test('a bundle of a file that nothing compares is refused', () => {
  const run = file('lib/cli/run.ts');
  const before = readFileSync(run, 'utf8');
  writeFileSync(file('stray.ts'), 'export const stray = 1;\n');
  writeFileSync(run, `${before}\nexport * from '../../stray';\n`);
  const { status, output } = build();
  writeFileSync(run, before);
  expect(status).not.toBe(0);
  expect(output).toContain('stray.ts is bundled: add it to the sources');
});

test('two builds at once leave one program, whole at any time', async () => {
  expect(build()).toEqual({ status: 0, output: '' });
  const builds = [1, 2].map(
    () =>
      new Promise((done) => spawn(process.execPath, ['scripts/build.mjs'], { cwd: root }).on('close', done)),
  );
  const ended = Promise.all(builds);
  const start = (): Promise<unknown> =>
    new Promise((done) =>
      spawn(process.execPath, ['build/medkg.js', '--help'], { cwd: root }).on('close', done),
    );
  const codes = [await start(), await start()];
  expect([codes, await ended]).toEqual([
    [0, 0],
    [0, 0],
  ]);
  expect(readdirSync(file('build')).sort()).toEqual(['main.js', 'medkg.js']);
});
