/**
 * Reads YAML text as PyYAML's `safe_load` does. The syntax is the `yaml` package's (version 1.1, failsafe, so that it
 * gives no meaning to scalars); what a scalar means is PyYAML's (pyyaml-scalar.ts).
 */
import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Document, Node, Pair, Scalar, YAMLMap } from 'yaml';
import { pointer } from './problem';
import type { ConfigFile, LoaderProblem, LoaderRule } from './problem';
import { isNumberReadAsText, plainScalar, ScalarError, taggedScalar } from './pyyaml-scalar';

/** A document as PyYAML reads it. */
export interface PyYamlDocument {
  readonly value: unknown;
  readonly problems: readonly LoaderProblem[];
  /** Plain scalars that look like numbers and are read as text, by JSON pointer. */
  readonly numbersReadAsText: ReadonlyMap<string, string>;
}

type Member = readonly [string, unknown];

/** Reads one file; problems that PyYAML stops at have the rule `yaml`, and then the value is undefined. */
export function readPyYaml(text: string, file: ConfigFile): PyYamlDocument {
  const document = parseDocument(text, {
    schema: 'failsafe',
    version: '1.1',
    uniqueKeys: false,
    logLevel: 'error',
  });
  const reader = new Reader(document, file);
  for (const error of document.errors) reader.report('yaml', '', error.message.split('\n')[0] ?? error.code);
  const value = document.errors.length === 0 ? reader.root() : undefined;
  const readable = !reader.problems.some((problem) => problem.rule === 'yaml');
  return {
    value: readable ? value : undefined,
    problems: reader.problems,
    numbersReadAsText: reader.numbers,
  };
}

class Reader {
  readonly problems: LoaderProblem[] = [];
  readonly numbers = new Map<string, string>();
  /** Nodes that are being read, to see one that contains itself. */
  private readonly open = new Set<unknown>();

  constructor(
    private readonly document: Document.Parsed,
    private readonly file: ConfigFile,
  ) {}

  report(rule: LoaderRule, path: string, message: string): void {
    this.problems.push({ rule, file: this.file, path, message });
  }

  /** The whole document: an empty one is an empty mapping, and nothing else but a mapping will do. */
  root(): unknown {
    const contents = this.document.contents;
    if (contents === null || (isScalar(contents) && this.scalar(contents, '') === null)) return {};
    if (!isMap(contents)) this.report('yaml', '', 'the document is not a mapping');
    return this.node(contents, '');
  }

  private node(node: unknown, path: string): unknown {
    const target = this.target(node);
    if (isScalar(target)) return this.scalar(target, path);
    if (!isMap(target) && !isSeq(target)) return null;
    if (this.open.has(target)) {
      this.report('yaml', path, 'refers to itself');
      return null;
    }
    this.open.add(target);
    const value = isMap(target)
      ? this.mapping(target, path)
      : target.items.map((item, index) => this.node(item, pointer(path, index)));
    this.open.delete(target);
    return value;
  }

  /** What an alias stands for, or the node itself. */
  private target(node: unknown): unknown {
    return isAlias(node) ? node.resolve(this.document) : node;
  }

  private scalar(node: Scalar, path: string): unknown {
    const text = String(node.value);
    try {
      if (node.tag !== undefined && node.tag !== '!') return this.tagged(node.tag, text, path);
      if (node.type !== 'PLAIN') return text;
      if (isNumberReadAsText(text)) this.numbers.set(path, text);
      return plainScalar(text);
    } catch (error) {
      if (!(error instanceof ScalarError)) throw error;
      this.report('yaml', path, error.message);
      return null;
    }
  }

  private tagged(tag: string, text: string, path: string): unknown {
    const tagged = taggedScalar(tag, text);
    if (tagged === undefined) this.report('yaml', path, `the application does not read the tag ${tag}`);
    return tagged?.value;
  }

  /** Members of a mapping; those of `<<` come first, so that the mapping's own win. */
  private mapping(map: YAMLMap, path: string): Readonly<Record<string, unknown>> {
    const own = map.items.filter((pair) => !isMerge(pair)).map((pair) => this.member(pair, path));
    this.reportDuplicates(own, path);
    const merged = map.items.filter(isMerge).flatMap((pair) => this.merged(pair.value, path));
    return Object.fromEntries([...merged, ...own]);
  }

  private member(pair: Pair, path: string): Member {
    const key = this.key(pair.key, path);
    return [key, this.node(pair.value, pointer(path, key))];
  }

  /** The application makes text of every key: `on` becomes `True`, `1` stays `1`. */
  private key(node: unknown, path: string): string {
    const target = this.target(node);
    if (target !== null && !isScalar(target)) {
      this.report('yaml', path, 'a list or mapping is no key');
      return '';
    }
    const value = target === null ? null : this.scalar(target, path);
    if (value === null) return 'None';
    if (typeof value === 'boolean') return value ? 'True' : 'False';
    return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
  }

  private reportDuplicates(members: readonly Member[], path: string): void {
    const seen = new Set<string>();
    for (const [key] of members) {
      if (seen.has(key))
        this.report('duplicate-key', pointer(path, key), 'stands twice; PyYAML keeps the last one');
      seen.add(key);
    }
  }

  /** Members that `<<` brings in, from one mapping or a list of which the first wins. */
  private merged(node: unknown, path: string): Member[] {
    const target = this.target(node);
    if (isMap(target)) return Object.entries(this.mapping(target, path));
    if (isSeq<Node>(target)) return target.items.toReversed().flatMap((item) => this.merged(item, path));
    this.report('yaml', path, '<< wants a mapping or a list of mappings');
    return [];
  }
}

/** Whether a member is a merge (`<<` without quotes). */
function isMerge({ key }: Pair): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.tag === undefined && key.value === '<<';
}
