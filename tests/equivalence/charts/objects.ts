/** Random objects of a drawn chart. */
import { ApiObject } from 'cdk8s';
import fc from 'fast-check';
import * as t from '../../../lib/engine/renderers';
import {
  DescribedConstruct,
  NamedTemplate,
  objectsOfEachEntry,
  TemplateFolder,
  type Value,
} from '../../../lib/engine';
import type { Node } from '../../../lib/engine/renderers';
import type { Drawn, Expressions, Made } from './expressions';
import { fieldOf, type Risk } from './risks';
import type { DrawnReferences } from './schema';

/** As an author writes it: cdk8s hands it on, and the capture finds the expression behind it. */
const node = (value: Value<unknown>): Node => value as unknown as Node;
/** Keys that no map of values has, so that none is given twice. */
const keys = fc.constantFrom('k1', 'k.2', 'on/k', 'containers', 'k: 4', 'name');

/** Trees on the values of a chart. */
export function treesOn(values: DrawnReferences, { texts, integers, conditions }: Expressions): Drawn<Node> {
  const { labels, names, ports, shelves, storage, affinity, share } = values;
  const whole = [labels, names, ports, affinity, share].filter((value) => value !== undefined);
  return fc.letrec<{ nodes: Made<Node>; maps: Made<Node>; lists: Made<Node>; items: Made<Node> }>((tie) => ({
    nodes: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      texts.map((text) => () => node(text())),
      integers.map((number) => () => node(number())),
      conditions.map((condition) => () => node(condition())),
      ...(whole.length === 0 ? [] : [fc.constantFrom(...whole).map((value) => () => node(value))]),
      tie('maps'),
      tie('lists'),
      fc.tuple(conditions, tie('nodes')).map(
        ([condition, body]) =>
          () =>
            t.when(condition(), body()),
      ),
      ...(affinity === undefined
        ? []
        : [tie('maps').map((ours) => (): Node => t.theirsOr(affinity, ours()))]),
      ...(storage === undefined
        ? []
        : [
            fc.constant((): Node => t.when(t.present(storage.backup), bucketOf(storage.backup))),
            fc
              .constantFrom<Value<object | number | undefined>>(
                storage.backup,
                storage.backup.target,
                storage.backup.target.labels,
                storage.limit,
              )
              .map((value) => (): Node => t.when(t.present(value), node(t.given(value)))),
          ]),
    ),
    maps: fc
      .tuple(
        fc.uniqueArray(fc.tuple(keys, tie('nodes')), { maxLength: 4, selector: ([key]) => key }),
        fc.constantFrom('none', 'labels', 'target'),
      )
      .map(([entries, user]) => (): Node => ({
        ...(Object.fromEntries(entries.map(([key, made]) => [key, made()])) as Record<string, Node>),
        ...(user === 'labels' && labels !== undefined ? spreadOf(labels) : {}),
        ...(user === 'target' && storage !== undefined ? spreadOf(storage.backup.target.labels) : {}),
      })),
    lists: fc.array(tie('items'), { maxLength: 3 }).map((items) => (): Node => items.map((made) => made())),
    items: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      texts.map((text) => () => node(text())),
      tie('maps'),
      fc.tuple(conditions, tie('items')).map(
        ([condition, item]) =>
          () =>
            t.when(condition(), item()),
      ),
      ...(names === undefined ? [] : [fc.constant((): Node => t.spread(names))]),
      ...(ports === undefined ? [] : [overPorts(ports, tie('items'))]),
      ...(shelves === undefined ? [] : [overShelves(shelves)]),
    ),
  })).maps;
}

/** What stands inside of a condition that asks for it. */
function bucketOf(backup: NonNullable<DrawnReferences['storage']>['backup']): Node {
  return { bucket: node(t.given(backup).bucket) };
}

/** The marker of a spread is a key among the others. */
function spreadOf(map: Value<unknown>): Record<string, Node> {
  return t.spreadMap(map as Value<Record<string, string>>) as unknown as Record<string, Node>;
}

/** A loop with a local, a condition and something that knows nothing of it; no other loop has its name. */
function overPorts(ports: NonNullable<DrawnReferences['ports']>, inner: Drawn<Node>): Drawn<Node> {
  return fc.tuple(fc.nat(1e9), fc.boolean(), inner).map(([number, isLocal, made]) => (): Node => {
    const name = `port${number}`;
    return t.eachOf(ports, name, (port): Node => {
      const text = t.text`${port.name}-${port.number}`;
      return {
        name: node(port.name),
        text: node(isLocal ? t.local(`of${name}`, text) : text),
        open: t.when(t.present(port.open), node(port.open)),
        inside: [made()],
      };
    });
  });
}

/** A loop in a loop. */
function overShelves(shelves: NonNullable<DrawnReferences['shelves']>): Drawn<Node> {
  return fc.constant((): Node =>
    t.eachEntry(shelves, ['key', 'shelf'], (key, shelf): Node => ({
      key: node(key),
      size: node(shelf.size),
      note: node(t.orElse(shelf.note, 'none')),
      tags: [t.eachOf(shelf.tags, 'tag', (tag): Node => node(t.text`${key}/${tag}`))],
    })),
  );
}

/** What an object is like. */
interface ObjectPlan {
  readonly tree: Made<Node>;
  readonly when: Made<Value<boolean>> | undefined;
  /** Once for each shelf; with a part as a named template. */
  readonly form: 'plain' | 'each' | 'named';
  /** What is there in any case: a part as a named template has to be. */
  readonly fixed?: object;
}

class Drawing extends DescribedConstruct {}

/** Objects in folders of templates. */
export function objectsOn(
  chart: string,
  values: DrawnReferences,
  expressions: Expressions,
  risk: Risk,
): fc.Arbitrary<(app: ConstructorParameters<typeof TemplateFolder>[0]) => void> {
  const plan: fc.Arbitrary<ObjectPlan> = fc.record({
    tree: treesOn(values, expressions),
    when: fc.option(expressions.conditions, { nil: undefined }),
    form: fc.constantFrom<ObjectPlan['form']>('plain', 'plain', 'each', 'named'),
  });
  const plans = fc.array(plan, { minLength: 1, maxLength: 3 });
  const risked = fieldOf(risk, values, expressions) ?? fc.constant(undefined);
  return fc.tuple(plans, risked).map(([drawn, field]) => (app) => {
    const all = field === undefined ? drawn : [risking(field, risk), ...drawn];
    all.forEach((one, i) => {
      const condition = one.when?.();
      const drawing = new Drawing(new TemplateFolder(app, `folder-${i}`), 'drawing', {
        source: 'drawn',
        ...(condition === undefined ? {} : { when: condition }),
      });
      make(drawing, `${chart}-${i}`, one, values);
    });
  });
}

/** An object with what is risked in it. */
function risking(field: Made<Node>, risk: Risk): ObjectPlan {
  const when = undefined;
  return risk === 'part'
    ? { tree: field, when, form: 'named', fixed: {} }
    : { tree: () => ({ risked: field() }), when, form: 'plain' };
}

function make(
  drawing: Drawing,
  name: string,
  { tree, form, fixed = { form } }: ObjectPlan,
  { shelves }: DrawnReferences,
): void {
  const widget = (
    scope: Drawing | ConstructorParameters<typeof ApiObject>[0],
    named: Value<string>,
    more: object,
  ): void => {
    const props = {
      apiVersion: 'example.org/v1',
      kind: 'Widget',
      metadata: { name: named, ...more },
      spec: { tree: tree(), ...fixed },
    };
    // Symbolic values stand where cdk8s has texts.
    new ApiObject(scope, 'widget', props as never);
  };
  const own = t.text`${t.release.name}-${name}`;
  if (form === 'each' && shelves !== undefined)
    objectsOfEachEntry(drawing, shelves, ['shelfName', 'entryOfShelf'], (scope, key) => {
      widget(scope, t.text`${own}-${key}`, {});
    });
  else if (form === 'named') {
    const template = new NamedTemplate(`${name}.spec`, [{ path: ['spec'], given: {} }], 'A part.');
    drawing.named = { file: 'widget', templates: [template] };
    widget(drawing, own, { annotations: { hash: template.hash() } });
  } else widget(drawing, own, {});
}
