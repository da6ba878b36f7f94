import { expressionOf, type Condition, type EvaluationScope } from '../template';

/** A relation between values that no schema can say. */
export interface Rule {
  /** The value to look at, as a path: `services.api.scaling.hpa.minReplicas`. */
  readonly path: string;
  /** When it is broken. */
  readonly broken: Condition;
  /** What is wrong and what to do, after the path. */
  readonly sentence: string;
}

/** A rule that the values of a release break. */
export interface BrokenRule {
  readonly path: string;
  readonly sentence: string;
}

/** All relations between values, in the order of the values. */
export const rules: readonly Rule[] = [];

/** The rules that a release breaks. */
export function brokenRules(scope: EvaluationScope): BrokenRule[] {
  return rules.filter(({ broken }) => expressionOf(broken).evaluate(scope) === true).map(({ path, sentence }) => ({ path, sentence }));
}
