import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/**
 * A repository with the hook and the real prettier. The others take seconds to start, and what they judge is theirs:
 * programs stand for them that fail at a word.
 */
const root = mkdtempSync(join(tmpdir(), 'medkg-hook-'));
const NODE = `#!${process.execPath}\n`;
const STANDS_FOR_ESLINT = `${NODE}
const { readFileSync } = require('node:fs');
const files = process.argv.slice(2).filter((argument) => !argument.startsWith('-') && argument !== '0');
const bad = files.filter((file) => readFileSync(file, 'utf8').includes('careless'));
if (files.some((file) => !/\\.(ts|mjs)$/.test(file)) || bad.length > 0) {
  console.log(\`eslint: \${bad}\`);
  process.exitCode = 1;
}`;
const STANDS_FOR_TSC = `${NODE}
if (!require('node:fs').existsSync('lib/code.ts')) {
  console.log('tsc: no lib/code.ts');
  process.exitCode = 2;
}`;
const STANDS_FOR_MEDKG = `
const { existsSync, readFileSync } = require('node:fs');
if (existsSync('lib/code.ts') && readFileSync('lib/code.ts', 'utf8').includes('unrendered')) {
  console.error('helm/medical-kg is stale');
  process.exitCode = 1;
}`;
const STANDS_FOR_BUILD = `import { mkdirSync, writeFileSync } from 'node:fs';

mkdirSync('build');
writeFileSync('build/medkg.js', ${JSON.stringify(STANDS_FOR_MEDKG)});
`;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function git(...args: readonly string[]): { status: number | null; said: string } {
  const identity = [
    '-c',
    'user.name=hook',
    '-c',
    'user.email=hook@example.org',
    '-c',
    'commit.gpgSign=false',
  ];
  const { status, stdout, stderr } = spawnSync('git', [...identity, ...args], {
    cwd: root,
    encoding: 'utf8',
    // Jest's workers ask for colours, and prettier takes any FORCE_COLOR for yes.
    env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: '1' },
  });
  return { status, said: stdout + stderr };
}

beforeAll(() => {
  for (const path of ['scripts/hooks', '.prettierrc.json', '.prettierignore'])
    cpSync(path, join(root, path), { recursive: true });
  write('node_modules/.bin/eslint', STANDS_FOR_ESLINT);
  write('node_modules/.bin/tsc', STANDS_FOR_TSC);
  for (const program of ['eslint', 'tsc']) chmodSync(join(root, 'node_modules/.bin', program), 0o755);
  symlinkSync(resolve('node_modules/.bin/prettier'), join(root, 'node_modules/.bin/prettier'));
  write('.gitignore', 'node_modules/\n');
  write('lib/code.ts', 'export const code = 1;\n');
  write('scripts/build.mjs', STANDS_FOR_BUILD);
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'begin');
  git('config', 'core.hooksPath', 'scripts/hooks');
});
afterAll(() => rmSync(root, { recursive: true }));

/** Tries to commit what is staged; afterwards nothing is. */
function commit(): { status: number | null; said: string } {
  const outcome = git('commit', '--message', 'try');
  git('reset', '--quiet', '--hard');
  return outcome;
}

test('a file is judged as it is staged, not as it is edited further', () => {
  write('page.md', 'A  page\n=====\n');
  git('add', '--all');
  write('page.md', '# A page\n');
  const { status, said } = commit();
  expect(status).toBe(1);
  expect(said).toContain('[warn] page.md\n');
  expect(said).toContain('pre-commit: npx prettier --write FILE mends the format\n');

  write('page.md', '# A page\n');
  git('add', '--all');
  write('page.md', 'A  page\n=====\n');
  expect(commit().status).toBe(0);
});

test('lint and a chart that is not rendered are told at once, each with what helps', () => {
  write('lib/code.ts', "export const unrendered = 'careless';\n");
  write('scripts/script.mjs', "export const script = 'careless';\n");
  write('page.md', '# careless\n');
  git('add', '--all');
  const { status, said } = commit();
  expect(status).toBe(1);
  expect(said).toContain('eslint: lib/code.ts,scripts/script.mjs\npre-commit: the linter refuses the code\n');
  expect(said).toContain(
    'helm/medical-kg is stale\npre-commit: npm run synth renders the chart; stage it too\n',
  );
  expect(said).not.toContain('the types do not fit');
});

test('a file that goes is judged too, by the types of those that stay', () => {
  git('mv', 'lib/code.ts', 'lib/other.ts');
  const { status, said } = commit();
  expect(status).toBe(1);
  expect(said).toContain('tsc: no lib/code.ts\npre-commit: the types do not fit\n');
  git('rm', '--quiet', 'lib/code.ts');
  expect(commit().said).toContain('pre-commit: the types do not fit\n');
});

test('where neither code, which scripts are too, nor what is rendered changes, neither is asked', () => {
  git('rm', '--quiet', 'lib/code.ts');
  git('commit', '--quiet', '--no-verify', '--message', 'gone');
  write('page.md', '# Another page\n');
  git('add', '--all');
  expect(commit()).toMatchObject({ status: 0, said: expect.not.stringContaining('pre-commit') as string });
  write('scripts/script.mjs', 'export const script = 1;\n');
  git('add', '--all');
  expect(commit().said).toContain('pre-commit: the types do not fit\n');
});
