/** Letters that got a partner in Unicode 16 or 17: the Go that Helm is built with does not know it. */
const YOUNG =
  /[\u019b\u0264\u1c89\u1c8a\ua7cb-\ua7cf\ua7d2-\ua7d5\ua7da-\ua7dc\u{10d50}-\u{10d85}\u{16ea0}-\u{16ed3}]/u;

/**
 * `strings.ToUpper` and `ToLower` map each character to one. JavaScript also maps one to several (ß to SS), and looks at
 * neighbours (a final Σ); here it is asked for one character at a time.
 */
export function upperCase(text: string): string {
  return mapped(text, (character) => {
    const upper = character.toUpperCase();
    return isOne(upper) ? upper : (TITLES.get(character) ?? character);
  });
}

/** The same for small letters: İ is the one of which JavaScript makes two characters. */
export function lowerCase(text: string): string {
  return mapped(text, (character) => (character === 'İ' ? 'i' : character.toLowerCase()));
}

function mapped(text: string, map: (character: string) => string): string {
  return Array.from(text, (character) => (YOUNG.test(character) ? character : map(character))).join('');
}

function isOne(text: string): boolean {
  return Array.from(text).length === 1;
}

/** Greek letters with an iota below: where JavaScript writes the iota out, Go takes the letter of a title. */
const TITLES: ReadonlyMap<string, string> = new Map([
  ...[0x1f80, 0x1f90, 0x1fa0].flatMap((start) =>
    Array.from({ length: 8 }, (_, i) => pair(start + i, start + i + 8)),
  ),
  pair(0x1fb3, 0x1fbc),
  pair(0x1fc3, 0x1fcc),
  pair(0x1ff3, 0x1ffc),
]);

function pair(small: number, title: number): [string, string] {
  return [String.fromCodePoint(small), String.fromCodePoint(title)];
}
