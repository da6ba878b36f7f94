import type { Description } from '../chart/description';
import { expressionOf, printHelper, printScope } from '../template';
import { jsonSchemaOf } from '../values/catalogue';
import { printNamedTemplates, printTemplate } from './templates';
import { printCheck, printNotes, printRules } from './texts';
import { printReadme } from './readme';
import { documentedValues } from './values-file';
import { toYaml } from './yaml';

/** The files of a chart, by their path in it. */
export type ChartFiles = ReadonlyMap<string, string>;

/** The whole Helm chart. */
export function renderChart(description: Description): ChartFiles {
  const { facts, catalogue } = description;
  const files = new Map<string, string>([
    ['Chart.yaml', printChartFile(description)],
    ['values.yaml', documentedValues(catalogue, description.valuesFile)],
    ['values.schema.json', `${JSON.stringify(jsonSchemaOf(catalogue), null, 2)}\n`],
    ...description.files,
    [
      'templates/_helpers.tpl',
      description.helpers.map((helper) => printHelper(helper, facts.name)).join('\n'),
    ],
    ['templates/_rules.tpl', printRules(description)],
    ['templates/check-values.yaml', printCheck(description)],
    ['templates/NOTES.txt', printNotes(description)],
  ]);
  for (const object of description.objects) {
    const path = `templates/${object.folder}`;
    files.set(`${path}/${object.file}.yaml`, printTemplate(object, facts.name));
    const named = printNamedTemplates(object, facts.name);
    if (named !== undefined) files.set(`${path}/_${object.file}.tpl`, named);
  }
  if (description.extraObjects !== undefined)
    files.set('templates/extra-objects.yaml', printExtraObjects(description.extraObjects, facts.name));
  refuseUndefined(files, facts.name);
  for (const { description: inner } of description.subcharts)
    for (const [path, text] of [...renderChart(inner), ['README.md', printReadme(inner)] as const])
      files.set(`charts/${inner.facts.name}/${path}`, text);
  return files;
}

/** A named template that is called and not there: Helm would say so, but only for values that come to the call. */
function refuseUndefined(files: ReadonlyMap<string, string>, chart: string): void {
  const named = (text: string, action: string): string[] =>
    [...text.matchAll(new RegExp(`\\b${action} "([^"]+)"`, 'g'))].map(([, name = '']) => name);
  const templates = [...files].filter(([path]) => path.startsWith('templates/'));
  const defined = new Set(templates.flatMap(([, text]) => named(text, 'define')));
  for (const [path, text] of templates) {
    const missing = named(text, 'include').find((name) => name.startsWith(`${chart}.`) && !defined.has(name));
    if (missing !== undefined)
      throw new Error(`${path} calls ${missing}, which is not defined: add it to the helpers of the chart`);
  }
}

function printChartFile({ facts: { name, version, appVersion }, metadata, subcharts }: Description): string {
  const { description, type, ...others } = metadata;
  const dependencies = subcharts.map(({ description: { facts }, condition, tags }) => ({
    name: facts.name,
    version: facts.version,
    condition,
    ...(tags.length === 0 ? {} : { tags: [...tags] }),
  }));
  const whole = {
    apiVersion: 'v2',
    name,
    description,
    type: type ?? 'application',
    version,
    appVersion,
    ...others,
    ...(dependencies.length === 0 ? {} : { dependencies }),
  };
  return toYaml(JSON.parse(JSON.stringify(whole)) as typeof metadata, (keys) => keys);
}

/** The operator's own objects, as they are. */
function printExtraObjects(objects: NonNullable<Description['extraObjects']>, chart: string): string {
  return `{{- range ${expressionOf(objects).print(printScope(chart))} }}
---
{{ toYaml . }}
{{- end }}
`;
}
