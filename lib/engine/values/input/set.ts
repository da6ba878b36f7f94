import { limits } from './limits';
import type { Location, Report } from './problems';
import { SetScanner } from './set-scanner';
import { typedValue, type SetValue } from './set-value';
import { emptyMap, scalar, type ListNode, type MapNode, type TreeNode } from './tree';

/** A flag of the command line which assigns values. */
export interface SetFlag {
  name: '--set' | '--set-string';
  text: string;
}

/** How an assignment ended: with more of the flag to read, or with the flag's end. */
type Ending = 'more' | 'end';

/** Thrown for a flag that cannot be read. */
class SetError extends Error {}

/** Applies the assignments of a flag to a map, in place, up to the first which cannot be read. */
export function applySet(flag: SetFlag, map: MapNode, report: Report): void {
  const assignments = new SetParser(flag);
  try {
    assignments.applyTo(map);
  } catch (error) {
    if (!(error instanceof SetError)) throw error;
    report({ message: error.message, location: assignments.location });
  }
}

/** Helm's grammar of `--set`, with its quirks: the tests name them one by one. */
class SetParser {
  /** The place of the assignment being read. */
  location: Location;
  private readonly scanner: SetScanner;

  constructor(private readonly flag: SetFlag) {
    this.scanner = new SetScanner(flag.text);
    this.location = this.here();
  }

  applyTo(map: MapNode): void {
    do this.location = this.here();
    while (this.assign(map, 0) === 'more');
  }

  /** Reads a name and what follows, and assigns into the map. */
  private assign(map: MapNode, dots: number): Ending {
    const { text: name, stop } = this.scanner.until('=[,.');
    if (stop === '[') return this.assignItem(map, name, dots);
    if (stop === '=') return this.assignValue(map, name);
    if (stop === '.') return this.assignInner(map, name, dots + 1);
    if (stop === undefined && name === '') return 'end';
    throw new SetError(`the key ${JSON.stringify(name)} has no value.`);
  }

  private assignValue(map: MapNode, name: string): Ending {
    const ending = this.scanner.ended ? 'end' : 'more';
    setEntry(map, name, this.value());
    return ending;
  }

  private assignInner(map: MapNode, name: string, dots: number): Ending {
    if (dots > limits.maxNameDots) throw new SetError(`a name may have at most ${limits.maxNameDots} dots.`);
    const inner = map.entries.get(name) ?? emptyMap(this.location);
    if (inner.kind !== 'map') throw mismatch(name, inner, 'map');
    const ending = this.assign(inner, dots);
    if (inner.entries.size > 0) setEntry(map, name, inner);
    else if (ending === 'more') throw new SetError(`the map ${JSON.stringify(name)} gets no value.`);
    return ending;
  }

  private assignItem(map: MapNode, name: string, dots: number): Ending {
    const index = this.index();
    const list = map.entries.get(name) ?? this.emptyList();
    if (list.kind !== 'list') throw mismatch(name, list, 'list');
    const ending = this.item(list, index, dots);
    setEntry(map, name, list);
    return ending;
  }

  /** Reads what follows an index. At the flag's end Helm assigns nothing, and says nothing. */
  private item(list: ListNode, index: number, dots: number): Ending {
    const { text, stop } = this.scanner.until('[.=');
    if (text !== '') throw new SetError(`${JSON.stringify(text)} is not expected after an index.`);
    if (stop === '=') return this.setItem(list, index, this.value());
    if (stop === '[') return this.nestedItem(list, index, dots);
    return stop === '.' ? this.innerItem(list, index, dots) : 'end';
  }

  private nestedItem(list: ListNode, index: number, dots: number): Ending {
    const next = this.index();
    const present = list.items[index];
    const inner = present === undefined || isNull(present) ? this.emptyList() : present;
    if (inner.kind !== 'list') throw mismatch(`[${index}]`, inner, 'list');
    return this.item(inner, next, dots) === 'end' ? 'end' : this.setItem(list, index, inner);
  }

  /** An item which is no map becomes one. If the flag ends with the `=`, Helm loses the assignment to a new item. */
  private innerItem(list: ListNode, index: number, dots: number): Ending {
    const present = list.items[index];
    const inner = present?.kind === 'map' ? present : emptyMap(this.location);
    if (present !== undefined) list.items[index] = inner;
    return this.assign(inner, dots) === 'end' ? 'end' : this.setItem(list, index, inner);
  }

  private setItem(list: ListNode, index: number, value: TreeNode): Ending {
    if (index > limits.maxIndex) throw new SetError(`the index ${index} is greater than ${limits.maxIndex}.`);
    while (list.items.length < index) list.items.push(scalar(null, this.location));
    list.items[index] = value;
    return 'more';
  }

  private index(): number {
    const { text, stop } = this.scanner.until(']');
    if (stop === undefined) throw new SetError('an index must end with "]".');
    if (!/^[-+]?[0-9]+$/.test(text))
      throw new SetError(`the index ${JSON.stringify(text)} is no whole number.`);
    const index = Number(text);
    if (index < 0) throw new SetError(`the index ${text} is negative.`);
    return index + 0;
  }

  /** Reads a value: a list in braces, or the text up to a comma. */
  private value(): TreeNode {
    if (this.scanner.skip('{')) return this.list();
    return this.ofText(this.scanner.until(',').text);
  }

  /** Reads the items up to the closing brace; `{}` is a list of one empty string, as in Helm. */
  private list(): TreeNode {
    const list = this.emptyList();
    for (;;) {
      const { text, stop } = this.scanner.until(',}');
      if (stop === undefined) throw new SetError('a list must end with "}".');
      list.items.push(this.ofText(text));
      if (stop === '}') break;
    }
    this.scanner.skip(',');
    return list;
  }

  private ofText(text: string): TreeNode {
    const typed: SetValue = this.flag.name === '--set-string' ? { value: text } : typedValue(text);
    if ('message' in typed) throw new SetError(typed.message);
    return scalar(typed.value, this.location);
  }

  private emptyList(): ListNode {
    return { kind: 'list', items: [], at: this.location };
  }

  private here(): Location {
    return { file: this.flag.name, line: 1, column: this.scanner.column, text: this.flag.text };
  }
}

/** Sets an entry; Helm drops an assignment to an empty name. */
function setEntry(map: MapNode, name: string, value: TreeNode): void {
  if (name !== '') map.entries.set(name, value);
}

function isNull(node: TreeNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

function mismatch(name: string, node: TreeNode, wanted: 'map' | 'list'): SetError {
  const found = isNull(node) ? 'null' : `a ${node.kind}`;
  return new SetError(`${JSON.stringify(name)} is ${found}, not a ${wanted}.`);
}
