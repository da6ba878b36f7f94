import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ENVIRONMENTS } from '../platform/environments';
import { type InputProblem, ValuesInputError } from '../engine/renderers';

export { ENVIRONMENTS };

/** The values file of an environment. */
export function environmentFile(root: string, environment: string): string {
  return join(root, 'values', `${environment}.yaml`);
}

/** Values files that belong to no environment: nothing renders them, so that each would be half of one. */
export function strayFiles(root: string): InputProblem[] {
  const known = new Set(ENVIRONMENTS.map((name) => `${name}.yaml`));
  return readdirSync(join(root, 'values'))
    .filter((file) => file.endsWith('.yaml') && !known.has(file))
    .map((file) => {
      const name = file.replace(/\.yaml$/, '');
      return {
        message: `no environment ${name}: add it to lib/platform/environments.ts (docs/contributing.md, "Add an environment"), or keep the file elsewhere`,
        location: { file: relative(process.cwd(), environmentFile(root, name)), line: 1, column: 1 },
      };
    });
}

/** The texts of all environments' files, by environment; refused where there are further ones. */
export function environmentTexts(root: string): Map<string, string> {
  const stray = strayFiles(root);
  if (stray.length > 0) throw new ValuesInputError(stray);
  return new Map(
    ENVIRONMENTS.filter((name) => existsSync(environmentFile(root, name))).map((name) => [
      name,
      readFileSync(environmentFile(root, name), 'utf8'),
    ]),
  );
}
