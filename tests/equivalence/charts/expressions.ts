/**
 * Random expressions on the values of a drawn chart. All of them are made later: what cannot be made throws, and a chart with it
 * counts as refused.
 */
import fc from 'fast-check';
import * as t from '../../../lib/engine/renderers';
import type { Condition, Helper, Value } from '../../../lib/engine';
import { ODD_TEXTS } from '../documents/odd';
import type { DrawnReferences } from './schema';

/** What is made when the chart is described. */
export type Made<T> = () => T;
export type Drawn<T> = fc.Arbitrary<Made<T>>;

/** Helpers of every drawn chart: without arguments, and with one. */
export const greeting: Helper<0> = {
  name: 'greeting',
  doc: 'Without arguments.',
  yields: 'string',
  takes: 0,
  template: t.body`{{- printf "%s/%s" .Release.Namespace .Release.Name -}}`,
  evaluate: ({ release }) => `${release.namespace}/${release.name}`,
  reads: [],
};
export const framed: Helper<1> = {
  name: 'framed',
  doc: 'With one argument.',
  yields: 'string',
  takes: 1,
  template: t.body`{{- printf "<%s>" (last .) -}}`,
  // It is called with texts alone.
  evaluate: (_scope, text) => `<${text as string}>`,
  reads: [],
};

/** Expressions of each type. */
export interface Expressions {
  readonly texts: Drawn<Value<string>>;
  readonly integers: Drawn<Value<number>>;
  readonly conditions: Drawn<Condition>;
}

/** What values there are, by what can be done with them. */
interface Sources {
  readonly texts: readonly Value<string>[];
  readonly maybeTexts: readonly Value<string | undefined>[];
  readonly integers: readonly Value<number>[];
  readonly maybeIntegers: readonly Value<number | undefined>[];
  readonly flags: readonly Value<boolean>[];
  readonly maybeFlags: readonly Value<boolean | undefined>[];
  readonly lists: readonly Value<readonly string[]>[];
  readonly anything: readonly Value<string | readonly unknown[] | object | undefined>[];
}

/** A value, or nothing where the chart does not have it. */
function some<T>(...values: readonly (T | undefined)[]): T[] {
  return values.filter((value): value is T => value !== undefined);
}

function sourcesOf(values: DrawnReferences): Sources {
  const {
    title,
    mode,
    count,
    enabledParts: parts,
    labels,
    names,
    ports,
    shelves,
    storage,
    affinity,
  } = values;
  const { backup } = storage ?? {};
  return {
    texts: some<Value<string>>(title, mode, storage?.size, t.release.name, t.release.namespace),
    maybeTexts: some<Value<string | undefined>>(backup?.bucket, backup?.target.host),
    integers: some<Value<number>>(count),
    maybeIntegers: some<Value<number | undefined>>(backup?.keep, storage?.limit),
    flags: some<Value<boolean>>(parts?.web, parts?.worker),
    maybeFlags: some<Value<boolean | undefined>>(parts?.debug),
    lists: some<Value<readonly string[]>>(names),
    anything: some<Value<string | readonly unknown[] | object | undefined>>(
      ...[title, labels, names, ports, shelves, affinity],
      ...[backup, backup?.bucket, backup?.target, backup?.target.host, backup?.target.labels],
    ),
  };
}

/** One of some values, if there is one. */
function oneOf<S, T>(sources: readonly S[], make: (source: S) => T): Drawn<T>[] {
  return sources.length === 0 ? [] : [fc.constantFrom(...sources).map((source) => () => make(source))];
}

const odd = fc.constantFrom(...ODD_TEXTS, 'x', 'a', '');

/** What every release is told. */
const TOLD = [
  ['Release', 'Service'],
  ['Chart', 'Version'],
  ['Chart', 'AppVersion'],
] as const;
/** Expressions on the values of a chart. */
export function expressionsOn(values: DrawnReferences): Expressions {
  const sources = sourcesOf(values);
  const told = fc.constantFrom(...TOLD).map(
    ([origin, field]) =>
      () =>
        t.valueOf<string>(new t.Reference(origin, [field], 'string')),
  );
  return fc.letrec<{
    texts: Made<Value<string>>;
    integers: Made<Value<number>>;
    conditions: Made<Condition>;
  }>((tie) => ({
    texts: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      ...oneOf(sources.texts, (source) => source),
      odd.map((text) => () => t.literal(text)),
      { arbitrary: told, weight: 1 },
      fc.tuple(tie('texts'), tie('integers')).map(
        ([one, number]) =>
          () =>
            t.text`${one()}-${number()}`,
      ),
      fc.tuple(fc.constantFrom(t.upper, t.sha256Of, t.base64Of), tie('texts')).map(
        ([of, inner]) =>
          () =>
            of(inner()),
      ),
      fc.tuple(tie('conditions'), tie('texts'), tie('texts')).map(
        ([condition, yes, no]) =>
          () =>
            t.choose(condition(), yes(), no()),
      ),
      ...oneOf(sources.maybeTexts, (maybe) => t.orElse(maybe, 'none')),
      ...oneOf(sources.maybeTexts, (maybe) => t.override(maybe, t.literal('absent'))),
      ...oneOf(sources.lists, (list) => t.join(list, ',')),
      ...oneOf(sources.anything, (value) => t.jsonOf(value)),
      fc.constant(() => t.include<string>(greeting)),
      tie('texts').map((inner) => () => t.include<string>(framed, inner())),
      fc.constant(() => t.local('theGreeting', t.include<string>(greeting))),
    ),
    integers: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      ...oneOf(sources.integers, (source) => source),
      fc.constantFrom(0, 7, 1000000).map((number) => () => t.literal(number)),
      ...oneOf(sources.maybeIntegers, (maybe) => t.override(maybe, t.literal(1))),
      ...oneOf(sources.integers, (source) => t.plus(source, 5)),
      ...oneOf(sources.lists, (list) => t.lengthOf(list)),
    ),
    conditions: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      ...oneOf(sources.flags, (source) => source),
      ...oneOf(
        [...sources.maybeTexts, ...sources.maybeIntegers, ...sources.maybeFlags, ...sources.anything],
        (value) => t.present(value),
      ),
      ...oneOf(sources.anything, (value) => t.nonEmpty(value)),
      ...oneOf(sources.maybeFlags, (value) => t.override(value, t.literal(true))),
      fc.tuple(fc.constantFrom(t.equals, t.differs), tie('texts'), odd).map(
        ([compare, text, other]) =>
          () =>
            compare(text(), other),
      ),
      fc.tuple(fc.constantFrom(t.lessThan, t.atLeast), tie('integers'), fc.constantFrom(0, 3, 1000000)).map(
        ([compare, one, other]) =>
          () =>
            compare(one(), other),
      ),
      tie('conditions').map((inner) => () => t.not(inner())),
      fc.tuple(fc.constantFrom(t.and, t.or), tie('conditions'), tie('conditions')).map(
        ([join, one, other]) =>
          () =>
            join(one(), other()),
      ),
    ),
  }));
}
