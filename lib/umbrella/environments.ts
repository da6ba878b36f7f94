import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Values } from './values';

/** The environments: each has a file in `values/` that holds what differs from the defaults. */
export const ENVIRONMENTS: readonly string[] = Values.properties.environment['enum'] as string[];

/** The values file of an environment. */
export function environmentFile(root: string, environment: string): string {
  return join(root, 'values', `${environment}.yaml`);
}

/** The texts of all environments' files, by environment. */
export function environmentTexts(root: string): Map<string, string> {
  const present = new Set(readdirSync(join(root, 'values')));
  return new Map(
    ENVIRONMENTS.filter((name) => present.has(`${name}.yaml`)).map((name) => [
      name,
      readFileSync(environmentFile(root, name), 'utf8'),
    ]),
  );
}
