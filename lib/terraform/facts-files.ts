import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ENVIRONMENTS, type Environment } from '../platform/environments';
import type { EvaluationScope } from '../engine';
import { factsOf, ROOTS, type Root } from './facts';

/** The file of a root that Terraform reads by itself. */
const FILE = 'platform.auto.tfvars.json';

/** Terraform ignores a key of this name. */
const COMMENT = '//';

/** Where the facts of an environment stand, from the top of the checkout. */
export function factsPath(environment: string, root: Root): string {
  return `terraform/environments/${environment}/${root}/${FILE}`;
}

/** The environments that Terraform makes: each has a folder with its roots. */
export function environmentsWithRoots(checkout: string): Environment[] {
  return ENVIRONMENTS.filter((name) =>
    existsSync(join(checkout, dirname(dirname(factsPath(name, 'cloud'))))),
  );
}

/** The files of an environment, by their path: the same bytes for the same description and values. */
export function factsFiles(environment: string, scope: EvaluationScope): Map<string, string> {
  const comment = `Made by: medkg terraform-facts --env ${environment}. A change belongs into lib/platform or values/${environment}.yaml.`;
  return new Map(
    roots.map((root) => [
      factsPath(environment, root),
      `${JSON.stringify({ [COMMENT]: comment, ...factsOf(root, scope) }, null, 2)}\n`,
    ]),
  );
}

// The keys of a table of ours.
const roots = Object.keys(ROOTS) as Root[];
