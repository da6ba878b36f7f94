import type { Condition, Value } from '../template';

/** A relation between values that no schema can say. */
export interface Rule {
  /** The value to look at: `ingress.host`; of a service's rule, below the service. */
  readonly path: string;
  /** When it is broken. */
  readonly broken: Condition;
  /** What is wrong and what to do, as it follows after the path. */
  readonly sentence: string;
  /** What breaks it, told after the sentence. */
  readonly names?: Value<string>;
}
