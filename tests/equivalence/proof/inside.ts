import type { Description, EvaluationScope } from '../../../lib/engine';
import { insideOf } from '../../../lib/engine/renderers';

/** A chart that is there for a release: the outermost one, or one inside. */
export interface Placed {
  readonly description: Description;
  readonly scope: EvaluationScope;
  /** Its folder, as Helm names it: `shop/charts/redis`. */
  readonly folder: string;
}

/** All charts that are there for a release, the outermost first. */
export function placed(
  description: Description,
  scope: EvaluationScope,
  folder = description.facts.name,
): Placed[] {
  const inside = insideOf(description.subcharts, scope).flatMap((inner) =>
    placed(inner.description, inner.scope, `${folder}/charts/${inner.description.facts.name}`),
  );
  return [{ description, scope, folder }, ...inside];
}

/** The same, in the order in which Helm executes templates of one name: the deepest first, then backwards by name. */
export function inExecution(description: Description, scope: EvaluationScope): Placed[] {
  return placed(description, scope).sort(
    (one, other) => depth(other) - depth(one) || (`${one.folder}/` < `${other.folder}/` ? 1 : -1),
  );
}

function depth({ folder }: Placed): number {
  return folder.split('/').length;
}

/** Where the values of each chart stand, by its name, as JSON pointers: Helm names charts by their names alone. */
export function slicesOf(description: Description, at = ''): ReadonlyMap<string, string> {
  const inside = description.subcharts.flatMap(({ description: inner }) => [
    ...slicesOf(inner, `${at}/${inner.facts.name}`),
  ]);
  return new Map([[description.facts.name, at], ...inside]);
}
