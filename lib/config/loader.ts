/**
 * The checks that the application runs when it loads its configuration (Medical_KG 30f8c62, config/manager.py and
 * config/models.py), so that a deployment fails when it is rendered and not when a pod starts.
 *
 * As there: variables are laid over, placeholders filled in, then the shape is checked, and only a document of the right
 * shape goes on to the rules between its values. Stricter than there: a key that stands twice, `${VAR:}`, `.nan` and
 * `.inf`, and the shape of policy.yaml (policy.ts) are problems too.
 */
import { withOverrides } from './overrides';
import { fillPlaceholders } from './placeholders';
import type { Environment } from './placeholders';
import type { ApplicationPolicy } from './policy';
import { isMapping, pointer } from './problem';
import type { LoaderProblem, LoaderRule } from './problem';
import { readPyYaml } from './pyyaml';
import type { PyYamlDocument } from './pyyaml';
import { SCHEMA_VERSION } from './schema';
import type { ApplicationConfig } from './schema';
import {
  configShapeProblems,
  isApplicationConfig,
  isApplicationPolicy,
  policyShapeProblems,
} from './validation';

export type { LoaderProblem } from './problem';
export type { Environment } from './placeholders';

/** How far the fusion weights may add up to other than one. */
const WEIGHT_TOLERANCE = 0.01;

/**
 * What the application would stop for.
 *
 * @param config config.yaml as data, with its placeholders (the layers already merged)
 * @param policy policy.yaml as data
 * @param environment variables of the process that loads it
 */
export function loaderProblems(config: unknown, policy: unknown, environment: Environment): LoaderProblem[] {
  const filled = fillPlaceholders(withOverrides(config, environment), environment);
  const policyOk = isApplicationPolicy(policy);
  const policyProblems = policyOk ? [] : policyShapeProblems();
  const unfilled = new Set(filled.problems.map((problem) => problem.path));
  return [
    ...filled.problems,
    ...schemaVersionProblems(filled.value, environment),
    ...configProblems(filled.value, policyOk ? policy : undefined).filter(({ path }) => !unfilled.has(path)),
    ...policyProblems,
  ];
}

/**
 * The same for the text of both files, read as PyYAML reads it. A file that it cannot read is not checked further.
 */
export function loaderProblemsOfText(
  configYaml: string,
  policyYaml: string,
  environment: Environment,
): LoaderProblem[] {
  const config = readPyYaml(configYaml, 'config.yaml');
  const policy = readPyYaml(policyYaml, 'policy.yaml');
  const reading = [...config.problems, ...policy.problems];
  if (config.value === undefined || policy.value === undefined) return reading;
  const found = loaderProblems(config.value, policy.value, environment);
  return [...reading, ...found.map((problem) => withNumberHint(problem, config))];
}

/** Names the cause where a value is refused only because PyYAML reads a number as text. */
function withNumberHint(problem: LoaderProblem, config: PyYamlDocument): LoaderProblem {
  const written = problem.rule === 'schema' ? config.numbersReadAsText.get(problem.path) : undefined;
  if (written === undefined) return problem;
  const message = `${problem.message}; PyYAML reads ${written} as text: write the point, and the exponent with a sign`;
  return { ...problem, rule: 'number-as-string', message };
}

function configProblems(config: unknown, policy: ApplicationPolicy | undefined): LoaderProblem[] {
  if (!isApplicationConfig(config)) return configShapeProblems();
  return [
    ...overlapProblems(config),
    ...fusionProblems(config),
    ...(policy === undefined ? [] : licenceProblems(config, policy)),
  ];
}

function overlapProblems(config: ApplicationConfig): LoaderProblem[] {
  return Object.entries(config.chunking.profiles)
    .filter(([, profile]) => profile.overlap >= profile.target_tokens)
    .map(([name, profile]) =>
      problem(
        'chunk-overlap',
        pointer(pointer('/chunking/profiles', name), 'overlap'),
        `${profile.overlap} tokens of overlap are not fewer than target_tokens, ${profile.target_tokens}`,
      ),
    );
}

function fusionProblems(config: ApplicationConfig): LoaderProblem[] {
  const total = Object.values(config.retrieval.fusion.weights).reduce((sum, weight) => sum + weight, 0);
  if (Math.abs(total - 1) <= WEIGHT_TOLERANCE) return [];
  const message = `the weights add up to ${total}, not to 1.0 ± ${WEIGHT_TOLERANCE}`;
  return [problem('fusion-weights', '/retrieval/fusion/weights', message)];
}

function licenceProblems(config: ApplicationConfig, policy: ApplicationPolicy): LoaderProblem[] {
  return Object.entries(config.catalog.vocabs)
    .filter(([, vocabulary]) => vocabulary.enabled && vocabulary.requires_license)
    .filter(([name]) => !isLicensed(policy, name.toUpperCase()))
    .map(([name]) =>
      problem(
        'licence',
        pointer('/catalog/vocabs', name),
        `needs a licence, and policy.yaml has no vocabs.${name.toUpperCase()} with licensed: true`,
      ),
    );
}

function isLicensed(policy: ApplicationPolicy, name: string): boolean {
  return Object.hasOwn(policy.vocabs, name) && policy.vocabs[name]?.licensed === true;
}

/**
 * A version declared as `v1.2.3` in `$schema` may not be newer than the supported one; an older one passes unless
 * MEDCFG_ALLOW_OLD_SCHEMA is set to something other than 1, true, yes or on.
 */
function schemaVersionProblems(config: unknown, environment: Environment): LoaderProblem[] {
  const declared =
    isMapping(config) && typeof config.$schema === 'string' ? versionIn(config.$schema) : undefined;
  const order = declared === undefined ? 0 : compareVersions(declared, SCHEMA_VERSION);
  if (declared === undefined || order === 0 || (order < 0 && allowsOldSchema(environment))) return [];
  const message = `declares version ${declared}; the application supports ${SCHEMA_VERSION}`;
  return [problem('schema-version', '/$schema', message)];
}

function versionIn(reference: string): string | undefined {
  return /v(\d+\.\d+\.\d+)/.exec(reference)?.[1];
}

function compareVersions(left: string, right: string): number {
  const parts = right.split('.').map(Number);
  const differences = left.split('.').map((part, index) => Number(part) - (parts[index] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}

function allowsOldSchema(environment: Environment): boolean {
  const setting = environment.MEDCFG_ALLOW_OLD_SCHEMA;
  return setting === undefined || ['1', 'true', 'yes', 'on'].includes(setting.trim().toLowerCase());
}

function problem(rule: LoaderRule, path: string, message: string): LoaderProblem {
  return { rule, file: 'config.yaml', path, message };
}
