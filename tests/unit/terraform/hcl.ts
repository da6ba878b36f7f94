import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@cdktf/hcl2json';

/** Blocks of a root by their kind and name, as HashiCorp's parser reads them; expressions stay text. */
export interface Hcl {
  readonly variable: ReadonlyMap<string, Block>;
  readonly output: ReadonlyMap<string, Block>;
  /** All files as they stand. */
  readonly text: string;
}

/** The arguments of a block. */
export type Block = Readonly<Record<string, unknown>>;

/** The .tf files of a folder as one. */
export async function readRoot(folder: string): Promise<Hcl> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.tf'));
  if (names.length === 0) throw new Error(`no .tf files in ${folder}`);
  const texts = names.map((name) => readFileSync(join(folder, name), 'utf8'));
  const files = await Promise.all(names.map((name, i) => parse(name, texts[i] ?? '') as Promise<ParsedFile>));
  const all = (kind: 'variable' | 'output'): Map<string, Block> =>
    new Map(
      files.flatMap((file) =>
        Object.entries(file[kind] ?? {}).flatMap(([name, blocks]) =>
          blocks.map((block): [string, Block] => [name, block]),
        ),
      ),
    );
  return { variable: all('variable'), output: all('output'), text: texts.join('\n') };
}

/** A label a key, and under it each block that has it. */
type ParsedFile = Readonly<Partial<Record<string, Readonly<Record<string, readonly Block[]>>>>>;
