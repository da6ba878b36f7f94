/**
 * Judges terraform/ by the programs that will read it: Terraform itself, and linters.
 *
 *   npm run terraform:check              everything
 *   npm run terraform:check -- vpc lint  the parts whose names contain one of these words
 *   npm run terraform:check -- --changed-since COMMIT lint   these, and what the change since that commit concerns
 *
 * Needs Terraform 1.11 or newer, Go and Python. Where ../shared has the stand-ins of the providers (CI), and
 * TF_CLI_CONFIG_FILE names nothing else, they are built and used: examples and environments are then planned, applied
 * and destroyed with no cloud behind them. With real providers only the modules are judged, and nothing is applied.
 * The log of each part is in dist/terraform-check/.
 */
import { createWriteStream, existsSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { changedSince } from './changed.mjs';
import { checkCharts } from './charts.mjs';
import { copy, planFile, remove } from './copy.cjs';
import { stale } from './docs.mjs';
import { examples, modules, repository, roots, shown } from './layout.mjs';
import { checkFormat, checkov, tflint, trivy } from './lint.mjs';
import { checkModule } from './module.mjs';
import { PAGE, PICTURED, pictureIsFresh } from './picture.mjs';
import { Failed, environment, install, providers, run, terraformVersion } from './programs.mjs';
import { checkRoot } from './root.mjs';

/** Parts that run at a time. Terraform and its provider keep one core busy between them. */
const SIDE_BY_SIDE = 2;
const out = join(repository, 'dist/terraform-check');
const plans = join(out, 'plans');
/** Examples whose machines have a suite of their own. */
const machines = examples.filter((example) =>
  existsSync(join(repository, `tests/terraform/machines/${basename(example)}.test.ts`)),
);

/**
 * A part of the check. `after` names parts that have to end first.
 * @typedef {{ name: string, after?: string[], run: (context: Context) => string | Promise<string> }} Part
 *
 * @typedef {import('./programs.mjs').Context} Context
 * @typedef {{ ok: boolean, said: string, seconds: number }} Result
 */

/**
 * @param {import('./programs.mjs').Providers} providers
 * @param {string} folder a copy of terraform/
 * @returns {Part[]} the longest first, so that none runs on alone at the end
 */
function parts({ standIn }, folder) {
  const lives = standIn ? [...roots.toReversed(), ...examples] : [];
  return [
    { name: 'fmt', run: checkFormat },
    { name: 'readme', run: checkReadmes },
    ...lives.map((root) => ({
      name: root,
      run: (/** @type {Context} */ context) => checkRoot(root, context),
    })),
    ...(standIn
      ? [{ name: 'policy', after: lives.filter((name) => roots.includes(name)), run: checkPolicy }]
      : []),
    ...(standIn
      ? machines.map((example) => ({
          name: `user data: ${example}`,
          after: [example],
          run: (/** @type {Context} */ context) => checkMachines(example, context),
        }))
      : []),
    ...(standIn ? [{ name: 'picture', after: [PICTURED], run: checkPicture }] : []),
    ...modules.map((module) => ({
      name: module,
      run: (/** @type {Context} */ context) => checkModule(module, { ...context, folder }),
    })),
    // The definitions of the objects are in ../shared, as the stand-ins are.
    ...(standIn
      ? [{ name: 'charts', run: (/** @type {Context} */ context) => checkCharts({ ...context, out }) }]
      : []),
    { name: 'lint: tflint', run: tflint },
    { name: 'lint: trivy', run: trivy },
    ...(standIn ? [{ name: 'lint: checkov', after: lives, run: checkov }] : []),
  ];
}

async function checkReadmes() {
  const found = await stale();
  if (found.length > 0) throw new Failed(`stale, run node scripts/terraform/docs.mjs: ${found.join(', ')}`);
  return `${modules.length} tables are fresh`;
}

/** The picture of the network in the documents. */
function checkPicture() {
  const plan = join(plans, planFile(PICTURED));
  if (!existsSync(plan)) throw new Failed(`there is no plan of ${PICTURED}: judge that too`);
  if (!pictureIsFresh(plan))
    throw new Failed(`stale, run node scripts/terraform/picture.mjs ${shown(plan)}: ${shown(PAGE)}`);
  return shown(PAGE);
}

/**
 * Our own rules over the plans, and what modules say when they refuse: tests/terraform.
 * @param {Context} context
 */
function checkPolicy({ env, log, judged }) {
  // The plans of other roots may lie there from an earlier run.
  const all = { ...env, TERRAFORM_ROOTS: roots.filter((root) => judged.has(root)).join(' ') };
  return jest(['--testPathIgnorePatterns', '/machines/'], { env: all, log });
}

/**
 * What the machines of an example become: its user data, and the scripts in it, run.
 * @param {string} example
 * @param {Context} context
 */
function checkMachines(example, { env, log }) {
  install(['shellcheck', 'cloud-init']);
  return jest([`/machines/${basename(example)}\\.`], {
    env: { ...env, TOOLS: join(repository, '.tools/bin') },
    log,
  });
}

/**
 * @param {string[]} args
 * @param {Pick<Context, 'env' | 'log'>} context
 */
async function jest(args, { env, log }) {
  const { said } = await run(
    process.execPath,
    ['node_modules/jest/bin/jest.js', '-c', 'tests/terraform/jest.config.js', ...args],
    { cwd: repository, env: { ...env, TERRAFORM_PLANS: plans }, log },
  );
  return said.match(/^Tests: +(.*)$/m)?.[1] ?? '';
}

// ---- the run

/**
 * Runs what is ready, some at a time; what waits for a part that failed fails with it.
 * @param {Part[]} all
 * @param {Omit<Context, 'log'>} context
 */
async function runAll(all, context) {
  /** @type {Map<string, Result>} */
  const results = new Map();
  const waiting = [...all];
  const names = new Set(all.map(({ name }) => name));

  async function worker() {
    for (;;) {
      const part = waiting.find(({ after = [] }) =>
        after.every((name) => !names.has(name) || results.has(name)),
      );
      if (part !== undefined) {
        waiting.splice(waiting.indexOf(part), 1);
        results.set(part.name, await runPart(part, results, context));
      } else if (waiting.length === 0) return;
      else await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
  return results;
}

/**
 * @param {Part} part
 * @param {Map<string, Result>} results of the parts that have ended
 * @param {Omit<Context, 'log'>} context
 * @returns {Promise<Result>}
 */
async function runPart({ name, after = [], run: work }, results, context) {
  const file = join(out, `${name.replaceAll(/[/: ]+/g, '-')}.log`);
  const log = createWriteStream(file);
  const start = performance.now();
  const result = { ok: false, said: '', seconds: 0 };
  try {
    const broken = after.filter((needed) => results.get(needed)?.ok === false);
    if (broken.length > 0) throw new Failed(`waits for ${broken.join(', ')}`);
    result.said = await work({ ...context, log });
    result.ok = true;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (!(error instanceof Failed)) log.write(`\n${error.stack ?? error.message}\n`);
    result.said = error.message;
  } finally {
    log.end();
  }
  result.seconds = (performance.now() - start) / 1000;
  const headline = `${result.ok ? 'ok    ' : 'FAILED'} ${name.padEnd(44)} ${result.seconds.toFixed(0).padStart(5)} s`;
  console.log(
    result.ok
      ? `${headline}  ${result.said}`
      : `${headline}  ${shown(file)}\n${result.said.replace(/^/gm, '    ')}`,
  );
  return result;
}

/**
 * Whether a part is asked for: by a word in its name, or because the change concerns it. Without a wish, every part is.
 * @param {string[]} args
 * @returns {(name: string) => boolean}
 */
function chooser(args) {
  const { values, positionals: words } = parseArgs({
    args,
    options: { 'changed-since': { type: 'string' } },
    allowPositionals: true,
  });
  const base = values['changed-since'];
  if (base === undefined && words.length === 0) return () => true;
  const changed = base === undefined ? [] : changedSince(base);
  return (name) =>
    changed.some((folder) => name === folder || name === `user data: ${folder}`) ||
    words.some((word) => name.includes(word));
}

/** @param {string[]} args */
async function main(args) {
  const start = performance.now();
  // The plans of an earlier run stay when only some parts run: others read them.
  const isWanted = chooser(args);
  if (args.length === 0) rmSync(out, { recursive: true, force: true });
  mkdirSync(plans, { recursive: true });

  const version = terraformVersion();
  const source = providers();
  install(['tflint', 'trivy', 'checkov']);
  console.log(`Terraform ${version}, ${source.standIn ? 'stand-ins of the providers' : 'real providers'}`);
  if (!source.standIn)
    console.log(
      'Not judged: examples, environments and their plans. With real providers they would be applied for real.',
    );

  const folder = copy();
  const all = parts(source, folder).filter(({ name }) => isWanted(name));
  const judged = new Set(all.map(({ name }) => name));
  const results = await runAll(all, { env: environment(source), plans, judged });
  remove(folder);

  const failed = [...results.values()].filter(({ ok }) => !ok).length;
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(`\n${results.size - failed} passed, ${failed} failed, ${seconds} s`);
  if (failed > 0 || results.size === 0) process.exitCode = 1;
}

await main(process.argv.slice(2));
