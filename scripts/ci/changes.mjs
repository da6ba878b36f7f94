/** What changed since the last commit on main, as far as a row of suites.mjs may ask for it. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson } from '../support/json.mjs';
import { notesIn, sharedHashes } from './shared.mjs';

/** @typedef {import('./suites.mjs').Inputs} Inputs */
/** @typedef {import('./suites.mjs').Suite} Suite */
/** @typedef {{ version?: string, dependencies?: Record<string, string> }} LockedPackage */

/** The commit of main that the change before this one was landed as, for a clone in which origin/main is the change itself. */
const LANDED = '.ci/landed';

export class Changes {
  /** @type {Promise<Suite[] | undefined> | undefined} */
  #rows;
  /** @type {Record<string, string> | undefined} */
  #shared;

  /**
   * @param {string} root the repository
   * @param {string} base the commit to compare with
   */
  constructor(root, base) {
    this.root = root;
    this.base = base;
    const changed = this.#git('diff', '--name-only', '--no-renames', base);
    const added = this.#git('ls-files', '--others', '--exclude-standard');
    this.files = `${changed}\n${added}`.split('\n').filter((file) => file !== '');
  }

  /**
   * The first of these inputs that changed, for people; undefined when none did.
   * @param {Inputs} inputs
   * @returns {string | undefined}
   */
  first({ paths = [], objects = [], tools = [], packages = [], shared = [] }) {
    const files = [...paths, ...objects.map((name) => `tests/values/objects/${name}.txt`)];
    const file = this.files.find((changed) =>
      files.some((path) => changed === path || changed.startsWith(`${path}/`)),
    );
    if (file !== undefined) return file;
    const tool = tools.find((name) => this.#differs(versionsOfTools, 'scripts/ci/tools.sh', name));
    if (tool !== undefined) return `the version of ${tool}`;
    const dependency = packages.find((name) =>
      this.#differs((text) => closureOf(text, name), 'package-lock.json'),
    );
    if (dependency !== undefined) return `the package ${dependency}`;
    const folder = shared.find((name) => this.#sharedDiffers(name));
    return folder === undefined ? undefined : `../shared/${folder}`;
  }

  /**
   * Whether a suite is new, or what it runs is; not to be told where main had no table yet.
   * @param {Suite} suite
   */
  async isAnother({ name, commands }) {
    const rows = await this.#earlierRows();
    if (rows === undefined) return false;
    const before = rows.find((row) => row.name === name);
    return JSON.stringify(before?.commands) !== JSON.stringify(commands);
  }

  /** @returns {Promise<Suite[] | undefined>} */
  #earlierRows() {
    this.#rows ??= (async () => {
      const text = this.#before('scripts/ci/suites.mjs');
      if (text === undefined) return undefined;
      // A module that imports nothing is the same from anywhere.
      /** @type {unknown} */
      const table = await import(`data:text/javascript,${encodeURIComponent(text)}`);
      // As it was then: the rows of today may have more members.
      return /** @type {{ suites: Suite[] }} */ (table).suites;
    })();
    return this.#rows;
  }

  /**
   * Whether what a function reads in a file is another than at the base.
   * @param {(text: string) => Record<string, string>} read
   * @param {string} file
   * @param {string} [key] a member, or all
   */
  #differs(read, file, key) {
    if (!this.files.includes(file)) return false;
    const before = read(this.#before(file) ?? '');
    const now = read(this.#now(file));
    return key === undefined ? JSON.stringify(before) !== JSON.stringify(now) : before[key] !== now[key];
  }

  /** @param {string} folder */
  #sharedDiffers(folder) {
    const noted = this.#before('scripts/ci/shared.lock');
    this.#shared ??= sharedHashes();
    return noted !== undefined && notesIn(noted)[folder] !== this.#shared[folder];
  }

  /** @param {string} file */
  #now(file) {
    const path = join(this.root, file);
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }

  /** @param {string} file */
  #before(file) {
    try {
      return this.#git('show', `${this.base}:${file}`);
    } catch {
      return undefined;
    }
  }

  /** @param {string[]} args */
  #git(...args) {
    return git(this.root, ...args);
  }
}

/**
 * The commit to compare with, and where that is said; or why there is none.
 * @param {string} root
 * @param {Record<string, string | undefined>} env
 * @returns {{ base?: string, how: string }}
 */
export function baseOf(root, env) {
  const head = headOf(root);
  const dirty = ask(root, 'status', '--porcelain', '--untracked-files=no') !== '';
  const landed = join(root, LANDED);
  /** @type {[how: string, commit: string | undefined][]} */
  const candidates = [
    ['CI_BASE', env['CI_BASE']],
    ['origin/main', ask(root, 'rev-parse', '--verify', '--quiet', 'refs/remotes/origin/main^{commit}')],
    [LANDED, existsSync(landed) ? readFileSync(landed, 'utf8').trim() : undefined],
  ];
  for (const [how, commit] of candidates) {
    const base = commit && ask(root, 'rev-parse', '--verify', '--quiet', `${commit}^{commit}`);
    // The last commit of main does not say what came with it; of what is edited on top of it, git does.
    if (!base || (base === head && !dirty)) continue;
    if (ask(root, 'merge-base', '--is-ancestor', base, 'HEAD') !== undefined) return { base, how };
  }
  return {
    how: `no earlier commit of main is known here: neither CI_BASE nor origin/main nor ${LANDED} names one`,
  };
}

/**
 * The commit that is judged.
 * @param {string} root
 */
export const headOf = (root) => ask(root, 'rev-parse', 'HEAD') ?? '0';

/**
 * @param {string} root
 * @param {string[]} args
 */
function git(root, ...args) {
  return execFileSync('git', ['-C', root, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/**
 * What git answers; undefined when it has no answer.
 * @param {string} root
 * @param {string[]} args
 */
function ask(root, ...args) {
  try {
    return git(root, ...args).trim();
  } catch {
    return undefined;
  }
}

/**
 * The table of versions in tools.sh.
 * @param {string} text
 * @returns {Record<string, string>}
 */
function versionsOfTools(text) {
  return Object.fromEntries(
    [...text.matchAll(/^ {2}\[([\w-]+)\]=(\S+)/gm)].map(([, name = '', version = '']) => [name, version]),
  );
}

/**
 * A package of package-lock.json and what it depends on, each with its version.
 * @param {string} text
 * @param {string} name
 * @returns {Record<string, string>}
 */
function closureOf(text, name) {
  const lock = text === '' ? { packages: {} } : parseJson(text);
  // As npm writes it.
  const { packages: all } = /** @type {{ packages: Record<string, LockedPackage> }} */ (lock);
  /** @type {Record<string, string>} */
  const found = {};
  const queue = [placeOf(all, '', name)];
  for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
    const { version, dependencies = {} } = all[place] ?? {};
    if (place in found) continue;
    found[place] = version ?? '';
    queue.push(...Object.keys(dependencies).map((each) => placeOf(all, place, each)));
  }
  return Object.fromEntries(Object.entries(found).sort());
}

/**
 * Where a package finds another one, as Node looks for it.
 * @param {Record<string, unknown>} all
 * @param {string} from
 * @param {string} name
 * @returns {string}
 */
function placeOf(all, from, name) {
  const place = `${from === '' ? '' : `${from}/`}node_modules/${name}`;
  if (place in all || from === '') return place;
  return placeOf(all, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))), name);
}
