/**
 * What this reader refuses though Helm lets it through, because Helm 3 and Helm 4 differ in it, because it
 * would lose data without a word, or because it endangers the process:
 *
 * - a key given twice in one map (Helm keeps one of them), also when two keys become one string (`1` and `"1"`);
 * - more than one document in a file (Helm 3 reads the first, Helm 4 merges all);
 * - `---` with content on its line, and `%` directives (Helm 3 reads them, Helm 4 fails);
 * - an integer beyond 2^53 (a file rounds it, `--set` keeps it: two different numbers from one text);
 * - files larger than `maxFileBytes`, more than `maxAliasCount` values made by aliases, deeper nesting than `maxDepth`;
 * - `!!binary` data which is no UTF-8 text (Helm replaces the bytes), the tag `!!timestamp`;
 * - raw carriage returns alone and the line separators of Unicode (line breaks in YAML 1.1, text in YAML 1.2);
 * - a `|` or `>` text at the end of a file without a last line break (Helm 4 adds the break, Helm 3 does not);
 * - `?` in front of a key, brackets not indented deeper than their key, a comment glued to a comma, and what
 *   YAML 1.1 and 1.2 split differently inside brackets (`[a?b]`, `[:a]`, `{a:[]}`), also `\'` in double quotes;
 * - a quoted text whose next lines are not indented deeper than its key;
 * - text with the characters U+007F to U+009F, U+FFFE or U+FFFF, text that ends in empty lines, and the key `<<` in
 *   quotes: Helm's `toYaml` drops or changes them (`lossy.ts`);
 * - text that ends in a space of Unicode (U+00A0, …): at the end of a manifest Helm trims it (`lossy.ts`);
 * - an index without its `]` in `--set` (Helm 4 ignores the rest of the flag without a word).
 *
 * The other way round, read here though Helm fails: a file with nothing but tabs, comments or `...`, and `!` alone
 * right before a bracket. Both hold no data.
 */
export const limits = {
  /** The largest values file, in bytes: 1 MiB. */
  maxFileBytes: 1024 * 1024,
  /** How many values aliases may produce in one document; an alias of a list with two items counts four. */
  maxAliasCount: 10_000,
  /** How deep maps and lists may nest in a document. */
  maxDepth: 200,
  /** The largest list index in `--set`, as in Helm. */
  maxIndex: 65_536,
  /** How many dots a name in `--set` may have, as in Helm. */
  maxNameDots: 30,
  /** The largest integer that a JSON number holds together with its neighbours. */
  maxInteger: 2n ** 53n,
} as const;
