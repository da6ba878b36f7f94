import {
  type Condition,
  type Description,
  type EvaluationScope,
  type Line,
  type Rule,
  type RulesOfEach,
  When,
} from '../../../lib/engine';
import {
  Alternative,
  type DescribedObject,
  Each,
  Either,
  Keyed,
  type Node,
  comparable,
  evaluate,
  expressionOf,
  iterations,
  pathOf,
  printScope,
  withArguments,
} from '../../../lib/engine/renderers';
import { placed } from './inside';

/** How often a condition was seen to hold, and not to. */
export interface Seen {
  yes: number;
  no: number;
}

/**
 * Counts what every condition of the description and every rule came out as. The templates of all services
 * print one condition in the same words (`$service`), so that it counts as one.
 */
export class Conditions {
  readonly seen = new Map<string, Seen>();
  private readonly names = new Map<unknown, string>();
  /** The chart inside that is looked at. */
  private chart = '';

  constructor(
    private readonly description: Description,
    /** Rules that are one rule, by a path that they share. */
    private readonly ruleName: (path: string) => string = (path) => path,
  ) {}

  /** A document that the schema accepts; `rendered` if it breaks no rule. */
  count(scope: EvaluationScope, rendered: boolean): void {
    for (const { description, scope: its, folder } of placed(this.description, scope)) {
      this.chart = folder.split('/').slice(1).join('/');
      for (const rule of description.rules)
        if ('rules' in rule) this.countOfEach(rule, its);
        else this.countRule(rule, its);
      if (!rendered) continue;
      for (const object of description.objects) this.countObject(object, its);
      if (description === this.description) this.countLines(description.notes, its);
    }
  }

  /** Conditions that were seen one way only. */
  oneSided(): { readonly condition: string; readonly always: boolean }[] {
    return [...this.seen]
      .filter(([, { yes, no }]) => yes === 0 || no === 0)
      .map(([condition, { yes }]) => ({ condition, always: yes > 0 }));
  }

  private countOfEach(each: RulesOfEach, scope: EvaluationScope): void {
    for (const inner of iterations(each, scope))
      for (const rule of each.rules)
        this.countRule({ ...rule, path: `${pathOf(each)}.*.${rule.path}` }, inner);
  }

  private countRule({ path, sentence, broken }: Rule, scope: EvaluationScope): void {
    this.add(`rule: ${this.ruleName(path)}: ${sentence}`, holds(broken, scope));
  }

  private countObject(object: DescribedObject, scope: EvaluationScope): void {
    if (!this.countGuard(object, object.condition, scope)) return;
    for (const round of this.countLoops(object, object.loops, scope)) {
      this.countNode(object, object.tree, round);
      for (const { body, uses } of object.named)
        for (const { given } of uses) this.countNode(object, body, withArguments(given, round));
    }
  }

  /** The rounds in which there is an object. */
  private countLoops(
    object: DescribedObject,
    [loop, ...inner]: DescribedObject['loops'],
    scope: EvaluationScope,
  ): EvaluationScope[] {
    if (loop === undefined) return [scope];
    return iterations(loop.each, scope)
      .filter((round) => this.countGuard(object, loop.condition, round))
      .flatMap((round) => this.countLoops(object, inner, round));
  }

  private countGuard(
    object: DescribedObject,
    condition: Condition | undefined,
    scope: EvaluationScope,
  ): boolean {
    if (condition === undefined) return true;
    const there = holds(condition, scope);
    this.add(this.nameOf(object, condition), there);
    return there;
  }

  private countLines(lines: readonly Line[], scope: EvaluationScope): void {
    for (const line of lines) {
      if (line instanceof Each)
        for (const round of iterations(line, scope)) this.countLines(line.body, round);
      if (!(line instanceof When || line instanceof Either)) continue;
      const there = holds(line.condition, scope);
      this.add(`NOTES: ${comparable(line.condition)}`, there);
      if (line instanceof Either) this.countLines(there ? line.lines : line.otherwise, scope);
      else if (there) this.countLines(line.body, scope);
    }
  }

  private countNode(object: DescribedObject, node: Node, scope: EvaluationScope): void {
    if (node instanceof When) {
      if (this.countGuard(object, node.condition, scope)) this.countNode(object, node.body, scope);
    } else if (node instanceof Alternative) {
      this.countAlternative(object, node, scope);
    } else if (node instanceof Each) {
      for (const round of iterations(node, scope)) this.countNode(object, node.body, round);
    } else if (node instanceof Keyed) {
      this.countNode(object, node.value, scope);
    } else if (Array.isArray(node)) {
      for (const item of node as readonly Node[]) this.countNode(object, item, scope);
    } else if (typeof node === 'object' && Object.getPrototypeOf(node) === Object.prototype) {
      for (const member of Object.values(node)) this.countNode(object, member as Node, scope);
    }
  }

  private countAlternative(object: DescribedObject, node: Alternative<Node>, scope: EvaluationScope): void {
    const nothing = {};
    const theirs = evaluate(new Alternative<Node>(node.value, nothing), scope);
    const given = typeof theirs === 'object' && theirs !== null && Object.keys(theirs).length > 0;
    this.add(this.nameOf(object, node.value as Condition), given);
    if (!given) this.countNode(object, node.otherwise, scope);
  }

  private nameOf(object: DescribedObject, condition: Condition): string {
    const known = this.names.get(condition);
    if (known !== undefined) return known;
    const scope = printScope(undefined, '.', object.alias === undefined ? [] : [object.alias]);
    const name = `${object.file}: ${expressionOf(condition).print(scope)}`;
    this.names.set(condition, name);
    return name;
  }

  private add(named: string, value: boolean): void {
    const name = this.chart === '' ? named : `${this.chart}: ${named}`;
    const seen = this.seen.get(name) ?? { yes: 0, no: 0 };
    seen[value ? 'yes' : 'no'] += 1;
    this.seen.set(name, seen);
  }
}

function holds(condition: Condition, scope: EvaluationScope): boolean {
  return expressionOf(condition).evaluate(scope) === true;
}
