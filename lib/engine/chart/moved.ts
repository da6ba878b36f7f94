import {
  Expression,
  Reference,
  valueOf,
  type EvaluationScope,
  type Json,
  type PrintScope,
} from '../template';
import type { Catalogue } from '../values/catalogue';
import { movedSentence, type Moved } from '../values/moved';
import type { Rule, RulesOfEach } from './rule';

/** A rule for each value that moved: whoever still gives it is told where it is now. */
export function movedRules({ chart, moved }: Catalogue): (Rule | RulesOfEach)[] {
  return moved.map((one) => {
    const steps = one.from.split('.');
    const star = steps.indexOf('*');
    return star < 0 ? ruleOf(one, 'Values', steps, chart) : ruleOfEach(one, steps, star, chart);
  });
}

function ruleOfEach(one: Moved, steps: readonly string[], star: number, chart: string): RulesOfEach {
  const entry = '$entry';
  return {
    collection: valueOf(new SafeReference('Values', steps.slice(0, star), 'map', undefined, chart)),
    variables: ['$key', entry],
    rules: [ruleOf(one, entry, steps.slice(star + 1))],
  };
}

function ruleOf(one: Moved, origin: string, steps: readonly string[], chart?: string): Rule {
  const old = new SafeReference(origin, steps, 'any', undefined, chart);
  return { path: steps.join('.'), broken: valueOf(new Used(old)), sentence: movedSentence(one) };
}

/** A place that may be missing, as may be the maps around it. */
class SafeReference extends Reference {
  override print({ root }: PrintScope): string {
    const isVariable = this.origin.startsWith('$');
    const start = isVariable ? this.origin : `${root === '.' ? '' : root}.${this.origin}`;
    return this.path.reduce((printed, step, i) => {
      if (!/^[A-Za-z_]\w*$/.test(step)) return `index (${printed} | default dict) ${JSON.stringify(step)}`;
      return i === 0 && !isVariable ? `${printed}.${step}` : `(${printed}).${step}`;
    }, start);
  }
}

/** Whether somebody gives a value: a null takes away what the defaults say, which is nothing here, and is no use of it. */
class Used extends Expression {
  readonly type = 'boolean';
  constructor(private readonly value: Reference) {
    super();
  }
  override print(scope: PrintScope): string {
    return `not (kindIs "invalid" ${this.value.operand(scope)})`;
  }
  override evaluate(scope: EvaluationScope): Json {
    return this.value.evaluate(scope) !== undefined;
  }
  override parts(): readonly Expression[] {
    return [this.value];
  }
}
