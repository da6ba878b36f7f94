import { createHash } from 'node:crypto';
import {
  evaluate,
  Expression,
  isJsonObject,
  toRawJson,
  valueOf,
  type EvaluationScope,
  type Json,
  type Node,
  type PrintScope,
  type Value,
} from '../template';
import { HELPER_PREFIX, include } from '../template';
import { jsonFile } from './helpers/json-file';

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
    /** Where it stands in the object of the release. */
    readonly path: readonly string[],
    /** What it is for, in the comment above its definition. */
    readonly doc: string,
    /** The service whose values it mostly looks at, as the key of its values. */
    readonly service?: string,
  ) {}

  /** The first eight digits of a hash over the part, as it will be for a release. */
  hash(): Value<string> {
    return valueOf(new TemplateHash(this));
  }

  /** The part as a text of JSON, the way a file has it. */
  json(): Value<string> {
    return include(jsonFile, valueOf(new TemplateCall(this)));
  }

  /** Takes the part from an object that is there for nothing else. */
  takeFrom(object: Node, path: readonly string[]): void {
    // The path leads through plain maps: the object's author knows where the part stands.
    this.tree = path.reduce((node, key) => (node as Readonly<Record<string, Node>>)[key] ?? {}, object);
  }

  /** Takes the part out of the object's tree, and leaves a call of the template in its place. */
  extractFrom(object: Node): Node {
    const [key, ...rest] = this.path;
    return key === undefined ? object : this.replaceAt(object, key, rest);
  }

  private replaceAt(node: Node, key: string, rest: readonly string[]): Node {
    // The path leads through plain maps: the object's author knows where the part stands.
    const map = node as Readonly<Record<string, Node>>;
    const member = map[key];
    if (member === undefined) throw new Error(`${this.name}: nothing at ${this.path.join('.')}`);
    const [next, ...others] = rest;
    if (next !== undefined) return { ...map, [key]: this.replaceAt(member, next, others) };
    this.tree = member;
    return { ...map, [key]: new TemplateCall(this) };
  }

  /** The part itself. */
  get body(): Node {
    if (this.tree === undefined) throw new Error(`${this.name} was not taken out of its object yet`);
    return this.tree;
  }

  evaluate(scope: EvaluationScope): Json {
    const value = evaluate(this.body, scope);
    if (!isJsonObject(value)) throw new Error(`${this.name} is no map`);
    return value;
  }

  call(scope: PrintScope): string {
    return `include "${HELPER_PREFIX}.${this.name}" ${scope.root}`;
  }
}

class TemplateCall extends Expression {
  readonly type = 'map';
  constructor(readonly template: NamedTemplate) {
    super();
  }
  override print(scope: PrintScope): string {
    return `${this.template.call(scope)} | fromYaml`;
  }
  override printBlock(scope: PrintScope, indent: number): string {
    return `${this.template.call(scope)} | nindent ${indent}`;
  }
  override evaluate(scope: EvaluationScope): Json {
    return throughYaml(this.template.evaluate(scope));
  }
  override parts(): readonly Expression[] {
    return [];
  }
}

class TemplateHash extends Expression {
  readonly type = 'word';
  constructor(private readonly template: NamedTemplate) {
    super();
  }
  override print(scope: PrintScope): string {
    return `${this.template.call(scope)} | fromYaml | toRawJson | sha256sum | trunc 8`;
  }
  override evaluate(scope: EvaluationScope): Json {
    return createHash('sha256')
      .update(toRawJson(throughYaml(this.template.evaluate(scope))))
      .digest('hex')
      .slice(0, 8);
  }
  override parts(): readonly Expression[] {
    return [];
  }
}

/** What `fromYaml` makes of a value that was printed: YAML has no negative zero among its integers. */
function throughYaml(value: Json): Json {
  if (Array.isArray(value)) return value.map(throughYaml);
  if (!isJsonObject(value)) return Object.is(value, -0) ? 0 : value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, throughYaml(member)]));
}
