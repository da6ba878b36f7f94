import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where people on call look: what tests match and run is read from this page, so that it stays true. */
const PAGE = join(__dirname, '../../../docs/troubleshooting.md');

/** A fenced block that tests use: a message to match (`text`), or what to do about it (`sh`). */
export interface Block {
  readonly language: 'text' | 'sh';
  readonly id: string;
  /** For one version of Helm alone; the versions say some things in different words. */
  readonly helm?: string;
  readonly body: string;
}

/** Blocks look like this: ```text id=hook-failed helm=3 */
const FENCE = /^```(text|sh) id=([a-z0-9-]+)(?: helm=(\d))?\n([\s\S]*?)^```$/gm;

/** Every block of the page that has an id. */
export function blocks(page = readFileSync(PAGE, 'utf8')): readonly Block[] {
  return [...page.matchAll(FENCE)].map(([, language, id = '', helm, body = '']) => ({
    // The expression knows no other language.
    language: language as Block['language'],
    id,
    ...(helm === undefined ? {} : { helm: `Helm ${helm}` }),
    body: body.trim(),
  }));
}

/** Matches the message that the page quotes: `<words>` stand for anything, blanks and line breaks are alike. */
export function documented(id: string, helm?: { readonly name: string }): RegExp {
  return pattern(find('text', id, helm?.name).body);
}

/** The commands that the page gives. */
export function remedy(id: string, helm?: { readonly name: string }): string {
  return find('sh', id, helm?.name).body;
}

function find(language: Block['language'], id: string, helm: string | undefined): Block {
  const [block] = blocks().filter(
    (other) =>
      other.language === language && other.id === id && (other.helm === undefined || other.helm === helm),
  );
  if (block === undefined)
    throw new Error(
      `docs/troubleshooting.md has no block \`\`\`${language} id=${id}${helm === undefined ? '' : ` for ${helm}`}`,
    );
  return block;
}

/** A message as an expression. */
export function pattern(message: string): RegExp {
  const parts = message.split(/(<[^<>\n]+>|\s+)/).map((part) => {
    if (/^<.+>$/.test(part)) return '.+';
    return /^\s+$/.test(part) ? '\\s+' : part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  });
  return new RegExp(parts.join(''));
}
