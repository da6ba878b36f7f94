/** The charts that modules install beside those of others: modules/NAME/charts/CHART, judged with its ci/values.yaml. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modules, repository, terraformFolder } from './layout.mjs';
import { Failed, install, program, run } from './programs.mjs';
import { parseJson } from '../support/json.mjs';

/** @typedef {{ valid: number, invalid: number, errors: number, skipped: number }} Summary */

const charts = modules.flatMap((module) => {
  const folder = join(terraformFolder, module, 'charts');
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
});

/**
 * Helm takes them, and what they render is what the definitions of the objects say.
 * @param {import('./programs.mjs').Context & { out: string }} context out is a folder for what is rendered
 */
export async function checkCharts({ env, log, out }) {
  install(['helm', 'kubeconform', 'crd-schemas']);
  const schemas = join(
    repository,
    '.tools/schemas/crds/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json',
  );
  let objects = 0;
  for (const [index, chart] of charts.entries()) {
    const values = ['--values', join(chart, 'ci/values.yaml')];
    const options = { cwd: repository, env, log };
    const helm = program('helm4');
    await run(helm, ['lint', '--strict', chart, ...values], options);
    const rendered = await run(helm, ['template', 'check', chart, ...values], options);
    const file = join(out, `chart-${index}.yaml`);
    writeFileSync(file, rendered.said);
    const judged = await run(
      program('kubeconform'),
      ['-strict', '-summary', '-output', 'json', '-schema-location', schemas, file],
      options,
    );
    // As kubeconform writes it, asked for JSON and a summary.
    const { summary } = /** @type {{ summary: Summary }} */ (parseJson(judged.said));
    const { valid, invalid, errors, skipped } = summary;
    if (valid === 0 || invalid + errors + skipped > 0) throw new Failed(`${chart}: ${judged.said}`);
    objects += valid;
  }
  return `${charts.length} charts, ${objects} objects`;
}
