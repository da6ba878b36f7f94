import type { Plan, Resource } from '../support/plan';
import type { Edit } from '../support/terraform';

/** Something that has to hold for every resource of a kind, in every root. */
export interface Rule {
  /** Reads as a sentence. */
  readonly name: string;
  /** What is judged. A rule that judges nothing anywhere is a mistake. */
  readonly judges: (plan: Plan) => readonly Resource[];
  /** What is wrong with one of them. */
  readonly problem: (resource: Resource, plan: Plan) => string | undefined;
  /** How the rule is seen to fail: a change of the sources, and the resource that it then finds. */
  readonly mutation: Mutation;
}

export interface Mutation extends Edit {
  /** The root that is planned with the change. */
  readonly root: string;
  /** The address of a resource that the rule finds then, and finds nothing wrong with otherwise. */
  readonly finds: string;
}

export interface Finding {
  readonly address: string;
  readonly problem: string;
}

export function findings({ judges, problem }: Rule, plan: Plan): readonly Finding[] {
  return judges(plan).flatMap((resource) => {
    const found = problem(resource, plan);
    return found === undefined ? [] : [{ address: resource.address, problem: found }];
  });
}

export const PROD = 'environments/prod/cloud';
export const PROD_CLUSTER = 'environments/prod/cluster';
export const STAGING_CLUSTER = 'environments/staging/cluster';
