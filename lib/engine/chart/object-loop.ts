import { Construct } from 'constructs';
import { eachEntry, eachOf, type Each, type References, type Value } from '../template';

/** A scope whose objects are there once for each entry of a list or a map of values. */
export class ObjectLoop extends Construct {
  constructor(
    scope: Construct,
    id: string,
    /** The loop; its body is what the constructs below make. */
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
  let entry: References<I> | undefined;
  const each = eachOf<I, unknown>(list, name, (item) => (entry = item));
  // The loop calls its body once, at once.
  make(new ObjectLoop(scope, name, each), entry as References<I>);
}

/** The same for each entry of a map, in the order of its keys. */
export function objectsOfEachEntry<I>(
  scope: Construct,
  map: References<Readonly<Record<string, I>>>,
  names: readonly [key: string, entry: string],
  make: (scope: Construct, key: Value<string>, entry: References<I>) => void,
): void {
  let given: readonly [Value<string>, References<I>] | undefined;
  const each = eachEntry<I, unknown>(map, names, (...of) => (given = of));
  // The loop calls its body once, at once.
  make(new ObjectLoop(scope, names.join('-'), each), ...(given as readonly [Value<string>, References<I>]));
}
