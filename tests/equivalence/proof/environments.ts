import { existsSync, readFileSync } from 'node:fs';

/** An environment, with the values file that stands before every document. */
export interface Environment {
  readonly name: string;
  readonly files: readonly string[];
}

/** An environment by its name; one whose values file is not there yet has the chart's defaults. */
export function environment(name: string): Environment {
  const path = `values/${name}.yaml`;
  return { name, files: existsSync(path) ? [readFileSync(path, 'utf8')] : [] };
}
