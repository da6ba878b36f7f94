/**
 * Reads the reports of the policy programs, takes off the exceptions that we have reasons for, and fails on what is left
 * and on exceptions that nothing matches any more.
 *
 *   node scripts/ci/policy.mjs PROGRAM --exceptions FILE FOLDER=REPORT...
 *
 * PROGRAM is kube-score, trivy or checkov; FOLDER is what it judged, REPORT the JSON that it wrote.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LineCounter, parse, parseAllDocuments } from 'yaml';
import { parseJson } from '../support/json.mjs';

/**
 * @typedef {{ check: string, title: string, severity: string, object: string, path: string, detail: string }} Finding
 *   object is `Kind/name`, path the file.
 * @typedef {{ judged: number, findings: Finding[] }} Report
 *   judged is how many verdicts the program gave, good and bad: none at all means that it read nothing.
 * @typedef {{ program: string, check: string, scope: string[], reason: string }} Exception
 */

/**
 * What we read of the reports.
 * @typedef {object} KubeScoreObject
 * @property {{ kind: string }} type_meta
 * @property {{ name: string }} object_meta
 * @property {string} file_name
 * @property {KubeScoreCheck[]} checks
 *
 * @typedef {object} KubeScoreCheck
 * @property {{ id: string, name: string }} check
 * @property {number} grade
 * @property {boolean} skipped
 * @property {{ path: string, summary: string }[] | null} comments
 *
 * @typedef {object} TrivyReport
 * @property {TrivyResult[]} [Results]
 *
 * @typedef {object} TrivyResult
 * @property {string} Target
 * @property {{ Successes: number, Failures: number }} [MisconfSummary]
 * @property {TrivyFinding[]} [Misconfigurations]
 *
 * @typedef {object} TrivyFinding
 * @property {string} ID
 * @property {string} Title
 * @property {string} Severity
 * @property {string} Message
 * @property {{ StartLine?: number }} [CauseMetadata]
 *
 * @typedef {object} CheckovReport without anything to judge it has no results and no summary, only counts
 * @property {{ failed_checks?: CheckovCheck[], skipped_checks?: CheckovCheck[], parsing_errors?: string[] }} [results]
 * @property {{ passed?: number, failed?: number, skipped?: number }} [summary]
 * @property {number} [passed]
 * @property {number} [failed]
 *
 * @typedef {object} CheckovCheck
 * @property {string} check_id
 * @property {string} check_name
 * @property {{ result: string, evaluated_keys?: string[] }} check_result
 * @property {string} resource
 * @property {string} file_path
 */

/** For a finding that names no object: scope its exception by path. */
const UNKNOWN = 'unknown/unknown';

/**
 * kube-score's grades: 1 critical, 5 warning, 7 almost well, 10 well. Warnings count: each is mended or has a reason.
 * @type {Record<number, string>}
 */
const KUBE_SCORE_GRADES = { 1: 'CRITICAL', 5: 'WARNING' };

/**
 * @param {KubeScoreObject[]} report
 * @param {string} folder
 * @returns {Report}
 */
export function readKubeScore(report, folder) {
  /** @type {Finding[]} */
  const findings = [];
  let judged = 0;
  for (const { type_meta: type, object_meta: meta, file_name: path, checks } of report) {
    for (const { check, grade, skipped, comments } of checks) {
      if (skipped) continue;
      judged += 1;
      if (grade >= 7) continue;
      findings.push({
        check: check.id,
        title: check.name,
        severity: KUBE_SCORE_GRADES[grade] ?? `grade ${grade}`,
        object: `${type.kind}/${meta.name}`,
        path: under(folder, path),
        detail: (comments ?? [])
          .map(({ path: at, summary }) => [at, summary].filter(Boolean).join(': '))
          .join('; '),
      });
    }
  }
  return { judged, findings };
}

/**
 * @param {TrivyReport} report
 * @param {string} folder
 * @param {(path: string) => string} read the text of a judged file
 * @returns {Report}
 */
export function readTrivy(report, folder, read = (path) => readFileSync(path, 'utf8')) {
  const results = report.Results ?? [];
  return {
    judged: results.reduce((sum, { MisconfSummary: s }) => sum + (s ? s.Successes + s.Failures : 0), 0),
    findings: results.flatMap(({ Target, Misconfigurations }) =>
      (Misconfigurations ?? []).map((found) => {
        const path = `${folder}/${Target}`;
        return {
          check: found.ID,
          title: found.Title,
          severity: found.Severity,
          object: objectAt(path, found.CauseMetadata?.StartLine, read) ?? objectNamed(found.Message),
          path,
          detail: found.Message,
        };
      }),
    ),
  };
}

/**
 * The object that stands at a line of a manifest. A chart's template is not YAML, and its lines are the rendered ones.
 * @param {string} path
 * @param {number | undefined} line
 * @param {(path: string) => string} read
 */
function objectAt(path, line, read) {
  if (path.includes('/templates/')) return undefined;
  const lines = new LineCounter();
  const documents = parseAllDocuments(read(path), { lineCounter: lines });
  const found =
    documents.length === 1
      ? documents[0]
      : documents.find(({ range }) => lines.linePos(range[2]).line > (line ?? Infinity));
  /** @type {unknown} */
  const object = found?.toJS() ?? {};
  // What was judged is an object of Kubernetes, or nothing that has a kind.
  const { kind, metadata } = /** @type {{ kind?: string, metadata?: { name: string } }} */ (object);
  return kind && `${kind}/${String(metadata?.name)}`;
}

/**
 * Trivy names the object only in its sentences: "Container 'api' of Deployment 'api' should …".
 * @param {string} message
 */
function objectNamed(message) {
  for (const [, kind = '', name = ''] of message.matchAll(/\b([A-Z][A-Za-z]+) ["']([^"']+)["']/g)) {
    if (kind !== 'Container') return `${kind}/${name}`;
  }
  return UNKNOWN;
}

/**
 * A check that an annotation in the manifest skips is a finding: exceptions have one place.
 * @param {CheckovReport} report
 * @param {string} folder
 * @returns {Report}
 */
export function readCheckov(report, folder) {
  // It lists no passed checks (--quiet), only counts them; without anything to judge there is no summary either.
  const { failed_checks = [], skipped_checks = [], parsing_errors = [] } = report.results ?? {};
  const { passed = 0, failed = 0, skipped = 0 } = report.summary ?? {};
  return {
    judged: passed + failed + skipped,
    findings: [
      ...[...failed_checks, ...skipped_checks].map((found) => {
        const [kind = '', , ...name] = found.resource.split('.');
        return {
          check: found.check_id,
          title: found.check_name,
          severity: found.check_result.result,
          object: `${kind}/${name.join('.')}`,
          path: under(folder, found.file_path),
          detail: (found.check_result.evaluated_keys ?? []).join(', '),
        };
      }),
      ...parsing_errors.map((file) => ({
        check: 'PARSING_ERROR',
        title: 'The file cannot be read',
        severity: 'ERROR',
        object: UNKNOWN,
        path: under(folder, file),
        detail: '',
      })),
    ],
  };
}

/**
 * The programs write a path as given, absolute, or from the folder: make it one from the folder's name on.
 * @param {string} folder
 * @param {string} file
 */
function under(folder, file) {
  const at = `/${file}`.indexOf(`/${folder}/`);
  return at >= 0 ? file.slice(at) : `${folder}/${file.replace(/^\/+/, '')}`;
}

/**
 * By program. A report is what that program wrote, of the version that scripts/ci/tools.sh installs.
 * @type {Record<string, (report: unknown, folder: string) => Report>}
 */
const READERS = {
  'kube-score': (report, folder) => readKubeScore(/** @type {KubeScoreObject[]} */ (report), folder),
  trivy: (report, folder) => readTrivy(/** @type {TrivyReport} */ (report), folder),
  checkov: (report, folder) => readCheckov(/** @type {CheckovReport} */ (report), folder),
};

/**
 * @param {unknown} value
 * @returns {value is string}
 */
const isText = (value) => typeof value === 'string' && value !== '';

/**
 * @param {string} text
 * @returns {Exception[]}
 */
export function readExceptions(text) {
  /** @type {unknown} */
  const list = parse(text) ?? [];
  if (!Array.isArray(list)) throw new Error('exceptions: expected a list');
  /** @type {unknown[]} */
  const entries = list;
  return entries.map((entry, index) => {
    const at = `exceptions[${index}]`;
    // Any value has members, and each that we take is looked at.
    const { program, check, scope, reason, ...rest } = /** @type {Record<string, unknown>} */ (entry ?? {});
    if (Object.keys(rest).length) throw new Error(`${at}: unknown key ${Object.keys(rest).join(', ')}`);
    if (!isText(program) || !Object.hasOwn(READERS, program))
      throw new Error(`${at}.program: one of ${Object.keys(READERS).join(', ')}`);
    if (!isText(check)) throw new Error(`${at}.check: the program's id of one check`);
    const scopes = [scope].flat();
    if (!scopes.every(isText)) throw new Error(`${at}.scope: Kind/name or path globs`);
    if (typeof reason !== 'string' || reason.trim().length < 20)
      throw new Error(`${at}.reason: a sentence, please`);
    return { program, check, scope: scopes, reason: reason.trim() };
  });
}

const WILDCARDS = new Map([
  ['**', '.*'],
  ['*', '[^/]*'],
]);

/**
 * `*` is any text without a slash, `**` any text.
 * @param {string} pattern
 */
export function glob(pattern) {
  const source = pattern
    .split(/(\*\*|\*)/)
    .map((part) => WILDCARDS.get(part) ?? part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('');
  return new RegExp(`^${source}$`);
}

/**
 * @param {Finding[]} findings
 * @param {Exception[]} exceptions those of the program that made the findings
 * @returns what no exception covers, and each scope of each exception that covers nothing
 */
export function judge(findings, exceptions) {
  const rules = exceptions.flatMap(({ check, scope }) =>
    scope.map((pattern) => ({ check, pattern, matches: glob(pattern), used: false })),
  );
  const left = findings.filter((finding) => {
    const covering = rules.filter(
      (rule) =>
        rule.check === finding.check &&
        (rule.matches.test(finding.object) || rule.matches.test(finding.path)),
    );
    for (const rule of covering) rule.used = true;
    return covering.length === 0;
  });
  const stale = rules.filter((rule) => !rule.used).map(({ check, pattern }) => ({ check, scope: pattern }));
  return { left, stale };
}

/**
 * One paragraph a check, one line an object: the same object in three environments is said once.
 * @param {Finding[]} findings
 */
export function describe(findings) {
  return [...groupBy(findings, byCheck)].map(([head, found]) => {
    const objects = groupBy(found, ({ object, detail }) => `    ${object}${detail ? `: ${detail}` : ''}`);
    const lines = [...objects].map(
      ([line, same]) => `${line}\n      in ${[...new Set(same.map(({ path }) => path))].join(', ')}`,
    );
    return [`  ${head}`, ...lines].join('\n');
  });
}

/** @param {Finding} finding */
const byCheck = ({ check, title, severity }) => `${check} ${title} (${severity})`;

/**
 * @param {Finding[]} items
 * @param {(item: Finding) => string} key
 */
function groupBy(items, key) {
  /** @type {Map<string, Finding[]>} */
  const groups = new Map();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

const USAGE = 'usage: policy.mjs kube-score|trivy|checkov --exceptions FILE FOLDER=REPORT...';

/** @param {string[]} args */
function main([program = '', option, exceptionsFile, ...inputs]) {
  const read = READERS[program];
  if (!read || option !== '--exceptions' || exceptionsFile === undefined || inputs.length === 0)
    throw new Error(USAGE);
  const problems = [];
  const findings = [];
  for (const input of inputs) {
    const [folder, file] = input.split('=');
    if (folder === undefined || file === undefined) throw new Error(USAGE);
    const { judged, findings: found } = read(parseJson(readFileSync(file, 'utf8') || 'null') ?? [], folder);
    console.log(`${program}: ${judged} verdicts, ${found.length} findings in ${folder}`);
    if (judged === 0) problems.push(`${program} judged nothing in ${folder}`);
    findings.push(...found);
  }

  const exceptions = readExceptions(readFileSync(exceptionsFile, 'utf8')).filter(
    (e) => e.program === program,
  );
  const { left, stale } = judge(findings, exceptions);
  console.log(
    `${program}: ${findings.length - left.length} findings excepted by ${exceptions.length} exceptions`,
  );
  if (left.length)
    problems.push(`${left.length} findings without an exception:\n${describe(left).join('\n')}`);
  for (const { check, scope } of stale) {
    problems.push(`stale exception, nothing matches it any more: ${program} ${check} on ${scope}`);
  }
  for (const problem of problems) console.error(problem);
  return problems.length ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv.slice(2));
