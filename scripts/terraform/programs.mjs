/** The programs that judge: Terraform and its providers, and the linters. */
import { execFileSync, spawn } from 'node:child_process';
import { createWriteStream, existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson } from '../support/json.mjs';
import { repository } from './layout.mjs';

/**
 * What a part of the check is given.
 * @typedef {object} Context
 * @property {NodeJS.ProcessEnv} env
 * @property {import('node:stream').Writable} log
 * @property {string} plans the folder with the plan and the state of each root
 * @property {Set<string>} judged the names of all parts that run
 *
 * @typedef {{ config: string | undefined, standIn: boolean }} Providers
 *
 * @typedef {object} RunOptions
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} env
 * @property {import('node:stream').Writable} log
 * @property {number[]} [codes] with which it may end
 * @property {string} [output] a file that gets the standard output instead
 *
 * @typedef {{ code: number, said: string }} Ended
 */

const OLDEST_TERRAFORM = { major: 1, minor: 11 };
const tools = join(repository, '.tools');
const shared = join(process.env.CI_SHARED ?? join(repository, '../shared'), 'terraform-schema');

/**
 * Installs what is missing, at the versions of scripts/ci/tools.sh.
 * @param {string[]} names
 */
export function install(names) {
  execFileSync('bash', [join(repository, 'scripts/ci/tools.sh'), ...names], { stdio: 'inherit' });
}

/**
 * A program that `install` brought.
 * @param {string} name
 */
export function program(name) {
  return join(tools, 'bin', name);
}

export function terraformVersion() {
  let version;
  try {
    const options = /** @type {const} */ ({ env: cleanEnvironment(), encoding: 'utf8' });
    const said = parseJson(execFileSync('terraform', ['version', '-json'], options));
    // As Terraform documents it.
    version = /** @type {{ terraform_version: string }} */ (said).terraform_version;
  } catch {
    throw new Error('terraform is not on PATH: install Terraform 1.11 or newer');
  }
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const oldest = OLDEST_TERRAFORM;
  if (major < oldest.major || (major === oldest.major && minor < oldest.minor))
    throw new Error(`terraform is ${version}: the modules need ${oldest.major}.${oldest.minor} or newer`);
  return version;
}

function cleanEnvironment() {
  const { TF_CLI_CONFIG_FILE: given, ...rest } = process.env;
  return given !== undefined && existsSync(given) ? process.env : rest;
}

/**
 * Where the providers come from. Their stand-ins serve the schema of the real ones with no cloud behind them; only on
 * these is anything planned and applied. Real providers, which is what there is outside of CI, judge the modules.
 * @returns {Providers}
 */
export function providers() {
  const given = cleanEnvironment().TF_CLI_CONFIG_FILE;
  if (given !== undefined) return { config: given, standIn: isStandIn(given) };
  if (!existsSync(join(shared, 'make-mirror'))) return { config: undefined, standIn: false };
  install(['terraform-mirror']);
  return { config: join(tools, 'terraform-mirror/terraform.tfrc'), standIn: true };
}

/**
 * A stand-in lies beside the schema that it serves. Anything else is taken for the real provider, which applies for real.
 * @param {string} config
 */
function isStandIn(config) {
  const mirror = readFileSync(config, 'utf8').match(/^\s*path\s*=\s*"([^"]+)"/m)?.[1];
  if (mirror === undefined || !existsSync(mirror)) return false;
  const entries = readdirSync(mirror, { recursive: true, encoding: 'utf8' });
  const found = entries.filter((path) => /terraform-provider-[^/]+$/.test(path));
  return found.length > 0 && found.every((path) => entries.includes(join(path, '../schema.json.gz')));
}

/**
 * What Terraform is started with.
 * @param {Providers} providers
 */
export function environment({ config, standIn }) {
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    // A provider lives for seconds: a quarter of them go into tidying up memory that is there.
    GOGC: '400',
    ...cleanEnvironment(),
    ...{ TF_IN_AUTOMATION: '1', TF_INPUT: '0', CHECKPOINT_DISABLE: '1' },
  };
  if (config !== undefined) env.TF_CLI_CONFIG_FILE = config;
  // A stand-in never asks, and a real provider by mistake gets nowhere with these.
  if (standIn)
    Object.assign(env, {
      AWS_ACCESS_KEY_ID: 'stand-in',
      AWS_SECRET_ACCESS_KEY: 'stand-in',
      // What an operator keeps in the environment and in no file. No plan and no state may hold it.
      TF_VAR_vault_database_password: 'never-in-a-state',
    });
  return env;
}

/** Thrown when a program does not end as it should; says what it said. */
export class Failed extends Error {}

/** A busy machine: the provider did not start within Terraform's minute, and nothing was done. */
const NOT_STARTED = 'timeout while waiting for plugin to start';

/**
 * Runs a program, once more when a provider did not start.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} options
 */
export async function run(command, args, options) {
  try {
    return await runOnce(command, args, options);
  } catch (error) {
    if (!(error instanceof Failed) || !error.message.includes(NOT_STARTED)) throw error;
    options.log.write('\nThe provider did not start in time: once more.\n');
    return runOnce(command, args, options);
  }
}

/**
 * Runs a program, its output appended to a log. Returns what it printed, and fails unless it ended with one of `codes`.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} options
 * @returns {Promise<Ended>}
 */
function runOnce(command, args, { cwd, env, log, codes = [0], output }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    log.write(`\n$ ${command} ${args.join(' ')}\n`);
    /** @type {Buffer[]} */
    const text = [];
    const keep = (/** @type {Buffer} */ chunk) => {
      text.push(chunk);
      log.write(chunk);
    };
    if (output === undefined) child.stdout.on('data', keep);
    else child.stdout.pipe(createWriteStream(output));
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => {
      const said = Buffer.concat(text).toString();
      if (code !== null && codes.includes(code)) resolve({ code, said });
      else reject(new Failed(`${command} ${args.join(' ')}: exit ${String(code)}\n${said.slice(-6000)}`));
    });
  });
}
