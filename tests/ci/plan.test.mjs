/**
 * The planner of the landing check on real changes, made in a copy of this repository: which form each suite takes, and why.
 *
 *   node --test tests/ci
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { after, before, beforeEach, suite, test } from 'node:test';
import { planOf, summaryOf, textOf } from '../../scripts/ci/plan.mjs';
import { next, secondsTogether, share } from '../../scripts/ci/schedule.mjs';
import { suites } from '../../scripts/ci/suites.mjs';
import { readJson } from '../../scripts/support/json.mjs';

/**
 * @typedef {import('../../scripts/ci/schedule.mjs').Chosen} Chosen
 * @typedef {import('../../scripts/ci/suites.mjs').Suite} Suite
 * @typedef {{ packages: Record<string, { version?: string }> }} Lock
 */

const root = join(import.meta.dirname, '../..');
const workshop = mkdtempSync(join(tmpdir(), 'plan-'));
const copy = join(workshop, 'repository');
after(() => rmSync(workshop, { recursive: true }));

const git = (/** @type {string[]} */ ...args) =>
  execFileSync('git', ['-C', copy, '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
    encoding: 'utf8',
    stdio: 'pipe',
  });
const write = (/** @type {string} */ file, /** @type {string} */ text) => {
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  writeFileSync(join(copy, file), text);
};
/**
 * @param {string} file
 * @param {string | RegExp} from
 * @param {string} to
 */
const edit = (file, from, to) => {
  const text = readFileSync(join(copy, file), 'utf8');
  const edited = text.replace(from, to);
  assert.notEqual(edited, text, `${file} has no ${String(from)}`);
  write(file, edited);
};
const append = (/** @type {string} */ file, /** @type {string} */ text) =>
  appendFileSync(join(copy, file), text);

/** What `npm run docs` and `npm run synth` write, in the copy. */
function regenerate() {
  for (const script of ['scripts/docs.mjs', 'scripts/build.mjs'])
    execFileSync(process.execPath, [script], { cwd: copy, stdio: 'pipe' });
  execFileSync(process.execPath, ['build/medkg.js', 'chart'], { cwd: copy, stdio: 'pipe' });
}

before(() => {
  const files = execFileSync(
    'git',
    ['-C', root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    },
  ).split('\0');
  for (const file of new Set(files))
    if (file !== '') cpSync(join(root, file), join(copy, file), { force: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  git('init', '--quiet', '--initial-branch=main');
  // The link is no folder, which is what the list of ignored files names.
  writeFileSync(join(copy, '.git/info/exclude'), 'node_modules\n');
  git('add', '--all');
  git('commit', '--quiet', '--message=main');
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  git('commit', '--quiet', '--allow-empty', '--message=a change');
});
beforeEach(() => {
  git('reset', '--hard', '--quiet');
  git('clean', '--force', '-d', '--quiet');
});

/** The suites that have forms. */
const heavy = suites.flatMap(({ whole, ...suite }) => (whole === undefined ? [] : [{ whole, ...suite }]));
const HEAVY = heavy.map(({ name }) => name);

/** The lock of the copy, as npm writes it. */
const lockOf = () => /** @type {Lock} */ (readJson(join(copy, 'package-lock.json')));

/**
 * The suites that do not run in short form, each with its form.
 * @param {Record<string, string>} [env]
 */
async function longer(env = {}, rows = suites) {
  const { chosen } = await planOf(copy, env, rows);
  return Object.fromEntries(
    chosen
      .filter(({ suite: { whole }, form }) => whole && form !== 'short')
      .map(({ suite: { name }, form }) => [name, form]),
  );
}
const whyOf = async (/** @type {string} */ name) =>
  (await planOf(copy, {})).chosen.find((each) => each.suite.name === name)?.why ?? '';

suite('without a commit to compare with everything runs in full', () => {
  const all = Object.fromEntries(HEAVY.map((name) => [name, 'full']));

  test('when asked for', async () => assert.deepEqual(await longer({ CI_FULL: '1' }), all));

  test('when this is the last commit of main, which does not say what came with it', async () => {
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    try {
      rmSync(join(copy, '.ci/landed'), { force: true });
      git('commit', '--quiet', '--all', '--allow-empty', '--message=no note');
      git('update-ref', 'refs/remotes/origin/main', 'HEAD');
      assert.deepEqual(await longer(), all);
      write('notes.txt', 'of somebody\n');
      assert.deepEqual(await longer(), all, 'a file that git does not know changes nothing of that');
      const before = git('rev-parse', 'HEAD^').trim();
      write('.ci/landed', `${before}\n`);
      git('add', '--all');
      git('commit', '--quiet', '--message=note');
      git('update-ref', 'refs/remotes/origin/main', 'HEAD');
      assert.equal((await planOf(copy, {})).base, before, 'the note of what landed before');
    } finally {
      git('reset', '--hard', '--quiet', 'HEAD~2');
      git('update-ref', 'refs/remotes/origin/main', 'HEAD^');
    }
  });

  test('a commit beside this one is none', async () => {
    const beside = git('commit-tree', '-m', 'beside', 'HEAD^{tree}').trim();
    assert.notEqual((await planOf(copy, { CI_BASE: beside })).base, beside);
  });
});

suite('what changed decides', () => {
  const cases = [
    { what: 'nothing', change: () => undefined, expected: {} },
    {
      what: 'a comment in lib/explain',
      change: () => append('lib/explain/text.ts', '\n// more\n'),
      expected: {},
    },
    { what: 'a page', change: () => append('docs/architecture.md', '\nmore\n'), expected: {} },
    {
      what: 'a template of the api that says the same',
      change: () => append('helm/medical-kg/templates/api/service.yaml', '{{/* more */}}\n'),
      expected: { prove: 'half', lifecycle: 'half' },
    },
    {
      what: 'what the template of the api says',
      change: () => {
        edit('lib/platform/services/api.ts', 'preStopSeconds: ', 'preStopSeconds: 1 + ');
        regenerate();
      },
      expected: {
        prove: 'half',
        lifecycle: 'half',
        cluster: 'half',
        'cluster-mutations': 'half',
        flows: 'half',
        nodes: 'half',
        'engine-mutations': 'half',
        'chart-mutations': 'half',
      },
    },
    {
      what: 'a version of Helm',
      change: () => edit('scripts/ci/tools.sh', /\[helm4\]=\S+/, '[helm4]=v4.99.0'),
      expected: {
        prove: 'full',
        'page-chart': 'full',
        lifecycle: 'full',
        cluster: 'full',
        'cluster-mutations': 'full',
        nodes: 'full',
      },
    },
    {
      what: 'another program',
      change: () => edit('scripts/ci/tools.sh', /\[trivy\]=\S+/, '[trivy]=9'),
      expected: { terraform: 'full' },
    },
    {
      what: 'a module of Terraform',
      change: () => append('terraform/modules/edge/main.tf', '\n# more\n'),
      expected: { terraform: 'half' },
    },
    {
      what: 'a rule over plans',
      change: () => append('tests/terraform/policy/nodes.ts', '\n// more\n'),
      expected: { terraform: 'full' },
    },
    {
      what: 'the engine',
      change: () => append('lib/engine/template/print.ts', '\n// more\n'),
      expected: { bench: 'full', prove: 'full', 'page-chart': 'full', 'engine-mutations': 'full' },
    },
    {
      what: 'a part that nothing switches on, and one that an environment does',
      change: () => {
        write('lib/parts/store/index.ts', 'export const store = {};\n');
        write('helm/medical-kg/charts/store/templates/stateful-set.yaml', 'kind: StatefulSet\n');
        append('values/prod.yaml', '\nstore: { enabled: true }\n');
      },
      expected: { prove: 'half', lifecycle: 'half', 'engine-mutations': 'half', 'chart-mutations': 'half' },
    },
    { what: 'a flow', change: () => append('dags/pdf_flow.py', '\n# more\n'), expected: { flows: 'full' } },
    {
      what: 'a scenario on nodes',
      change: () => append('tests/nodes/load.test.ts', '\n// more\n'),
      expected: { nodes: 'full' },
    },
  ];
  for (const { what, change, expected } of cases)
    test(what, async () => {
      change();
      assert.deepEqual(await longer(), expected);
    });

  test('a new row runs in full, and so does one that runs something else', async () => {
    const row = {
      name: 'stores',
      judges: '',
      commands: { full: 'a', short: 'b' },
      seconds: { full: 1, short: 1 },
      whole: {},
    };
    assert.deepEqual(await longer({}, [...suites, row]), { stores: 'full' });
    const other = suites.map((each) =>
      each.name === 'nodes' ? { ...each, commands: { ...each.commands, full: 'x' } } : each,
    );
    assert.deepEqual(await longer({}, other), { nodes: 'full' });
  });

  test('seconds of a row decide nothing', async () => {
    const slower = suites.map((each) => ({ ...each, seconds: { full: 1 } }));
    assert.deepEqual(await longer({}, slower), {});
  });

  test('a package that another one depends on', async () => {
    const lock = lockOf();
    assert.ok('node_modules/jsonpath-plus' in lock.packages);
    lock.packages['node_modules/jsonpath-plus'] = {
      ...lock.packages['node_modules/jsonpath-plus'],
      version: '99.0.0',
    };
    write('package-lock.json', JSON.stringify(lock, null, 2));
    assert.deepEqual(Object.keys(await longer()), ['lifecycle', 'cluster', 'cluster-mutations', 'nodes']);
    assert.match(await whyOf('nodes'), /the package @kubernetes\/client-node changed/);
  });

  test('what lies in ../shared', async () => {
    edit('scripts/ci/shared.lock', /^\w+ {2}control-plane$/m, '0000000000000000  control-plane');
    git('commit', '--quiet', '--all', '--message=main noted another control plane');
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    git('commit', '--quiet', '--allow-empty', '--message=a change');
    try {
      assert.deepEqual(Object.keys(await longer()), [
        'lifecycle',
        'cluster',
        'cluster-mutations',
        'flows',
        'nodes',
      ]);
    } finally {
      git('reset', '--hard', '--quiet', 'HEAD~2');
      git('update-ref', 'refs/remotes/origin/main', 'HEAD^');
    }
  });
});

suite('every input of every row', () => {
  for (const { name, whole, half, commands } of heavy) {
    for (const path of whole.paths ?? [])
      test(`${name}: ${path} makes it full`, async () => {
        const [file] = git('ls-files', '--', path).split('\n');
        assert.ok(file, `${path} is in the repository`);
        append(file, '\n');
        assert.equal((await longer())[name], 'full');
      });
    for (const path of [
      ...(half?.paths ?? []),
      ...(half?.objects ?? []).map((list) => `tests/values/objects/${list}.txt`),
    ])
      test(`${name}: ${path} makes it ${commands.half ? 'half' : 'full'} at least`, async () => {
        const file = git('ls-files', '--', path).split('\n').at(-2);
        assert.ok(file, `${path} is in the repository`);
        append(file, '\n');
        assert.match((await longer())[name] ?? '', /^(half|full)$/);
      });
    test(`${name}: its tools and packages have versions`, () => {
      const tools = readFileSync(join(copy, 'scripts/ci/tools.sh'), 'utf8');
      for (const tool of whole.tools ?? []) assert.match(tools, new RegExp(`^ {2}\\[${tool}\\]=`, 'm'));
      const { packages } = lockOf();
      for (const each of whole.packages ?? []) assert.ok(`node_modules/${each}` in packages, each);
    });
    test(`${name}: a page leaves it short`, async () => {
      append('README.md', '\nmore\n');
      assert.equal((await longer())[name], undefined);
    });
  }
});

suite('a row names all that its own files import', () => {
  for (const { name, whole, half } of heavy)
    test(name, async () => {
      const paths = [...(whole.paths ?? []), ...(half?.paths ?? [])];
      const isNamed = (/** @type {string} */ file) =>
        paths.some((path) => file === path || file.startsWith(`${path}/`));
      const entryPoints = git('ls-files', '--', ...(whole.paths ?? []))
        .split('\n')
        .filter((file) => /^(tests|scripts)\/.*\.([mc]?js|ts)$/.test(file));
      const { inputs } = await importsOf(entryPoints);
      const ours = Object.keys(inputs).filter((file) => /^((tests|scripts)\/|jest\.config\.js$)/.test(file));
      assert.deepEqual(
        ours.filter((file) => !isNamed(file)),
        [],
        'files',
      );
      const packages = ours
        .flatMap((file) => inputs[file]?.imports ?? [])
        .filter(({ path, external }) => external && !path.startsWith('node:'))
        .map(({ path }) => /^(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path);
      assert.deepEqual(
        [...new Set(packages)].filter((each) => !(whole.packages ?? []).includes(each)),
        [],
        'packages',
      );
    });
});

/**
 * What files import, directly or not.
 * @param {string[]} entryPoints
 */
async function importsOf(entryPoints) {
  const { metafile } = await build({
    absWorkingDir: copy,
    entryPoints,
    outdir: join(workshop, 'imports'),
    bundle: true,
    write: false,
    metafile: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
  });
  return metafile;
}

suite('the schedule', () => {
  /**
   * @param {string} name
   * @param {number} seconds
   * @param {Partial<Suite>} [more]
   * @returns {Chosen}
   */
  const one = (name, seconds, more = {}) => ({
    suite: { name, judges: '', commands: { full: '' }, seconds: { full: seconds }, ...more },
    form: 'full',
    why: '',
  });

  test('runs alone what does not say otherwise, and waits for what is needed', () => {
    const build = one('build', 10, { beside: ['lint'] });
    const lint = one('lint', 30);
    const test = one('test', 5, { needs: ['build'], beside: ['lint'] });
    assert.equal(next([test, lint, build], []), lint);
    assert.equal(next([test, build], [lint]), build);
    assert.equal(next([test], [lint, build]), undefined);
    assert.equal(secondsTogether([build, lint, test]), 30);
    assert.equal(secondsTogether([build, one('alone', 7)]), 17);
  });

  test('names who waits for ever', () => {
    assert.throws(
      () => secondsTogether([one('a', 1, { needs: ['b'] }), one('b', 1, { needs: ['a'] })]),
      /a,b/,
    );
  });

  test('shares hold everything between them, each with what it needs, and take at most an hour', async () => {
    const all = (await planOf(copy, { CI_FULL: '1' })).chosen;
    const shares = [1, 2, 3].map((number) => share(all, number, 3));
    assert.deepEqual(new Set(shares.flat()), new Set(all));
    for (const mine of shares) {
      const names = mine.map(({ suite: { name } }) => name);
      for (const {
        suite: { needs = [] },
      } of mine)
        for (const needed of needs) assert.ok(names.includes(needed));
      assert.ok(secondsTogether(mine) < 3600);
    }
    const dealt = shares.flatMap((mine) => mine.filter(({ suite: { whole } }) => whole));
    assert.equal(dealt.length, HEAVY.length, 'no heavy suite runs twice');
  });

  test('CI_PART is a share, or refused', async () => {
    assert.ok((await planOf(copy, { CI_PART: '2/3' })).chosen.length < suites.length);
    for (const part of ['0/3', '4/3', 'x', '1'])
      await assert.rejects(planOf(copy, { CI_PART: part }), /N\/COUNT/);
  });

  test('the goals: 25 minutes when nothing that is rendered changed, 60 for the engine, 75 for everything', async () => {
    const first = ['npm-ci 20 npm ci', 'synth 3 npm run synth', 'unit-tests 95 npm test'];
    const minutes = async (env = {}) => summaryOf(await planOf(copy, env), first, copy).seconds / 60;
    assert.ok((await minutes()) <= 25);
    assert.ok((await minutes({ CI_FULL: '1' })) <= 75);
    append('lib/engine/template/print.ts', '\n// more\n');
    assert.ok((await minutes()) <= 60);
  });

  test('the plan says what runs, why and how long', async () => {
    append('dags/pdf_flow.py', '\n# more\n');
    const text = textOf(summaryOf(await planOf(copy, {}), ['npm-ci 20 npm ci'], copy));
    assert.match(text, /^compared with: \w{7} \(origin\/main\)$/m);
    assert.match(text, /^npm-ci +full +0\.3 min {2}always$/m);
    assert.match(text, /^flows +full +\d+\.\d min {2}dags\/pdf_flow\.py changed$/m);
    assert.match(text, /^nodes +short +\d+\.\d min {2}nothing that it judges changed$/m);
    assert.match(text, /^all +\d+\.\d min .* nothing was built takes up to \d+\.\d min more/m);
  });
});
