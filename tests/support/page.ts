import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type * as Cli from '../../lib/cli/run';
import type * as Engine from '../../lib/engine/renderers';
import type * as Render from '../../lib/render';
import type * as Umbrella from '../../lib/umbrella';
import { replaceOnce } from '../../scripts/support/replace-once.cjs';

/** A block of a page: commands, or what follows the line that names a file. */
interface Block {
  readonly kind: 'ts' | 'yaml' | 'diff' | 'sh';
  /** Empty for commands. */
  readonly file: string;
  readonly text: string;
}

/** A copy of the project in which somebody did what a section of docs/contributing.md says. */
export interface Done {
  readonly folder: string;
  readonly blocks: readonly Block[];
  readonly umbrella: typeof Umbrella;
  readonly engine: typeof Engine;
  readonly render: typeof Render;
  /** Its program, run on it. */
  readonly medkg: (...args: readonly string[]) => { readonly exit: number; readonly said: string };
}

/** Does what a section says, in a copy that goes when the tests of the file have ended. */
export function done(title: string): Done {
  const folder = mkdtempSync(join(tmpdir(), 'newcomer-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  for (const part of ['lib', 'imports', 'values', 'package.json', 'tests/parts'])
    cpSync(part, join(folder, part), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const blocks = blocksOf(title);
  for (const block of blocks) carryOut(block, folder);
  return {
    folder,
    blocks,
    umbrella: jest.requireActual<typeof Umbrella>(join(folder, 'lib/umbrella')),
    engine: jest.requireActual<typeof Engine>(join(folder, 'lib/engine/renderers')),
    render: jest.requireActual<typeof Render>(join(folder, 'lib/render')),
    medkg: programOf(folder),
  };
}

function programOf(folder: string): Done['medkg'] {
  const { run } = jest.requireActual<typeof Cli>(join(folder, 'lib/cli/run'));
  return (...args) => {
    let said = '';
    const stream = { write: (text: string) => void (said += text) };
    const exit = run(args, { root: folder, env: {}, stdout: stream, stderr: stream });
    return { exit, said };
  };
}

function carryOut({ kind, file, text }: Block, folder: string): void {
  if (kind === 'sh') {
    execFileSync('bash', ['-euo', 'pipefail', '-c', text], { cwd: folder });
    return;
  }
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, kind === 'diff' ? patched(file, readFileSync(path, 'utf8'), text) : text);
}

/** The blocks of a section, in its order. */
function blocksOf(title: string): Block[] {
  const page = readFileSync('docs/contributing.md', 'utf8');
  const [, section = ''] = page.split(`\n## ${title}\n`);
  const [text = ''] = section.split('\n## ');
  return [...text.matchAll(/^( *)(?:\d\. )?```(ts|diff|yaml|sh)\n([^]*?)^ *```$/gm)].map(
    ([, indent = '', kind, block = '']) => {
      // The pattern lets no other word through.
      const its = kind as Block['kind'];
      const depth = block.length - block.trimStart().length;
      const lines = block.split('\n').map((line) => line.slice(Math.max(depth, indent.length)));
      if (its === 'sh') return { kind: its, file: '', text: lines.join('\n') };
      const [first = '', ...rest] = lines;
      return { kind: its, file: first.replace(/^(\/\/|#) /, ''), text: rest.join('\n') };
    },
  );
}

/** Applies the hunks of a diff to the text of a file, each at the only place that it fits. */
function patched(file: string, text: string, diff: string): string {
  return diff
    .split('@@\n')
    .filter((hunk) => hunk.trim() !== '')
    .reduce((current, hunk) => {
      const lines = hunk.split('\n').filter((line) => line !== '');
      const side = (others: string): string =>
        lines
          .filter((line) => !line.startsWith(others))
          .map((line) => line.slice(1))
          .join('\n');
      return replaceOnce(current, { replace: side('+'), by: side('-') }, file);
    }, text);
}
