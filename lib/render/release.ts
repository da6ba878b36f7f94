import { chartFacts } from '../charts/chart-facts';
import type { EvaluationScope, JsonObject } from '../engine';
import { evaluationScope, type Release } from '../engine/renderers';

/** What expressions look at for a release of the platform; `values` are coalesced with the chart's defaults. */
export function platformScope(values: JsonObject, release: Release): EvaluationScope {
  return evaluationScope(chartFacts, values, release);
}
