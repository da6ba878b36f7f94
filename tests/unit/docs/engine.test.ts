import { execFileSync, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { enginePage } from '../../../scripts/engine-page';
import { pageFiles } from '../../../scripts/support/page-files.cjs';
import { expressions, noteLines, structures } from '../../../scripts/engine-examples';

// What tests/unit/engine/package.test.ts looks at closely.
const enginePackage = JSON.parse(readFileSync('lib/engine/package.json', 'utf8')) as {
  readonly name: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};
const page = readFileSync('docs/engine.md', 'utf8');
const files = pageFiles(page);
const isObject = (file: string): boolean => file.includes('/');

/**
 * What somebody has who did what the page says: lib/engine alone, the packages that its package.json names and no others, and
 * the files of the page.
 */
const folder = mkdtempSync(join(tmpdir(), 'own-chart-'));
afterAll(() => rmSync(folder, { recursive: true }));

const compile = (project: string): string =>
  spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', project], { encoding: 'utf8' })
    .stdout;

const run = (program: string, ...args: readonly string[]): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: 'utf8' });

beforeAll(() => {
  cpSync('lib/engine', join(folder, 'engine'), { recursive: true });
  for (const [name, target] of [
    ...Object.keys({ ...enginePackage.dependencies, ...enginePackage.devDependencies }).map(
      (name) => [name, resolve('node_modules', name)] as const,
    ),
    [enginePackage.name, join(folder, 'engine')] as const,
  ]) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(target, link);
  }
  for (const [file, text] of files) if (!isObject(file)) writeFileSync(join(folder, file), text);
});

// One after the other: each needs what the one before it wrote.
test('the engine builds alone, with its own package.json', () => {
  expect(compile(join(folder, 'engine'))).toBe('');
}, 120_000);

test('the chart has at most 120 lines, and compiles strictly', () => {
  const lines = ['cache.ts', 'shop.ts'].flatMap((file) =>
    `// ${file}\n${files.get(file) ?? ''}`.split('\n').slice(0, -1),
  );
  expect(lines.length).toBeGreaterThan(80);
  expect(lines.length).toBeLessThanOrEqual(120);
  expect(JSON.parse(files.get('tsconfig.json') ?? '')).toMatchObject({ compilerOptions: { strict: true } });
  expect(compile(folder)).toBe('');
}, 120_000);

test('it renders what the page says', () => {
  const { stdout, stderr } = run('dist/run.js', 'values-demo.yaml');
  expect(stderr).toBe('');
  const printed = stdout.split('---\n').slice(1);
  expect(printed).toHaveLength(8);
  expect(page).toContain('prints eight objects');
  const shown = [...files].filter(([file]) => isObject(file));
  expect(shown.length).toBeGreaterThan(0);
  for (const [file, text] of shown) expect(printed).toContain(`# ${file}\n${text}`);
  expect(stdout).toContain('The shop demo has 2 pods.');
});

test('it tells what is wrong with values as the page says, and the chart has schema and rule', () => {
  const { stdout, stderr } = run('dist/run.js', 'values-wrong.yaml');
  expect(stdout.trim()).toBe('');
  expect(stderr.trim().split('\n')).toHaveLength(3);
  expect(page).toContain(`\`\`\`\n${stderr.trim()}\n\`\`\``);
  const written = (file: string): string => readFileSync(join(folder, 'bookshop', file), 'utf8');
  expect(JSON.parse(written('values.schema.json'))).toMatchObject({
    additionalProperties: false,
    properties: { web: { properties: { replicas: { maximum: 20 } } } },
  });
  expect(JSON.parse(written('charts/cache/values.schema.json'))).toMatchObject({
    additionalProperties: false,
  });
  expect(written('templates/_rules.tpl')).toContain(
    'ingress.hosts must name a host while ingress.enabled is true',
  );
});

test('a chart is written over itself, and over nothing else', () => {
  writeFileSync(join(folder, 'bookshop/templates/stale.yaml'), '');
  expect(run('dist/run.js').stderr).toBe('');
  expect(() => readFileSync(join(folder, 'bookshop/templates/stale.yaml'))).toThrow('no such file');
  writeFileSync(join(folder, 'bookshop/Chart.yaml'), 'name: another\n');
  expect(run('dist/run.js').stderr).toContain('bookshop holds something else than the chart bookshop');
});

test('helpers, named templates, texts and expressions of its own are rendered too', () => {
  const script = `
    const { renderRelease } = require('chart-engine/renderers');
    const { description } = require('./dist/own');
    const release = { name: 'demo', namespace: 'books' };
    console.log(JSON.stringify(renderRelease(description, { release }).objects.map(({ object }) => object)));`;
  const objects: unknown = JSON.parse(
    execFileSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8' }),
  );
  expect(objects).toMatchObject([
    {
      kind: 'Job',
      metadata: { name: expect.stringMatching(/^demo-report-[0-9a-f]{8}$/) as string },
      spec: {
        template: {
          metadata: { annotations: { image: '6c003175460fd9e0bd9743b686d51e5fede6d651' } },
          spec: { containers: [{ env: [{ name: 'OWNER', value: 'owner@books.example.com' }] }] },
        },
      },
    },
    { kind: 'ConfigMap', data: { 'report.yaml': 'log:\n  level: info\nreaders: ["ops"]\n' } },
  ]);
});

test('the table of docs/engine.md is up to date (npm run docs)', () => {
  expect(page).toBe(enginePage(page));
});

/** Modules whose functions make an expression, a structure or lines. */
const SHOWN = /^\.\/template\/(expressions\/[\w-]+|structure|entries|lines|helper)$/;

test('each function of the first door that makes an expression or a structure has a row there', () => {
  const door = readFileSync('lib/engine/index.ts', 'utf8');
  const functions = [...door.matchAll(/^export \{([^}]*)\} from '([^']*)';$/gm)]
    .filter(([, , module = '']) => SHOWN.test(module))
    .flatMap(([, names = '']) => names.split(',').map((name) => name.trim()))
    .filter((name) => /^[a-z]\w*$/.test(name));
  expect(functions.length).toBeGreaterThan(30);
  const rows = [...expressions, ...structures, ...noteLines].map(({ name }) => name);
  expect(functions.filter((name) => !rows.includes(name))).toEqual([]);
  expect(rows.filter((name) => !functions.includes(name))).toEqual([]);
});
