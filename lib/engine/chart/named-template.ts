import { createHash } from 'node:crypto';
import {
  argumentOf,
  evaluate,
  Expression,
  include,
  isJsonObject,
  presence,
  printArguments,
  templateName,
  toRawJson,
  valueOf,
  withArguments,
  type Alias,
  type Arguments,
  type EvaluationScope,
  type Json,
  type Node,
  type PrintScope,
  type Value,
} from '../template';
import { jsonFile } from './json-file';

/** A place where a named template stands in the object of the release, and what it is called with there. */
export interface TemplateUse {
  readonly path: readonly string[];
  /** The arguments: in every place the same ones, by name. */
  readonly given: Arguments;
}

/**
 * A part of an object that is printed as a named template of its own, so that something else can look at it:
 * the name of a Job carries a hash of its pod template, which Kubernetes lets nobody change, and a ConfigMap holds
 * the templates of pods as text.
 */
export class NamedTemplate {
  private tree: Node | undefined;

  constructor(
    /** Without the chart's prefix. */
    readonly name: string,
    /** Everywhere that it stands. */
    readonly uses: readonly TemplateUse[],
    /** What it is for, in the comment above its definition. */
    readonly doc: string,
    /** The values that it mostly looks at, by a short name. */
    readonly alias?: Alias,
  ) {
    const [first, ...others] = uses.map(({ given }) => Object.keys(given).join());
    if (others.some((names) => names !== first))
      throw new Error(`${name} is called with different parameters`);
  }

  /** The first eight digits of a hash over the part, as it will be for a release. */
  hash(given: Arguments = {}): Value<string> {
    return valueOf(new TemplateHash(this, given));
  }

  /** The part as a text of JSON, the way a file has it. */
  json(given: Arguments = {}): Value<string> {
    return include(jsonFile, valueOf(new TemplateCall(this, given)));
  }

  /** Takes the part from an object that is there for nothing else. */
  takeFrom(object: Node, path: readonly string[]): void {
    // The path leads through plain maps: the object's author knows where the part stands.
    this.take(path.reduce((node, key) => (node as Readonly<Record<string, Node>>)[key] ?? {}, object));
  }

  /** Takes the part out of the only place that it has in the object's tree, and leaves a call of the template there. */
  extractFrom(object: Node): Node {
    const [use, ...further] = this.uses;
    const [key, ...rest] = use?.path ?? [];
    if (use === undefined || key === undefined || further.length > 0)
      throw new Error(`${this.name} can be taken from one place alone`);
    return this.replaceAt(object, use, key, rest);
  }

  private take(part: Node): void {
    if (presence(part) !== 'always')
      throw new Error(
        `${this.name} may be empty, and a template that yields nothing is no map: give it a field that is always there`,
      );
    this.tree = part;
  }

  private replaceAt(node: Node, use: TemplateUse, key: string, rest: readonly string[]): Node {
    // The path leads through plain maps: the object's author knows where the part stands.
    const map = node as Readonly<Record<string, Node>>;
    const member = map[key];
    if (member === undefined) throw new Error(`${this.name}: nothing at ${use.path.join('.')}`);
    const [next, ...others] = rest;
    if (next !== undefined) return { ...map, [key]: this.replaceAt(member, use, next, others) };
    this.take(member);
    return { ...map, [key]: new TemplateCall(this, use.given) };
  }

  /** The part itself. */
  get body(): Node {
    if (this.tree === undefined) throw new Error(`${this.name} was not taken out of its object yet`);
    return this.tree;
  }

  /** The names of its parameters, in the order of its calls. */
  get parameters(): readonly string[] {
    return Object.keys(this.uses[0]?.given ?? {});
  }

  evaluate(scope: EvaluationScope, given: Arguments): Json {
    const value = evaluate(this.body, withArguments(given, scope));
    if (!isJsonObject(value)) throw new Error(`${this.name} is no map`);
    return value;
  }

  call(scope: PrintScope, given: Arguments): string {
    return `include ${templateName(scope.chart, this.name)} ${printArguments(given, scope)}`;
  }
}

class TemplateCall extends Expression {
  readonly type = 'map';
  constructor(
    private readonly template: NamedTemplate,
    private readonly given: Arguments,
  ) {
    super();
  }
  override print(scope: PrintScope): string {
    return `${this.template.call(scope, this.given)} | fromYaml`;
  }
  override printBlock(scope: PrintScope, indent: number): string {
    return `${this.template.call(scope, this.given)} | nindent ${indent}`;
  }
  override evaluate(scope: EvaluationScope): Json {
    return throughYaml(this.template.evaluate(scope, this.given));
  }
  override parts(): readonly Expression[] {
    return Object.values(this.given).map(argumentOf);
  }
}

class TemplateHash extends Expression {
  /** Digits alone, or digits around an e, are a number to YAML: never without quotes. */
  readonly type = 'string';
  constructor(
    private readonly template: NamedTemplate,
    private readonly given: Arguments,
  ) {
    super();
  }
  override print(scope: PrintScope): string {
    return `${this.template.call(scope, this.given)} | fromYaml | toRawJson | sha256sum | trunc 8`;
  }
  override evaluate(scope: EvaluationScope): Json {
    return createHash('sha256')
      .update(toRawJson(throughYaml(this.template.evaluate(scope, this.given))))
      .digest('hex')
      .slice(0, 8);
  }
  override parts(): readonly Expression[] {
    return Object.values(this.given).map(argumentOf);
  }
}

/** What `fromYaml` makes of a value that was printed: YAML has no negative zero among its integers. */
function throughYaml(value: Json): Json {
  if (Array.isArray(value)) return value.map(throughYaml);
  if (!isJsonObject(value)) return Object.is(value, -0) ? 0 : value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, throughYaml(member)]));
}
