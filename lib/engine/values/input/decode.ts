import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Alias,
  type Document,
  type Pair,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { Budget } from './budget';
import { keyText } from './keys';
import { limits } from './limits';
import { pathText } from './path';
import type { Location, Report } from './problems';
import type { Resolved } from './scalars';
import { resolveScalar } from './tags';
import { placeOf, type Source } from './text';
import { emptyMap, scalar, type MapNode, type TreeNode } from './tree';

type Path = readonly (string | number)[];

/** Thrown to give a document up; the problem is already reported. */
class GivenUp extends Error {}

/** The tree of a document, its scalars read by the rules of YAML 1.1; null where something is wrong. */
export function decode(document: Document, source: Source, report: Report): TreeNode {
  const root = placeOf(source, 0);
  try {
    return new Decoder(document, source, report).value(document.contents, root, []);
  } catch (error) {
    if (error instanceof GivenUp) return scalar(null, root);
    throw error;
  }
}

class Decoder {
  private readonly budget = new Budget();
  private readonly open = new Set<unknown>();

  constructor(
    private readonly document: Document,
    private readonly source: Source,
    private readonly report: Report,
  ) {}

  value(node: unknown, at: Location, path: Path): TreeNode {
    this.count(at);
    if (path.length > limits.maxDepth) this.giveUp(`values nest deeper than ${limits.maxDepth} levels.`, at);
    if (isAlias(node)) return this.alias(node, at, path);
    if (isMap(node)) return this.map(node, at, path);
    if (isSeq(node)) return this.list(node.items, at, path);
    return scalar(isScalar(node) ? this.scalarValue(node, at, path) : null, at);
  }

  private alias(node: Alias, at: Location, path: Path): TreeNode {
    const target = this.target(node, at);
    this.open.add(target);
    const value = this.budget.throughAlias(() => this.value(target, at, path));
    this.open.delete(target);
    return value;
  }

  private target(node: Alias, at: Location): unknown {
    const target = node.resolve(this.document);
    if (target === undefined) this.giveUp(`the alias "*${node.source}" has no anchor before it.`, at);
    if (this.open.has(target)) this.giveUp(`the anchor "&${node.source}" contains itself.`, at);
    return target;
  }

  private list(items: readonly unknown[], at: Location, path: Path): TreeNode {
    const values = items.map((item, index) => this.value(item, this.place(item, at), [...path, index]));
    return { kind: 'list', items: values, at };
  }

  /** Pairs in their order: a merge key replaces what stands before it, and what follows replaces it (go-yaml v2). */
  private map(node: YAMLMap, at: Location, path: Path): MapNode {
    const map = emptyMap(at);
    const seen = new Map<string, Location>();
    for (const pair of node.items) this.pair(pair, map, seen, path);
    return map;
  }

  private pair(pair: Pair, map: MapNode, seen: Map<string, Location>, path: Path): void {
    const at = this.place(pair.key, map.at ?? placeOf(this.source, 0));
    if (isMergeKey(pair.key)) {
      this.first('<<', at, seen, path);
      this.merge(pair.value, at, map, path);
      return;
    }
    const key = this.key(pair.key, at, path);
    if (key === null) return;
    this.first(key, at, seen, path);
    map.entries.set(key, this.value(pair.value, at, [...path, key]));
  }

  private first(key: string, at: Location, seen: Map<string, Location>, path: Path): void {
    const earlier = seen.get(key);
    seen.set(key, at);
    if (earlier === undefined) return;
    this.problem(`the key ${JSON.stringify(key)} is given twice; first in line ${earlier.line}.`, at, [
      ...path,
      key,
    ]);
  }

  private merge(node: unknown, at: Location, map: MapNode, path: Path): void {
    const sources = isSeq(node) ? node.items.toReversed() : [node];
    for (const source of sources) {
      const target = isAlias(source) ? this.target(source, at) : source;
      if (!isMap(target)) this.giveUp('"<<" needs a map, or a list of maps.', at);
      const merged = this.value(source, at, path);
      if (merged.kind !== 'map') continue;
      for (const [key, value] of merged.entries) map.entries.set(key, value);
    }
  }

  private key(node: unknown, at: Location, path: Path): string | null {
    this.count(at);
    if (isAlias(node)) return this.budget.throughAlias(() => this.key(this.target(node, at), at, path));
    if (isMap(node) || isSeq(node))
      return this.problem('a key must be a scalar, not a map or a list.', at, path);
    const resolved = isScalar(node) ? this.resolve(node, at, path) : null;
    const text = resolved === null ? undefined : keyText(resolved);
    return text ?? this.problem('this key cannot become a string: write it in quotes.', at, path);
  }

  private scalarValue(node: Scalar, at: Location, path: Path): string | number | boolean | null {
    const resolved = this.resolve(node, at, path);
    if (resolved === null || resolved.kind === 'null') return null;
    if (resolved.kind === 'int') return this.integer(resolved.value, at, path);
    if (resolved.kind === 'float' && !Number.isFinite(resolved.value)) {
      return this.problem('infinity and "not a number" have no JSON form.', at, path);
    }
    return resolved.value;
  }

  private integer(value: bigint, at: Location, path: Path): number | null {
    if (value <= limits.maxInteger && value >= -limits.maxInteger) return Number(value);
    return this.problem(
      `${value} is beyond 2^53, Helm would round it: write it as a string in quotes.`,
      at,
      path,
    );
  }

  private resolve(node: Scalar, at: Location, path: Path): Resolved | null {
    const resolved = resolveScalar({ text: node.source ?? '', plain: node.type === 'PLAIN', tag: node.tag });
    return resolved.kind === 'invalid' ? this.problem(resolved.message, at, path) : resolved;
  }

  private count(at: Location): void {
    const message = this.budget.count();
    if (message !== undefined) this.giveUp(message, at);
  }

  private place(node: unknown, otherwise: Location): Location {
    const known = isAlias(node) || isMap(node) || isSeq(node) || isScalar(node);
    return known && node.range ? placeOf(this.source, node.range[0]) : otherwise;
  }

  private problem(message: string, location: Location, path: Path): null {
    this.report({ message, path: pathText(path), location });
    return null;
  }

  private giveUp(message: string, location: Location): never {
    this.report({ message, location });
    throw new GivenUp(message);
  }
}

/** `<<` without quotes, or with the tag of a merge key. */
function isMergeKey(key: unknown): boolean {
  if (!isScalar(key) || key.source !== '<<') return false;
  return key.tag === undefined ? key.type === 'PLAIN' : ['!', 'tag:yaml.org,2002:merge'].includes(key.tag);
}
