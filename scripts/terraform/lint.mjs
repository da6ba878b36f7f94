/** The linters. What they find is mended, or suppressed beside the line with its reason. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { planFile } from './copy.cjs';
import { examples, modules, read, repository, roots, sources, terraformFolder } from './layout.mjs';
import { Failed, program, run } from './programs.mjs';
import { parseJson } from '../support/json.mjs';

/**
 * @typedef {import('./programs.mjs').Context} Context
 *
 * What we read of the reports.
 * @typedef {object} TrivyResult
 * @property {string} Target
 * @property {TrivyFinding[]} [Misconfigurations]
 * @property {{ Successes: number }} [MisconfSummary]
 *
 * @typedef {object} TrivyFinding
 * @property {string} ID
 * @property {string} Status
 * @property {string} Severity
 * @property {string} Title
 * @property {{ StartLine?: number, Resource?: string }} [CauseMetadata]
 *
 * @typedef {object} CheckovReport
 * @property {{ failed_checks?: CheckovCheck[], parsing_errors?: string[] }} [results]
 * @property {{ passed: number, skipped: number }} [summary]
 *
 * @typedef {object} CheckovCheck
 * @property {string} check_id
 * @property {string} check_name
 * @property {string} resource
 * @property {string} file_path
 * @property {[first: number, last: number]} file_line_range
 */

const CHECKOV = ['--quiet', '--compact', '--skip-download', '--output', 'json'];

/** @param {Context} context */
export async function checkFormat({ env, log }) {
  await run('terraform', ['fmt', '-check', '-recursive', '-diff', '-no-color'], {
    cwd: terraformFolder,
    env,
    log,
  });
  return 'formatted';
}

/**
 * Every folder, by the rules for the language itself: the rules about AWS cannot be had without a download.
 * @param {Context} context
 */
export async function tflint({ env, log }) {
  const config = join(terraformFolder, '.tflint.hcl');
  const folders = [...modules, ...examples, ...roots];
  for (const folder of folders) {
    const cwd = join(terraformFolder, folder);
    // An example is read from top to bottom: one file.
    const rules = examples.includes(folder) ? ['--disable-rule=terraform_standard_module_structure'] : [];
    await run(program('tflint'), ['--no-color', `--config=${config}`, ...rules], { cwd, env, log });
  }
  return `${folders.length} folders, 0 findings`;
}

/** @param {Context} context */
export async function trivy({ env, log }) {
  const { said } = await run(
    program('trivy'),
    [
      'config',
      ...['--skip-check-update', '--skip-version-check', '--disable-telemetry', '--quiet'],
      ...['--cache-dir', join(repository, '.tools/trivy-cache')],
      ...['--misconfig-scanners', 'terraform', '--format', 'json', terraformFolder],
    ],
    { cwd: repository, env, log },
  );
  // As trivy writes it, asked for JSON.
  const report = /** @type {{ Results?: TrivyResult[] }} */ (parseJson(said.slice(said.indexOf('{'))));
  const results = report.Results ?? [];
  const found = results.flatMap(({ Target, Misconfigurations: list = [] }) =>
    list.filter(({ Status }) => Status === 'FAIL').map((item) => ({ Target, ...item })),
  );
  if (results.length === 0) throw new Failed('trivy judged nothing');
  if (found.length > 0) throw new Failed(found.map(trivyLine).join('\n'));
  const passed = sum(results, ({ MisconfSummary: counted }) => counted?.Successes ?? 0);
  return `${passed} passed, 0 findings, ${suppressions('trivy:ignore:')} suppressed`;
}

/**
 * How many lines of the sources tell a linter to be silent.
 * @param {string} marker
 */
function suppressions(marker) {
  return sum(
    [...modules, ...examples, ...roots].flatMap(sources),
    (file) => read(file).split(marker).length - 1,
  );
}

/** @param {TrivyFinding & { Target: string }} finding */
function trivyLine({ Target, ID, Severity, Title, CauseMetadata: at }) {
  return `${Severity} ${ID} ${Title}\n    terraform/${Target}:${at?.StartLine ?? '?'} ${at?.Resource ?? ''}`;
}

/**
 * The sources as they stand, then each plan with everything in it known that a plan knows.
 * @param {Context} context
 */
export async function checkov({ env, log, plans }) {
  const ofSources = await checkovOf(['--directory', terraformFolder, '--framework', 'terraform'], {
    env,
    log,
  });
  const files = roots.map(planFile).filter((name) => existsSync(join(plans, name)));
  if (files.length === 0) return `sources: ${ofSources}; no plan of a root to judge`;
  const ofPlans = await checkovOf(
    [
      // The stand-in makes up the instance of a route, which this takes for an instance that forwards.
      ...['--skip-check', 'CKV2_AWS_35'],
      ...['--framework', 'terraform_plan', '--repo-root-for-plan-enrichment', terraformFolder],
      ...files.flatMap((name) => ['--file', join(plans, name)]),
    ],
    { env, log },
  );
  return `sources: ${ofSources}; plans: ${ofPlans}`;
}

/**
 * @param {string[]} what
 * @param {Pick<Context, 'env' | 'log'>} context
 */
async function checkovOf(what, { env, log }) {
  const { said } = await run(program('checkov'), [...CHECKOV, ...what], {
    cwd: repository,
    env: { ...env, LOG_LEVEL: 'ERROR' },
    log,
    codes: [0, 1],
  });
  // As checkov writes it, asked for JSON: one report, or a list where it judged by several frameworks.
  const report = /** @type {CheckovReport | CheckovReport[]} */ (
    parseJson(said.slice(said.search(/^[[{]/m)))
  );
  const reports = [report].flat();
  const found = reports.flatMap(({ results }) => [...(results?.failed_checks ?? [])]);
  const unread = reports.flatMap(({ results }) => results?.parsing_errors ?? []);
  const { passed, skipped } = reports.reduce(
    (all, { summary }) => ({
      passed: all.passed + (summary?.passed ?? 0),
      skipped: all.skipped + (summary?.skipped ?? 0),
    }),
    { passed: 0, skipped: 0 },
  );
  if (unread.length > 0) throw new Failed(`checkov cannot read ${unread.join(', ')}`);
  if (passed === 0) throw new Failed('checkov judged nothing');
  if (found.length > 0) throw new Failed(found.map(checkovLine).join('\n'));
  return `${passed} passed, 0 findings, ${skipped} suppressed`;
}

/** @param {CheckovCheck} found */
function checkovLine({ check_id: id, check_name: name, resource, file_path: file, file_line_range: [line] }) {
  return `${id} ${name}\n    ${file}:${line} ${resource}`;
}

/**
 * @template T
 * @param {T[]} list
 * @param {(item: T) => number} count
 */
function sum(list, count) {
  return list.reduce((total, item) => total + count(item), 0);
}
