import { existsSync, readFileSync } from 'node:fs';
import type { Environment } from '../subject';

/** An environment by its name; one whose values file is not there yet has the chart's defaults. */
export function environment(name: string): Environment {
  const path = `values/${name}.yaml`;
  return { name, files: existsSync(path) ? [readFileSync(path, 'utf8')] : [] };
}
