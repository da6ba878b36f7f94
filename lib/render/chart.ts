import type { Description } from '../charts';
import { helpers } from '../charts/helpers';
import { printHelper } from '../template';
import { valuesJsonSchema } from '../values';
import { CHART } from './chart-facts';
import { printTemplate } from './templates';
import { documentedValues } from './values-file';
import { toYaml } from './yaml';

/** The files of a chart, by their path in it. */
export type ChartFiles = ReadonlyMap<string, string>;

/** The whole Helm chart. */
export function renderChart(description: Description): ChartFiles {
  const files = new Map<string, string>([
    ['Chart.yaml', toYaml(CHART)],
    ['values.yaml', documentedValues()],
    ['values.schema.json', `${JSON.stringify(valuesJsonSchema(), null, 2)}\n`],
    ['templates/_helpers.tpl', helpers.map(printHelper).join('\n')],
  ]);
  for (const object of description.objects) files.set(`templates/${object.folder}/${object.file}.yaml`, printTemplate(object));
  return files;
}
