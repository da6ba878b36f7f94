import { Construct } from 'constructs';
import { eachEntry, eachOf, type Each, type References, type Value } from '../template';

/** A scope whose objects are there once for each entry of a list or a map of values. */
export class ObjectLoop extends Construct {
  constructor(
    scope: Construct,
    id: string,
    /** The loop, whatever its body: the constructs below are what is made in each round. */
    readonly each: Each<unknown>,
  ) {
    super(scope, id);
  }
}

/** Makes what is made in `make` once for each entry of a list, which templates call by the name. */
export function objectsOfEach<I>(
  scope: Construct,
  list: References<readonly I[]>,
  name: string,
  make: (scope: Construct, item: References<I>) => void,
): void {
  const each = eachOf<I, References<I>>(list, name, (item) => item);
  make(new ObjectLoop(scope, name, each), each.body);
}

interface Entry<I> {
  readonly key: Value<string>;
  readonly entry: References<I>;
}

/** The same for each entry of a map, in the order of its keys. */
export function objectsOfEachEntry<I>(
  scope: Construct,
  map: References<Readonly<Record<string, I>>>,
  names: readonly [key: string, entry: string],
  make: (scope: Construct, key: Value<string>, entry: References<I>) => void,
): void {
  const each = eachEntry<I, Entry<I>>(map, names, (key, entry) => ({ key, entry }));
  make(new ObjectLoop(scope, names.join('-'), each), each.body.key, each.body.entry);
}
