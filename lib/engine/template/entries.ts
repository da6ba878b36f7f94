import { Each, Keyed, markerKey, When } from './structure';
import { expressionOf, type Value } from './value';

/** An entry of a map whose key is symbolic, as an author writes it. */
interface WrittenEntry<V> {
  readonly key: Value<string>;
  readonly value: V;
}

/** What a round of a loop over entries makes: one, a conditional one, or those of a loop inside of it. */
type Round<V> = WrittenEntry<V> | When<Round<V>> | Each<Round<V>>;

/**
 * One entry of a map for each round of a loop, in the manner of `spreadMap`:
 * `{ ...spreadEach(eachEntry(flags, ['name', 'flag'], (name, flag) => ({ key: upper(name), value: flag }))) }`.
 * No two rounds may yield one key, and none may be longer than YAML takes: `renderRelease` tells it, where Helm prints both
 * and a reader takes the last. Where values can bring it about, a rule should refuse them.
 */
export function spreadEach<V>(loop: Each<Round<V>>): Record<string, V> {
  // Object spread knows keys only; whoever reads the map finds the loop behind a marker.
  return { [markerKey()]: keyed(loop) as V };
}

function keyed(round: Round<unknown>): unknown {
  if (round instanceof Each) return new Each(round.collection, round.variables, keyed(round.body));
  if (round instanceof When) return new When(round.condition, keyed(round.body));
  return new Keyed(expressionOf(round.key), round.value);
}
