import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failure, run, type Outcome } from './run';
import { blocks } from './troubleshooting';

const PAGE = join(__dirname, '../../../docs/scaling.md');

/** Runs the commands that docs/scaling.md gives under a name. */
export async function runDocumented(
  id: string,
  variables: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const block = blocks(readFileSync(PAGE, 'utf8')).find(
    ({ language, id: other }) => language === 'sh' && other === id,
  );
  if (block === undefined) throw new Error(`docs/scaling.md has no commands ${id}`);
  const settings = Object.entries(variables).map(([name, value]) => `export ${name}='${value}'\n`);
  const outcome = await run('bash', ['-euo', 'pipefail'], settings.join('') + block.body);
  if (outcome.code !== 0) throw failure([id], outcome);
  return outcome;
}
