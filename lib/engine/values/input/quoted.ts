/** A check of a quoted scalar's raw text: what go-yaml refuses and the YAML library lets pass. */
interface QuotedCheck {
  pattern: RegExp;
  message: string;
}

const doubleQuoted: readonly QuotedCheck[] = [
  { pattern: /^"(?:[^"\\]|\\[^])*$/, message: 'the closing quote is missing.' },
  { pattern: /^"(?:[^"\\]|\\[^])*?\\\//, message: '"\\/" is no escape in YAML 1.1: write "/".' },
  {
    pattern: /^"(?:[^"\\]|\\[^])*?\\u[dD][89a-fA-F]/,
    message: '"\\uD800" to "\\uDFFF" are no characters: write the character itself or "\\U".',
  },
];

const singleQuoted: readonly QuotedCheck[] = [
  { pattern: /^'(?:[^']|'')*$/, message: 'the closing quote is missing.' },
];

/** What is wrong with a quoted scalar, quotes included. */
export function quotedProblem(source: string): string | undefined {
  const checks = source.startsWith('"') ? doubleQuoted : singleQuoted;
  return checks.find(({ pattern }) => pattern.test(source))?.message;
}
