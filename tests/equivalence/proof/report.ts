import { treeOf, deliver } from '../documents';
import { printJson } from '../documents/deliver';
import type { Fault, Tally } from './documents';
import type { Finding } from './judge';

/** One line about an environment. */
export function tallyLine({
  environment,
  documents,
  rendered,
  objects,
  overrides,
  refused,
  faults,
  milliseconds,
  seed,
}: Tally): string {
  const share = Math.round((100 * rendered) / Math.max(1, documents));
  const average = (overrides / Math.max(1, documents)).toFixed(1);
  return [
    `  ${environment}: ${documents} documents of ${average} overrides, ${rendered} rendered (${share} %, ${objects} objects),`,
    `refused ${refused.schema} by the schema, ${refused.rules} by rules, ${refused.reading} while reading, ${refused.objects} for a key,`,
    `${faults.length} different; ${(milliseconds / 1000).toFixed(1)} s, seed ${seed}`,
  ].join(' ');
}

/** A document that is not equal, for a person to try. */
export function faultText({ draft, findings }: Fault, environment: string, seed: number): string {
  const { files, set, setString, release } = deliver(draft);
  const flags = [
    ...set.map((text) => `--set ${JSON.stringify(text)}`),
    ...setString.map((text) => `--set-string ${JSON.stringify(text)}`),
  ];
  return [
    `DIFFERENT in ${environment} (seed ${seed}): release ${release.name}, namespace ${release.namespace}`,
    `  overrides: ${printJson(treeOf(draft.entries))}`,
    ...(files.length > 1 || flags.length > 0
      ? [...files.map((text) => `  -f ${JSON.stringify(text)}`), ...flags.map((flag) => `  ${flag}`)]
      : []),
    ...findings.slice(0, 8).flatMap(findingLines),
    ...(findings.length > 8 ? [`  and ${findings.length - 8} more`] : []),
  ].join('\n');
}

function findingLines({ helm, object, path, problem, theirs, ours }: Finding): string[] {
  const side = (name: string, value: unknown): string[] =>
    value === undefined
      ? []
      : [`      ${name}: ${shortened(typeof value === 'string' ? value : JSON.stringify(value))}`];
  return [`  ${helm}: ${object} ${path}: ${problem}`, ...side('Helm', theirs), ...side('ours', ours)];
}

function shortened(text: string): string {
  return text.length > 600 ? `${text.slice(0, 600)}…` : text;
}
