import {
  eachEntry,
  eachOf,
  expressionOf,
  iterations,
  Reference,
  type Condition,
  type EvaluationScope,
  type References,
  type Value,
} from '../template';
import type { Step } from '../values/schema-at';
import type { Description } from './description';
import { insideOf } from './subchart';

/** A relation between values that no schema can say. */
export interface Rule {
  /** The value to look at: `ingress.host`; of a rule of each entry, below the entry. */
  readonly path: string;
  /** When it is broken. */
  readonly broken: Condition;
  /** What is wrong and what to do, as it follows after the path. */
  readonly sentence: string;
  /** What breaks it, told after the sentence. */
  readonly names?: Value<string>;
}

/** Rules that every entry of a map or a list has to keep. */
export interface RulesOfEach {
  readonly collection: Value<unknown>;
  /** The variables of the loop, with `$`: the key or the index, and the entry. */
  readonly variables: readonly [key: string, entry: string];
  readonly rules: readonly Rule[];
}

/** A rule that the values of a release break. */
export interface BrokenRule {
  /** The value to look at, as it is told. */
  readonly path: string;
  /** The same path, taken apart. */
  readonly steps: readonly Step[];
  /** What is wrong and what to do. */
  readonly sentence: string;
}

/** The path of a collection of values. */
export function pathOf({ collection }: RulesOfEach): string {
  const expression = expressionOf(collection);
  if (expression instanceof Reference && expression.origin === 'Values') return expression.path.join('.');
  throw new Error('rules of each entry need a map or a list of the values');
}

/**
 * The rules that a release breaks, in the order in which the chart tells them; those of the charts inside come after. Helm
 * stops at the first chart that has one.
 */
export function brokenRules(
  { rules, subcharts }: Pick<Description, 'rules' | 'subcharts'>,
  scope: EvaluationScope,
): BrokenRule[] {
  const own = rules.flatMap((rule) => ('rules' in rule ? brokenOfEach(rule, scope) : broken(rule, scope)));
  const inside = insideOf(subcharts, scope).flatMap(({ description, scope: inner }) =>
    below(description.facts.name, [description.facts.name], brokenRules(description, inner)),
  );
  return [...own, ...inside];
}

/** The rules as they are told from above a step, or several of them. */
function below(path: string, steps: readonly Step[], rules: readonly BrokenRule[]): BrokenRule[] {
  return rules.map((rule) => ({
    ...rule,
    path: `${path}.${rule.path}`,
    steps: [...steps, ...rule.steps],
  }));
}

function brokenOfEach(each: RulesOfEach, scope: EvaluationScope): BrokenRule[] {
  const prefix = pathOf(each);
  const [key] = each.variables;
  return iterations(each, scope).flatMap((round) => {
    // The key of a map, or the index of an item.
    const step = round.variables[key] as Step;
    return below(
      typeof step === 'number' ? `${prefix}[${step}]` : `${prefix}.${step}`,
      [...prefix.split('.'), step],
      each.rules.flatMap((rule) => broken(rule, round)),
    );
  });
}

function broken(rule: Rule, scope: EvaluationScope): BrokenRule[] {
  if (expressionOf(rule.broken).evaluate(scope) !== true) return [];
  return [{ path: rule.path, steps: rule.path.split('.'), sentence: toldOf(rule, scope) }];
}

function toldOf({ sentence, names }: Rule, scope: EvaluationScope): string {
  if (names === undefined) return sentence;
  // The type says that it is a string.
  return `${sentence}: ${expressionOf(names).evaluate(scope) as string}`;
}

/** Rules for every entry of a map or a list: they are told with the entry's key, or its number from zero on. */
export function rulesOfEach<I>(
  collection: References<Readonly<Record<string, I>>> | References<readonly I[]>,
  names: readonly [key: string, entry: string],
  rules: (entry: References<I>, key: Value<string> | Value<number>) => readonly Rule[],
): RulesOfEach {
  const [key, entry] = names;
  const each =
    expressionOf(collection).type === 'list'
      ? // What its schema says it is.
        eachOf(collection as References<readonly I[]>, [entry, key], rules)
      : eachEntry(collection as References<Readonly<Record<string, I>>>, names, (of, one: References<I>) =>
          rules(one, of),
        );
  return { collection, variables: [`$${key}`, `$${entry}`], rules: each.body };
}
