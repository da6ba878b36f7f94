/** What the engine says of a chart that has no two meanings, in its own words: such a chart is refused, and not proven. */
export const REFUSALS: readonly RegExp[] = [
  /, which no text can hold: /,
  /is known to Helm alone, and to no manifest that is written without it/,
  /the helper \S+ takes \d+ arguments, and is called with \d+/,
  /both have a variable \S+: give one another name/,
  /a loop inside of another one has a variable/,
  /two values have the name \$\S+/,
  /the loop of \S+ makes nothing: its body is an empty list/,
  /a conditional block of lines, or a loop, must follow a line that is not blank/,
  /may be empty, and a template that yields nothing is no map/,
  /may not be there, and Helm would write null or 0 for it/,
];
