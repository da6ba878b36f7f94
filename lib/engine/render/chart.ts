import { type Description, valuesJsonSchema } from '../../umbrella';
import { helpers } from '../../umbrella/helpers';
import { chartFiles } from '../../charts/configuration/helpers';
import { printHelper } from '../template';
import { CHART } from '../../render/chart-facts';
import { printNamedTemplates, printTemplate } from './templates';
import { CHECK_VALUES, printNotes, printRules } from './texts';
import { documentedValues } from './values-file';
import { toYaml } from './yaml';

/** The files of a chart, by their path in it. */
export type ChartFiles = ReadonlyMap<string, string>;

/** The whole Helm chart. */
export function renderChart(description: Description): ChartFiles {
  const files = new Map<string, string>([
    ['Chart.yaml', toYaml(CHART, (keys) => keys)],
    ['values.yaml', documentedValues()],
    ['values.schema.json', `${JSON.stringify(valuesJsonSchema(), null, 2)}\n`],
    ...chartFiles,
    ['templates/_helpers.tpl', helpers.map(printHelper).join('\n')],
    ['templates/_rules.tpl', printRules()],
    ['templates/check-values.yaml', CHECK_VALUES],
    ['templates/NOTES.txt', printNotes(description)],
  ]);
  for (const object of description.objects) {
    const path = `templates/${object.folder}`;
    files.set(`${path}/${object.file}.yaml`, printTemplate(object));
    const named = printNamedTemplates(object);
    if (named !== undefined) files.set(`${path}/_${object.file}.tpl`, named);
  }
  files.set('templates/extra-objects.yaml', EXTRA_OBJECTS);
  return files;
}

/** The operator's own objects, as they are. */
const EXTRA_OBJECTS = `{{- range .Values.extraObjects }}
---
{{ toYaml . }}
{{- end }}
`;
