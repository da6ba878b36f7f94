/** Where the time of `medkg build` goes, in one process: part of the benchmark. */
import { describePlatform, catalogue } from '../lib/umbrella';
import { platformScope } from '../lib/render';
import {
  readValuesInput,
  schemaProblems,
  packFolder,
  renderChart,
  renderObjects,
  toYaml,
  finalValues,
} from '../lib/engine/renderers';
import { ENVIRONMENTS } from '../lib/umbrella/environments';

const phases: Record<string, number> = { load: performance.now() };

/** Runs one phase; what it takes is added to the phase of that name. */
function timed<T>(phase: string, work: () => T): T {
  const start = performance.now();
  const result = work();
  phases[phase] = (phases[phase] ?? 0) + performance.now() - start;
  return result;
}

const description = timed('describe', () => describePlatform());
for (const environment of ENVIRONMENTS) {
  const scope = timed('validate', () => {
    const { overrides } = readValuesInput({ files: [`values/${environment}.yaml`], set: [], setString: [] });
    const values = finalValues(catalogue, overrides);
    if (schemaProblems(catalogue, values).length > 0)
      throw new Error(`the values of ${environment} are refused`);
    return platformScope(values, { name: 'medkg', namespace: 'medkg' });
  });
  const objects = timed('evaluate', () => renderObjects(description, scope));
  timed('print', () => objects.map(({ object }) => toYaml(object)));
}
const chart = timed('print', () => renderChart(description));
timed('pack', () => packFolder('medical-kg', chart));
process.stdout.write(JSON.stringify(phases));
