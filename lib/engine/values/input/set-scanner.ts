/** What `until` found: the text before the stop, and the stop itself, undefined at the end. */
export interface Scanned {
  text: string;
  stop: string | undefined;
}

/** Reads the text of a `--set` flag character by character; a backslash takes the next character as it is. */
export class SetScanner {
  private readonly characters: readonly string[];
  private position = 0;

  constructor(text: string) {
    this.characters = Array.from(text);
  }

  /** The column of the next character, from 1. */
  get column(): number {
    return this.position + 1;
  }

  /** Whether nothing is left. */
  get ended(): boolean {
    return this.position >= this.characters.length;
  }

  /** Steps over a character if it is the next one. */
  skip(character: string): boolean {
    const found = this.characters[this.position] === character;
    if (found) this.position += 1;
    return found;
  }

  /** Reads to the first of the stops and over it. A backslash at the very end counts nothing. */
  until(stops: string): Scanned {
    let text = '';
    while (!this.ended) {
      const character = this.next();
      if (stops.includes(character)) return { text, stop: character };
      text += character === '\\' ? this.next() : character;
    }
    return { text, stop: undefined };
  }

  private next(): string {
    const character = this.characters[this.position] ?? '';
    this.position += 1;
    return character;
  }
}
