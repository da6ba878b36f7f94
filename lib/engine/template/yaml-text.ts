/** Plain scalars that every YAML reads as the same string: no word, number or date of YAML 1.1 or 1.2. */
const PLAIN = /^(--)?[A-Za-z/][\w./@%+=~^-]*([ :][\w./@%+=~^-]+)*$/;
/** Quantities with a unit, and versions: no YAML takes them for a number. */
const QUANTITY = /^\d+(m|[KMGTPE]i|\.\d+\.\d+)$/;
/** Text with double quotes reads better in single ones. */
const SINGLE = /^[\x20-\x26\x28-\x7e]*"[\x20-\x26\x28-\x7e]*$/;
const WORDS = /^(y|n|yes|no|on|off|true|false|null|nan|inf)$/i;

/** A string as a YAML scalar on one line: plain where it is safe, otherwise in quotes. */
export function yamlString(text: string): string {
  return (PLAIN.test(text) || QUANTITY.test(text)) && !WORDS.test(text)
    ? text
    : SINGLE.test(text)
      ? `'${text}'`
      : yamlQuoted(text);
}

/** A double-quoted scalar in which nothing but printable characters stands. */
function yamlQuoted(text: string): string {
  // U+0085, U+2028 and U+2029 break lines in YAML 1.1; a byte order mark is dropped, and U+FFFE and U+FFFF are refused.
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A text of several lines that a literal block (`|`) holds without loss. */
export function fitsBlock(text: string): boolean {
  return (
    text.includes('\n') &&
    !/^[\s]|[^\S\n]\n|\n\n$|[^\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe]/.test(text)
  );
}

/** So many characters a key on one line may have, quotes and escapes among them. */
export const LONGEST_KEY = 1024;

/** How many characters Go's `quote` makes of a text. */
export function quotedLength(text: string): number {
  return Array.from(text).reduce((length, character) => length + charactersOf(character), 2);
}

function charactersOf(character: string): number {
  if (/^["\\\x07\b\f\n\r\t\v]$/.test(character)) return 2;
  if (/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(character)) return 1;
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? 4 : code < 0x10000 ? 6 : 10;
}
