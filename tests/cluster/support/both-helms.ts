import { helms, Release } from './helm';
import { makeNamespace, removeNamespace } from './namespace';

/** One release a Helm, each in a namespace of its own. */
export interface BothHelms {
  /** Does the same with both at a time: most of it is waiting. */
  readonly each: <T>(act: (release: Release) => Promise<T>) => Promise<T[]>;
  readonly namespaces: () => string[];
}

/** New releases for every test of a file; the namespaces go at its end. */
export function bothHelms(purpose: string): BothHelms {
  let releases: readonly Release[] = [];
  const made: string[] = [];
  beforeEach(async () => {
    releases = await Promise.all(helms.map(async (helm) => new Release(helm, await makeNamespace(purpose))));
    made.push(...releases.map(({ namespace }) => namespace));
  });
  afterAll(() => Promise.all(made.map(removeNamespace)));
  return {
    each: (act) => Promise.all(releases.map(act)),
    namespaces: () => releases.map(({ namespace }) => namespace),
  };
}
