import type { Json } from '../../../lib/engine';
import type { Delivered } from '../documents';
import type { PrintedChart } from './chart';
import { slicesOf } from './inside';
import { renderOurs, type Ours } from './ours';
import type { Both, Difference, Prover, Rendering } from './prover';

export type Helm = keyof Both<unknown>;
const HELMS: readonly Helm[] = ['helm3', 'helm4'];

/** A difference to one of the Helms. */
export interface Finding {
  readonly helm: Helm;
  readonly object: string;
  readonly path: string;
  readonly problem: string;
  readonly theirs?: Json;
  readonly ours?: Json;
}

/** What came out of a document: no findings means that all three agree. */
export interface Verdict {
  readonly ours: Ours;
  readonly findings: readonly Finding[];
  readonly objects: number;
}

/** Renders a document three times and compares. */
export async function judge(
  prover: Prover,
  { description, folder }: PrintedChart,
  document: Delivered,
): Promise<Verdict> {
  const ours = renderOurs(description, document);
  const slices = slicesOf(description);
  const { release, files, set, setString } = document;
  const compared = ours.kind === 'rendered' ? { manifests: ours.manifests, notes: ours.notes } : {};
  const answer = await prover.render({
    chart: folder,
    release: release.name,
    namespace: release.namespace,
    files,
    set,
    setString,
    ...compared,
  });
  return {
    ours,
    findings: HELMS.flatMap((helm) => compare(helm, ours, answer[helm], slices)),
    objects: answer.helm4.objects,
  };
}

type Slices = ReadonlyMap<string, string>;

function compare(helm: Helm, ours: Ours, theirs: Rendering, slices: Slices): Finding[] {
  const finding = (problem: string, rest: Partial<Finding> = {}): Finding => ({
    helm,
    object: '(all)',
    path: '',
    problem,
    ...rest,
  });
  switch (ours.kind) {
    case 'crashed':
      return [finding('our renderer crashes', { ours: ours.message, theirs: theirs.error ?? 'renders' })];
    case 'rendered':
      if (theirs.error !== null) return [finding('refused by Helm alone', { theirs: theirs.error })];
      return theirs.differences.map((difference) => found(helm, difference));
    case 'refused':
      // What is refused though Helm reads it is listed in lib/values/input/limits.ts, and tested there.
      if (theirs.error === null && ours.by === 'reading') return [];
      if (theirs.error === null)
        return [finding('refused by us alone', { ours: [ours.by, ...ours.paths, ...ours.sentences] })];
      return refusals(ours, theirs.error, slices).map((problem) =>
        finding(problem, { ours: [ours.by, ...ours.paths, ...ours.sentences], theirs: theirs.error }),
      );
  }
}

function found(helm: Helm, { object, path, problem, helm: theirs, ours }: Difference): Finding {
  return {
    helm,
    object,
    path,
    problem,
    ...(theirs === undefined ? {} : { theirs }),
    ...(ours === undefined ? {} : { ours }),
  };
}

/** Both refuse: for the same reason, in the same places? */
function refusals(ours: Extract<Ours, { kind: 'refused' }>, message: string, slices: Slices): string[] {
  switch (ours.by) {
    case 'reading':
    case 'objects':
      return [];
    case 'schema': {
      const named = pathsIn(message, slices);
      // Helm comes to no schema where a slice is no map.
      const missing = SLICE_NO_MAP.test(message) ? [] : ours.paths.filter((path) => !named.includes(path));
      const more = named.filter(
        (path) => !ours.paths.includes(path) && !ours.paths.some((inner) => inner.startsWith(`${path}/`)),
      );
      return [
        ...missing.map((path) => `Helm does not name ${path}`),
        ...more.map((path) => `only Helm names ${path}`),
      ];
    }
    case 'rules':
      return [ours.template, ...ours.sentences]
        .filter((said) => !message.includes(said))
        .map((said) => `Helm does not say: ${said}`);
  }
}

const SLICE_NO_MAP = /type mismatch on (.+): /;

/**
 * The places that Helm's message about the schemas names, as JSON pointers. It tells them chart by chart, below the slice
 * of each; `slices` has where that stands.
 */
export function pathsIn(message: string, slices: Slices = new Map()): string[] {
  const paths: string[] = [];
  let at = '';
  for (const line of message.split('\n')) {
    at = slices.get(/^(.+):$/.exec(line)?.[1] ?? '') ?? at;
    const slice = slices.get(SLICE_NO_MAP.exec(line)?.[1] ?? '');
    if (slice !== undefined) paths.push(slice);
    const path = /^\s*- at '((?:[^'\\]|\\.)*)': .*$/.exec(line)?.[1];
    if (path !== undefined) paths.push(`${at}${path.replace(/\\(.)/g, '$1')}`);
  }
  return paths;
}

/** Whether two verdicts show the same fault, so that shrinking stays at it. */
export function sameFault(a: readonly Finding[], b: readonly Finding[]): boolean {
  const kinds = new Set(a.map(kindOf));
  return b.some((finding) => kinds.has(kindOf(finding)));
}

function kindOf({ helm, object, path, problem }: Finding): string {
  const general = (text: string): string => text.replace(/\d+/g, '#');
  return [
    helm,
    object.split(' ')[0],
    general(path.split('.').at(-1) ?? ''),
    general(problem.split(':')[0] ?? ''),
  ].join('|');
}
