import fc from 'fast-check';
import * as t from '../../../lib/engine/renderers';
import type { Helper, Value } from '../../../lib/engine';
import type { Node } from '../../../lib/engine/renderers';
import { greeting, type Drawn, type Expressions } from './expressions';
import type { DrawnReferences } from './schema';

/**
 * What an author may try that has no two meanings, one thing in one object of a chart: the engine refuses it, or both sides
 * agree, where the rest of the chart makes it harmless.
 */
export type Risk = 'none' | 'told' | 'fraction' | 'arguments' | 'local' | 'loop' | 'part' | 'row' | 'notes';
const RISKS = ['told', 'fraction', 'arguments', 'local', 'loop', 'part', 'row', 'notes'] as const;

/** One chart in four risks something. */
export const risks: fc.Arbitrary<Risk> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Risk>('none') },
  { weight: 1, arbitrary: fc.constantFrom<Risk>(...RISKS) },
);

/** What Helm alone knows. */
const TOLD = [
  ['Release', 'Revision'],
  ['Release', 'IsInstall'],
  ['Capabilities', 'KubeVersion'],
] as const;

/** A field of an object that has it; undefined where the chart has no values for it. */
export function fieldOf(
  risk: Risk,
  { share, shelves, title }: DrawnReferences,
  { texts, conditions }: Expressions,
): Drawn<Node> | undefined {
  // As an author writes it: cdk8s hands it on, and the capture finds the expression behind it.
  const field = (value: Value<string>): Node => value as unknown as Node;
  switch (risk) {
    case 'told':
      return fc.constantFrom(...TOLD).map(
        ([root, name]) =>
          () =>
            field(t.valueOf(new t.Reference(root, [name], 'string'))),
      );
    case 'fraction':
      return share && fc.constant(() => field(t.text`a share of ${share}`));
    case 'arguments':
      // As many as the types refuse.
      return texts.map((text) => () => field(t.include(greeting as unknown as Helper<1>, text())));
    case 'local':
      return fc.tuple(texts, texts).map(
        ([one, other]) =>
          () =>
            [one, other].map((text) => field(t.local('named', text()))),
      );
    case 'loop':
      return (
        shelves &&
        fc.constantFrom('shelf', 'key').map((name) => (): Node => [
          t.eachEntry(shelves, ['key', 'shelf'], (key, shelf): Node => ({
            size: shelf.size as unknown as Node,
            tags: [t.eachOf(shelf.tags, name, (tag): Node => field(t.text`${key}/${tag}`))],
          })),
        ])
      );
    case 'part':
      return fc.tuple(conditions, texts).map(
        ([condition, text]) =>
          () =>
            t.when(condition(), field(text())),
      );
    case 'row':
      return shelves && title && fc.boolean().map((isAsked) => () => fieldOfRow(shelves, title, isAsked));
    default:
      return undefined;
  }
}

/** A row that is mostly not there. */
function fieldOfRow(
  shelves: NonNullable<DrawnReferences['shelves']>,
  title: Value<string>,
  isAsked: boolean,
): Node {
  const size = t.lookupIn(shelves, title, 'risked').size as unknown as Node;
  return isAsked ? t.when(t.hasRow(shelves, title), size) : size;
}
