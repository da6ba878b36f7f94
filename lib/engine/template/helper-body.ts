import type { Helper } from './helper';

/** The text of a named template. */
export interface HelperBody {
  /** The text in a chart. */
  print(chart: string): string;
  /** The named templates that it calls: a chart that has it has these too. */
  readonly calls: readonly Helper[];
}

/**
 * body`{{- include ${instance} . -}}`: the text of a named template. The name of another one is filled in with the
 * prefix of the chart that has both; constants are part of the text.
 */
export function body(
  strings: TemplateStringsArray,
  ...between: readonly (Helper | string | number)[]
): HelperBody {
  return {
    print: (chart) =>
      strings.map((text, i) => `${i === 0 ? '' : filledIn(between[i - 1] ?? '', chart)}${text}`).join(''),
    calls: between.filter((part) => typeof part === 'object'),
  };
}

function filledIn(part: Helper | string | number, chart: string): string {
  return typeof part === 'object' ? templateName(chart, part.name) : String(part);
}

/**
 * The name of a named template, in quotes. Helm keeps those of all charts of a release together: each has the name of
 * its chart before it.
 */
export function templateName(chart: string | undefined, name: string): string {
  return JSON.stringify(`${chart ?? ''}.${name}`);
}
