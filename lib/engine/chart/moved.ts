import { present, Reference, valueOf, type Value } from '../template';
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
    collection: placeOf('Values', steps.slice(0, star), 'map', chart),
    variables: ['$key', entry],
    rules: [ruleOf(one, entry, steps.slice(star + 1))],
  };
}

/** A null takes away what the defaults say, which is nothing here: it is no use of the value, as it is of no other one. */
function ruleOf(one: Moved, origin: string, steps: readonly string[], chart?: string): Rule {
  return {
    path: steps.join('.'),
    broken: present(placeOf(origin, steps, 'any', chart)),
    sentence: movedSentence(one),
  };
}

/** A place that may be absent, as may be each map around it. */
function placeOf(
  origin: string,
  path: readonly string[],
  type: 'map' | 'any',
  chart: string | undefined,
): Value<unknown> {
  const first = origin.startsWith('$') ? 0 : 1;
  const doubts = path.map((_, i) => ({ steps: first + i, isVouchedFor: false }));
  return valueOf(new Reference(origin, path, type, undefined, chart, undefined, doubts));
}
