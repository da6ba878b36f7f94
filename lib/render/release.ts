import { chartFacts } from '../charts/chart-facts';
import type { EvaluationScope, JsonObject } from '../engine';
import { type Release, evaluationScope as scopeOf } from '../engine/renderers';

/** What expressions look at for a release of the platform; `values` are coalesced with the chart's defaults. */
export function evaluationScope(values: JsonObject, release: Release): EvaluationScope {
  return scopeOf(chartFacts, values, release);
}
