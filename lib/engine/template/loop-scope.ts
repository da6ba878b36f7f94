import { printLocalsOfLoop } from './expressions/local';
import type { Each } from './structure';
import { comparable, expressionOf, withAnotherDot, type Expression, type PrintScope } from './value';

/** How a loop stands in what is around it. */
interface Standing {
  /** What the rounds go over, where that has a shorter name. */
  readonly collection?: Expression;
  /** Puts a line of the loop's own where it belongs; those of the rounds are there already. */
  readonly pad?: (line: string) => string;
}

/** A loop: in each of its rounds the definitions that need its variables, and then what is printed there. */
export function printRange(
  loop: Each<unknown>,
  around: PrintScope,
  print: (scope: PrintScope) => readonly string[],
  { collection = expressionOf(loop.collection), pad = (line) => line }: Standing = {},
): string[] {
  const over = collection.print(around);
  const scope: PrintScope = { ...withAnotherDot(around), locals: new Set(), loops: withLoop(loop, around) };
  const lines = print(scope);
  const { definitions, others } = printLocalsOfLoop(scope.locals, scope, loop.variables);
  others.forEach((local) => around.locals.add(local));
  return [
    pad(`{{- range ${loop.variables.join(', ')} := ${over} }}`),
    ...definitions.map(pad),
    ...lines,
    pad('{{- end }}'),
  ];
}

/** The loops around something, and one more: a variable of the same name would hide that of an outer one. */
function withLoop({ variables, collection }: Each<unknown>, { loops }: PrintScope): PrintScope['loops'] {
  const name = comparable(collection);
  for (const variable of variables) {
    const outer = loops?.get(variable);
    if (outer !== undefined)
      throw new Error(
        `the loop over ${name} stands inside of the one over ${outer}, and both have a variable ${variable}: give one another name`,
      );
  }
  return new Map([...(loops ?? []), ...variables.map((variable) => [variable, name] as const)]);
}
