import type { IntOrString, Quantity } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Alternative, Each, Spread, When } from './structure';
import type { Value } from './value';

/** A `T` in which every leaf, and every part, may be symbolic. */
export type Templated<T> = Value<T> | Concrete<T>;

type Concrete<T> = T extends string | number | boolean | Date
  ? T
  : T extends readonly (infer I)[]
    ? readonly Item<I>[]
    : IsUnionClass<T> extends true
      ? T | Value<string> | Value<number> | Value<string | number>
      : string extends keyof T
        ? { readonly [K in keyof T]: Entry<T[K]> }
        : { readonly [K in keyof T]: Field<T[K]> };

/** Optional fields may depend on a condition; required ones must be there. */
type Field<F> = undefined extends F
  ? | Templated<NonNullable<F>>
    | When<Templated<NonNullable<F>>>
    | Alternative<Templated<NonNullable<F>>>
    | undefined
  : Templated<F>;

/** An entry of a map whose keys are free: each of them may depend on a condition. */
type Entry<E> = Templated<E> | When<Templated<E>>;

/** A map whose keys are free, by its own name: each entry may be symbolic, and depend on a condition. */
export type MapOf<E> = Readonly<Record<string, Entry<E>>>;

/** A map of strings, such as labels and annotations. */
export type TextMap = MapOf<string>;

/** An item of a list: one, a conditional one, or several. */
export type Item<I> = Templated<I> | When<Item<I>> | Each<Round<I>> | Spread<unknown>;

/** What a loop makes a round: an item or a list of several. An item that is a list itself stands in such a list. */
type Round<I> = (I extends readonly unknown[] ? never : Item<I>) | readonly Item<I>[];

/** `Quantity` and `IntOrString` wrap a number or a string; `EnvVar` has a `value` too, but not only. */
type IsUnionClass<T> = T extends IntOrString | Quantity ? (keyof T extends 'value' ? true : false) : false;

/** The properties of an object, or of a part of one, in which each may be symbolic. */
export type TemplatedProps<T> = { readonly [K in keyof T]: Field<T[K]> };

/**
 * The identity: lets a cdk8s construct take symbolic values wherever its type asks for a plain one.
 * `capture` takes them out again before the L1 class sees them.
 */
export function templated<T>(props: TemplatedProps<T>): T {
  // What is symbolic is replaced, by the resolver, before anything reads it as a T.
  return props as T;
}
