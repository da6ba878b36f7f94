import { Connective } from './expressions/logic';
import { iterations } from './iterations';
import type { Json } from './json';
import { printRange } from './loop-scope';
import type { Each } from './structure';
import { asking, Expression, expressionOf, type EvaluationScope, type PrintScope } from './value';

/**
 * Whether a loop makes anything at all, where each round may make nothing. No Go expression can ask that: a template
 * looks through the rounds first, and remembers the answer in a variable.
 */
export class SomeRound extends Expression {
  readonly type = 'boolean';
  constructor(
    private readonly loop: Each<unknown>,
    /** Of one round. */
    private readonly condition: Expression,
  ) {
    super();
  }
  /** Tells one question from another; a template needs `searchLines`. */
  override print(scope: PrintScope): string {
    return searchLines(this, scope).join('');
  }
  override evaluate(scope: EvaluationScope): Json {
    return iterations(this.loop, scope).some((round) => this.condition.evaluate(round) === true);
  }
  override parts(): readonly Expression[] {
    return [expressionOf(this.loop.collection), this.condition];
  }
  search(scope: PrintScope): string[] {
    return printRange(this.loop, scope, (round) => searchLines(this.condition, round));
  }
}

/** The variable that remembers whether a condition holds. */
export const FOUND = '$found';

/** Whether a condition looks through a loop, and so is no Go expression. */
export function looksThroughLoop(condition: Expression): boolean {
  return (
    condition instanceof SomeRound ||
    (condition instanceof Connective && condition.conditions.some(looksThroughLoop))
  );
}

/** The actions that set the variable if a condition holds; parts of a conjunction are asked one inside of the other. */
export function searchLines(condition: Expression, scope: PrintScope): string[] {
  if (condition instanceof SomeRound) return condition.search(scope);
  if (!(condition instanceof Connective) || !looksThroughLoop(condition))
    return [`{{- if ${condition.print(scope)} }}`, `{{- ${FOUND} = true }}`, '{{- end }}'];
  if (condition.word === 'or') return condition.conditions.flatMap((part) => searchLines(part, scope));
  const asked = condition.conditions.filter((part) => !looksThroughLoop(part));
  const searched = condition.conditions.filter(looksThroughLoop);
  let inner = scope;
  const questions = asked.map((part) => {
    const question = `{{- if ${part.print(inner)} }}`;
    inner = asking(inner, part);
    return question;
  });
  return [
    ...questions,
    ...searched.flatMap((part) => searchLines(part, inner)),
    ...asked.map(() => '{{- end }}'),
  ];
}
