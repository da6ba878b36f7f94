/** The linters. What they find is mended, or suppressed beside the line with its reason. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { planFile } from './copy.cjs';
import { examples, modules, read, repository, roots, sources, terraformFolder } from './layout.mjs';
import { Failed, program, run } from './programs.mjs';

const CHECKOV = ['--quiet', '--compact', '--skip-download', '--output', 'json'];

export async function checkFormat({ env, log }) {
  await run('terraform', ['fmt', '-check', '-recursive', '-diff', '-no-color'], {
    cwd: terraformFolder,
    env,
    log,
  });
  return 'formatted';
}

/** Every folder, by the rules for the language itself: the rules about AWS cannot be had without a download. */
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
  const results = JSON.parse(said.slice(said.indexOf('{'))).Results ?? [];
  const found = results.flatMap(({ Target, Misconfigurations: list = [] }) =>
    list.filter(({ Status }) => Status === 'FAIL').map((item) => ({ Target, ...item })),
  );
  if (results.length === 0) throw new Failed('trivy judged nothing');
  if (found.length > 0) throw new Failed(found.map(trivyLine).join('\n'));
  const passed = sum(results, ({ MisconfSummary: counted }) => counted?.Successes ?? 0);
  return `${passed} passed, 0 findings, ${suppressions('trivy:ignore:')} suppressed`;
}

/** How many lines of the sources tell a linter to be silent. */
function suppressions(marker) {
  return sum(
    [...modules, ...examples, ...roots].flatMap(sources),
    (file) => read(file).split(marker).length - 1,
  );
}

function trivyLine({ Target, ID, Severity, Title, CauseMetadata: at }) {
  return `${Severity} ${ID} ${Title}\n    terraform/${Target}:${at?.StartLine ?? '?'} ${at?.Resource ?? ''}`;
}

/** The sources as they stand, then each plan with everything in it known that a plan knows. */
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

async function checkovOf(what, { env, log }) {
  const { said } = await run(program('checkov'), [...CHECKOV, ...what], {
    cwd: repository,
    env: { ...env, LOG_LEVEL: 'ERROR' },
    log,
    codes: [0, 1],
  });
  const reports = [JSON.parse(said.slice(said.search(/^[[{]/m)))].flat();
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

function checkovLine({ check_id: id, check_name: name, resource, file_path: file, file_line_range: [line] }) {
  return `${id} ${name}\n    ${file}:${line} ${resource}`;
}

function sum(list, count) {
  return list.reduce((total, item) => total + count(item), 0);
}
