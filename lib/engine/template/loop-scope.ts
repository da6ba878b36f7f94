import { printLocalsOfLoop } from './expressions/local';
import type { Each } from './structure';
import { comparable, withAnotherDot, type PrintScope } from './value';

/** What a loop prints in each of its rounds, and before it the definitions that its variables have to be known for. */
export function insideLoop(
  loop: Each<unknown>,
  around: PrintScope,
  print: (scope: PrintScope) => readonly string[],
): { definitions: readonly string[]; lines: readonly string[] } {
  const scope: PrintScope = { ...withAnotherDot(around), locals: new Set(), loops: withLoop(loop, around) };
  const lines = print(scope);
  const { definitions, others } = printLocalsOfLoop(scope.locals, scope, loop.variables);
  others.forEach((local) => around.locals.add(local));
  return { definitions, lines };
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
