import { sortKeys } from './key-order';
import { childrenOf, isNeverEmpty, presence } from './presence';
import { FOUND, looksThroughLoop, searchLines } from './some-round';
import { Alternative, Each, isNodeMap, Keyed, Spread, When, type Node, type NodeMap } from './structure';
import { printRange } from './loop-scope';
import { asBoolean, Connective, NonEmpty } from './expressions/logic';
import { Text } from './expressions/text';
import { HelperCall, isMultiline } from './helper';
import { asking, Expression, expressionOf, withAnotherDot, type Condition, type PrintScope } from './value';
import { fitsBlock, yamlString } from './yaml-text';

/** How the two kinds of YAML differ: objects of the API, and configuration text inside of one of them. */
export interface YamlStyle {
  /** The order of a map's keys. */
  readonly order: (keys: readonly string[]) => readonly string[];
  /** A template expression as a scalar, delimiters included. */
  readonly scalar: (expression: Expression, scope: PrintScope) => string;
  /** What a constant text becomes: a template has to protect the `{{` in it. */
  readonly constant: (text: string) => string;
}

/** Objects of the API: keys in the order that a person would choose. */
export const OBJECT_STYLE: YamlStyle = { order: sortKeys, scalar: printScalar, constant: escapeDelimiters };

/** What is true where something is printed. */
interface Place {
  readonly indent: number;
  readonly scope: PrintScope;
  readonly style: YamlStyle;
  /** Conditions, as they are printed, that an enclosing `if` or `with` asked already. */
  readonly known: ReadonlySet<string>;
  /** What an enclosing `with` made the dot. */
  readonly dot?: Dot;
}

/** The lines of a YAML document, with the template actions that its symbolic parts need. */
export function printYaml(
  node: Node,
  scope: PrintScope,
  style: YamlStyle = OBJECT_STYLE,
  indent = 0,
): string[] {
  const place: Place = { indent, scope, style, known: new Set() };
  return isNodeMap(node) ? printEntries(node, place) : printItems(node as readonly Node[], place);
}

function pad({ indent }: Place, line: string): string {
  return `${' '.repeat(indent)}${line}`;
}

function deeper(place: Place): Place {
  return { ...place, indent: place.indent + 2 };
}

function printEntries(map: NodeMap, place: Place): string[] {
  const entries = place.style
    .order(Object.keys(map))
    .flatMap((key) => (map[key] === undefined ? [] : [{ key, node: map[key] }]));
  return inGroups(entries, ({ node }) => node, place).flatMap((group) =>
    group.condition === undefined
      ? group.members.flatMap(({ key, node }) => printEntry(key, node, place))
      : guarded(group.condition, place, (inner) =>
          group.members.flatMap(({ key, node }) => printEntry(key, (node as When<Node>).body, inner)),
        ),
  );
}

interface Group<M> {
  readonly condition: Condition | undefined;
  readonly members: M[];
}

/** Neighbours under one condition, which is then asked once. */
function inGroups<M>(members: readonly M[], nodeOf: (member: M) => Node, { scope }: Place): Group<M>[] {
  const groups: Group<M>[] = [];
  let previous: string | undefined;
  for (const member of members) {
    const node = nodeOf(member);
    const condition = node instanceof When ? node.condition : undefined;
    const printed = condition && expressionOf(condition).print(scope);
    const last = groups.at(-1);
    if (last !== undefined && printed === previous && condition !== undefined) last.members.push(member);
    else groups.push({ condition, members: [member] });
    previous = printed;
  }
  return groups;
}

/** A key of a map: a constant, or the expression that yields it. */
type Key = string | Expression;

function printEntry(key: Key, node: Node, place: Place): string[] {
  if (node instanceof Spread) return printSpread(node, place);
  if (node instanceof Each) return printLoop(node, place, (body, inner) => printEntry(key, body, inner));
  if (node instanceof Keyed) return printEntry(node.key, node.value, place);
  if (node instanceof When)
    return guarded(node.condition, place, (inner) => printEntry(key, node.body, inner));
  if (node instanceof Alternative)
    return printAlternative(node, place, (body, inner) => printEntry(key, body, inner));
  const condition = presence(node);
  return condition === 'always'
    ? printField(key, node, place)
    : guarded(condition, place, (inner) => printField(key, node, inner));
}

function printAlternative(
  node: Alternative<Node>,
  place: Place,
  print: (node: Node, place: Place) => string[],
): string[] {
  const theirs = expressionOf(node.value);
  return [
    pad(place, `{{- with ${theirs.print(place.scope)} }}`),
    ...print(theirs, { ...place, dot: new Dot(theirs) }),
    pad(place, '{{- else }}'),
    ...print(node.otherwise, place),
    pad(place, '{{- end }}'),
  ];
}

function printField(key: Key, node: Node, place: Place): string[] {
  const name =
    typeof key === 'string'
      ? place.style.constant(yamlString(key))
      : place.style.scalar(dotted(key, place), place.scope);
  if (node instanceof Expression) return printExpressionField(name, node, place);
  if (typeof node === 'string' && fitsBlock(node)) return printBlockText(name, node, place);
  if (typeof node !== 'object') return [pad(place, `${name}: ${printConstant(node, place)}`)];
  if (childrenOf(node).length === 0) return [pad(place, `${name}: ${Array.isArray(node) ? '[]' : '{}'}`)];
  const lines = isNodeMap(node)
    ? printEntries(node, deeper(place))
    : printItems(node as readonly Node[], deeper(place));
  return [pad(place, `${name}:`), ...lines];
}

function printExpressionField(name: string, node: Expression, place: Place): string[] {
  if (node.type === 'map' || node.type === 'list')
    return [pad(place, `${name}:`), printBlock(node, deeper(place))];
  if (isMultiline(node)) return [pad(place, `${name}: |`), printBlock(node, deeper(place))];
  return [pad(place, `${name}: ${place.style.scalar(dotted(node, place), place.scope)}`)];
}

function printBlock(node: Expression, place: Place): string {
  return pad(place, `{{- ${dotted(node, place).printBlock(place.scope, place.indent)} }}`);
}

function printBlockText(name: string, text: string, place: Place): string[] {
  const clipped = text.endsWith('\n');
  const lines = (clipped ? text.slice(0, -1) : text).split('\n');
  return [
    pad(place, `${name}: ${clipped ? '|' : '|-'}`),
    ...lines.map((line) => (line === '' ? '' : pad(deeper(place), place.style.constant(line)))),
  ];
}

function printItems(list: readonly Node[], place: Place): string[] {
  return inGroups(list, (item) => item, place).flatMap((group) =>
    group.condition === undefined
      ? group.members.flatMap((item) => printItem(item, place))
      : guarded(group.condition, place, (inner) =>
          group.members.flatMap((item) => printItem((item as When<Node>).body, inner)),
        ),
  );
}

function printItem(item: Node, place: Place): string[] {
  if (item instanceof Spread) return printSpread(item, place);
  if (item instanceof Each) return printLoop(item, place, printRound);
  if (item instanceof When) return guarded(item.condition, place, (inner) => printItem(item.body, inner));
  if (item instanceof Alternative) return printAlternative(item, place, printItem);
  if (item instanceof Keyed) throw new Error('an entry with a key of its own belongs into a map');
  if (item instanceof Expression)
    return [pad(place, `- ${place.style.scalar(dotted(item, place), place.scope)}`)];
  if (typeof item !== 'object') return [pad(place, `- ${printConstant(item, place)}`)];
  const condition = presence(item);
  return condition === 'always'
    ? printStructureItem(item, place)
    : guarded(condition, place, (inner) => printStructureItem(item, inner));
}

/** A map or a list among the items of a list. */
function printStructureItem(item: NodeMap | readonly Node[], place: Place): string[] {
  if (childrenOf(item).length === 0) return [pad(place, `- ${Array.isArray(item) ? '[]' : '{}'}`)];
  const lines = isNodeMap(item) ? printEntries(item, deeper(place)) : printItems(item, deeper(place));
  const [first = '', ...others] = lines;
  // The dash stands by itself where what comes first may not be there.
  return first.trimStart().startsWith('{{- ')
    ? [pad(place, '-'), ...lines]
    : [pad(place, `- ${first.trimStart()}`), ...others];
}

/** A list is the several items of the round. */
function printRound(body: Node, place: Place): string[] {
  return Array.isArray(body) ? printItems(body as readonly Node[], place) : printItem(body, place);
}

function printSpread(node: Spread<unknown>, place: Place): string[] {
  const expression = expressionOf(node.value);
  if (isNeverEmpty(node)) return [printBlock(expression, place)];
  return guarded(presence(node) as Condition, place, (inner) => [printBlock(expression, inner)]);
}

function printLoop(node: Each<Node>, place: Place, print: (body: Node, place: Place) => string[]): string[] {
  const { indent, style } = place;
  return printRange(
    node,
    place.scope,
    (scope) => print(node.body, { indent, style, scope, known: new Set() }),
    { collection: dotted(expressionOf(node.collection), place), pad: (line) => pad(place, line) },
  );
}

/** `if`, or `with` where the condition is that something is not empty; nothing where it was asked already. */
function guarded(condition: Condition, place: Place, print: (place: Place) => string[]): string[] {
  const expression = expressionOf(condition);
  if (place.known.has(fact(expression, place.scope))) return print(place);
  const inner: Place = {
    ...place,
    scope: asking(place.scope, expression),
    known: new Set([...place.known, ...conjuncts(expression, place.scope)]),
  };
  if (looksThroughLoop(expression))
    return [
      ...[`{{- ${FOUND} := false }}`, ...searchLines(expression, place.scope), `{{- if ${FOUND} }}`].map(
        (line) => pad(place, line),
      ),
      ...print(inner),
      pad(place, '{{- end }}'),
    ];
  const bound = expression instanceof NonEmpty ? printBound(expression.value, inner, print) : undefined;
  const action = `{{- ${bound === undefined ? 'if' : 'with'} ${expression.print(place.scope)} }}`;
  return [pad(place, action), ...(bound ?? print(inner)), pad(place, '{{- end }}')];
}

/** Inside of `with`, where `.` is the value and no longer the root; undefined if nothing there looks at the value. */
function printBound(
  value: Expression,
  place: Place,
  print: (place: Place) => string[],
): string[] | undefined {
  const dot = new Dot(value);
  const lines = print({ ...place, scope: withAnotherDot(place.scope), dot });
  return dot.used ? lines : undefined;
}

/** A condition as it is remembered, whatever the root is called. */
function fact(expression: Expression, scope: PrintScope): string {
  return expression.print({ ...scope, root: '.', chart: undefined });
}

/** What is known to hold where a condition holds. */
function conjuncts(expression: Expression, scope: PrintScope): string[] {
  const parts = expression instanceof Connective && expression.word === 'and' ? expression.conditions : [];
  return [expression, ...parts].map((part) => fact(part, scope));
}

/** The dot, where the value is what `with` bound it to: the value itself, not the question whether it is empty. */
function dotted(expression: Expression, place: Place): Expression {
  const isBound =
    place.dot !== undefined &&
    !(expression instanceof NonEmpty) &&
    fact(place.dot.bound, place.scope) === fact(expression, place.scope);
  return isBound ? place.dot : expression;
}

class Dot extends Expression {
  readonly type;
  used = false;
  constructor(readonly bound: Expression) {
    super();
    this.type = bound.type;
  }
  override print(): string {
    this.used = true;
    return '.';
  }
  override printBlock(scope: PrintScope, indent: number): string {
    const isText = this.bound instanceof HelperCall && this.bound.helper.yields === 'items';
    return isText ? `${this.print()} | nindent ${indent}` : super.printBlock(scope, indent);
  }
  override evaluate(): never {
    throw new Error('the dot exists in templates only');
  }
  override parts(): readonly Expression[] {
    return [this.bound];
  }
}

function printConstant(value: string | number | boolean, { style }: Place): string {
  return typeof value === 'string' ? style.constant(yamlString(value)) : String(value);
}

/** Text that has `{{` of its own, for Prometheus or Grafana, stays readable: `{{ "{{" }}`. */
export function escapeDelimiters(text: string): string {
  return text.replaceAll('{{', '{{ "{{" }}');
}

/** A scalar of an API object: strings quoted, integers as integers, the rest as JSON. */
function printScalar(expression: Expression, scope: PrintScope): string {
  if (expression instanceof Text && expression.sequence().every(isSafeInText))
    return printInline(expression, scope);
  return `{{ ${printTyped(expression, scope)} }}`;
}

function printTyped(expression: Expression, scope: PrintScope): string {
  const printed = expression.print(scope);
  switch (expression.type) {
    case 'string':
      return `${printed} | quote`;
    case 'integer':
      return `${printed} | int`;
    case 'boolean':
      return asBoolean(expression).print(scope);
    case 'word':
      return printed;
    default:
      return `${printed} | toRawJson`;
  }
}

/** What can stand in the middle of a text without a thought for quotes. */
function isSafeInText(part: string | Expression): boolean {
  return typeof part === 'string'
    ? /^[\x20-\x26\x28-\x7e]*$/.test(part) && !part.endsWith('{')
    : part.type === 'word' || part.type === 'integer';
}

/** `http://{{ … }}:{{ … }}`, the way a person writes it. */
function printInline(text: Text, scope: PrintScope): string {
  const printed = text
    .sequence()
    .map((part) => (typeof part === 'string' ? escapeDelimiters(part) : `{{ ${printTyped(part, scope)} }}`));
  // A letter or a digit in the place of each action shows whether the whole is plain.
  const shape = text
    .sequence()
    .map((part) => (typeof part === 'string' ? part : part.type === 'integer' ? '0' : 'x'))
    .join('');
  return yamlString(shape) === shape ? printed.join('') : `'${printed.join('')}'`;
}
