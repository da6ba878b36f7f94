/** What is asked of one module: that it is valid, and that its tests pass and are enough. */
import { join } from 'node:path';
import { assertions, testFiles } from './layout.mjs';
import { Failed, run } from './programs.mjs';

const FEWEST_ASSERTIONS = 6;

/**
 * @param {string} module
 * @param {import('./programs.mjs').Context & { folder: string }} context folder is a copy of terraform/
 * @returns {Promise<string>} what there is to say about it
 */
export async function checkModule(module, { folder, env, log }) {
  const cwd = join(folder, module);
  const count = assertions(module);
  if (count < FEWEST_ASSERTIONS)
    throw new Failed(`${module}/tests has ${count} assertions, at least ${FEWEST_ASSERTIONS} are wanted`);

  await run('terraform', ['init', '-backend=false', '-no-color'], { cwd, env, log });
  await run('terraform', ['validate', '-no-color'], { cwd, env, log });
  const { said } = await run('terraform', ['test', '-no-color'], { cwd, env, log });
  const [, passed] = said.match(/(\d+) passed, 0 failed\./) ?? [];
  if (!(Number(passed) > 0)) throw new Failed(`terraform test passed nothing in ${module}`);
  return `${testFiles(module).length} test files, ${Number(passed)} runs, ${count} assertions`;
}
