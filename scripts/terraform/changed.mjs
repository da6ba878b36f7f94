/** What of terraform/ a change concerns: a root lives its whole life again when its folder, or a module that it calls, changed. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { examples, modules, read, repository, roots, sources } from './layout.mjs';

/**
 * Modules, examples and roots that are not what they were at a commit.
 * @param {string} base
 */
export function changedSince(base) {
  const files = execFileSync(
    'git',
    [
      '-C',
      repository,
      'diff',
      '--name-only',
      '--no-renames',
      '--relative=terraform',
      base,
      '--',
      'terraform',
    ],
    { encoding: 'utf8' },
  )
    .split('\n')
    .filter((file) => file !== '');
  return concerned(files);
}

/**
 * By files, relative to terraform/.
 * @param {string[]} files
 */
export function concerned(files) {
  const own = (/** @type {string} */ folder) => files.some((file) => file.startsWith(`${folder}/`));
  // Tests and pages of a module say nothing to those who call it.
  const says = (/** @type {string} */ folder) =>
    files.some(
      (file) =>
        file.startsWith(`${folder}/`) && !/^(tests|examples)\/|\.md$/.test(file.slice(folder.length + 1)),
    );
  return [
    ...modules.filter((module) => own(module) || called(module).some(says)),
    ...[...examples, ...roots].filter((folder) => own(folder) || called(folder).some(says)),
  ];
}

/**
 * The folders that a folder calls, and what these call.
 * @param {string} folder
 * @param {Set<string>} [found]
 * @returns {string[]}
 */
function called(folder, found = new Set()) {
  for (const file of sources(folder))
    for (const [, source = ''] of read(file).matchAll(/^\s*source\s*=\s*"(\.\.?\/[^"]*|\.\.)"/gm)) {
      const module = join(folder, source);
      if (found.has(module)) continue;
      found.add(module);
      called(module, found);
    }
  return [...found];
}
