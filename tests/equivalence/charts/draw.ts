import fc from 'fast-check';
import {
  defineChart,
  greaterThan,
  rulesOfEach,
  slice,
  text,
  when,
  type Description,
  type DescriptionOf,
  type Groups,
  type Line,
  type Rule,
  type RulesOfEach,
} from '../../../lib/engine';
import { expressionsOn, framed, greeting, type Drawn, type Expressions, type Made } from './expressions';
import { risks, type Risk } from './risks';
import { objectsOn } from './objects';
import { groupsArbitrary, type DrawnReferences } from './schema';

/** A rule of everything, and one of each shelf and each port. */
function rulesOn(
  values: DrawnReferences,
  { conditions, integers }: Expressions,
): Drawn<(Rule | RulesOfEach)[]> {
  const { shelves, ports } = values;
  return fc
    .tuple(fc.array(fc.tuple(conditions, integers), { maxLength: 2 }), fc.boolean())
    .map(([drawn, ofEach]) => () => [
      ...drawn.map(([condition, number], i): Rule => ({
        path: `rule${i}`,
        broken: greaterThan(number(), i === 0 ? 500000 : 900000),
        sentence: 'must be less',
        ...(i === 0 ? {} : { broken: condition() }),
      })),
      ...(ofEach && shelves !== undefined
        ? [
            rulesOfEach(shelves, ['key', 'shelf'], (shelf) => [
              { path: 'size', broken: greaterThan(shelf.size, 40), sentence: 'must be at most 40' },
            ]),
          ]
        : []),
      ...(ofEach && ports !== undefined
        ? [
            rulesOfEach(ports, ['i', 'port'], (port) => [
              {
                path: 'number',
                broken: greaterThan(port.number, 900000),
                sentence: 'must be at most 900000',
              },
            ]),
          ]
        : []),
    ]);
}

function notesOn({ texts, conditions }: Expressions, risk: Risk): Drawn<Line[]> {
  return fc
    .array(fc.tuple(texts, fc.option(conditions, { nil: undefined })), { maxLength: 3 })
    .map((drawn) => () => [
      risk === 'notes' ? '' : 'Notes',
      ...drawn.map(([line, condition]): Line => {
        const told = text`- ${line()}`;
        return condition === undefined ? told : when(condition(), ['and', told]);
      }),
    ]);
}

/** A chart on some values, some of them those of a chart inside. */
function chartOf(name: string, groups: Groups, risk: Risk): fc.Arbitrary<Made<DescriptionOf<Groups>>> {
  // The groups are some of those that this type has.
  const chart = defineChart({
    facts: { name, version: '0.1.0', appVersion: '2.0' },
    metadata: { description: 'Drawn' },
    values: groups,
  });
  const values = chart.values as unknown as DrawnReferences;
  const own = Object.fromEntries(
    Object.keys(groups).map((key) => [key, values[key as keyof DrawnReferences]]),
  );
  const expressions = expressionsOn(own);
  return fc
    .tuple(objectsOn(name, own, expressions, risk), rulesOn(own, expressions), notesOn(expressions, risk))
    .map(
      ([objects, rules, notes]) =>
        () =>
          chart.describe({ objects, rules: rules(), notes: notes(), helpers: [greeting, framed] }),
    );
}

/** Whole charts, half of them with a chart inside. They are made later, since making one may throw. */
export const chartArbitrary: fc.Arbitrary<Made<Description>> = fc
  .tuple(groupsArbitrary, fc.option(groupsArbitrary, { nil: undefined }), fc.boolean(), risks)
  .chain(([outer, inner, enabled, risk]) =>
    inner === undefined ? chartOf('drawn', outer, risk) : withInside(outer, inner, enabled, risk),
  );

function withInside(
  outer: Groups,
  inner: Groups,
  enabled: boolean,
  risk: Risk,
): fc.Arbitrary<Made<Description>> {
  // Of the chart inside nothing is risked: it has to be there when the outer one is drawn.
  return chartOf('inner', inner, 'none').chain((made) =>
    chartOf('drawn', { ...outer, inner: slice(made(), { enabled }) }, risk),
  );
}
