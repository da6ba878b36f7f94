import { chartFacts, chartMetadata } from '../charts/chart-facts';
import { catalogue } from '../umbrella';
import { printValueTables } from '../engine/renderers';

/** README.md of the chart: how to install it, and every value in a table. */
export function chartReadme(environments: readonly string[]): string {
  const { name, version, appVersion } = chartFacts;
  return `# ${name}

${chartMetadata.description}.

Chart ${version}, application ${appVersion}, Kubernetes ${chartMetadata.kubeVersion.replace('-0', '')}, Helm 3 or 4.

This chart is generated, together with plain manifests, from one typed description; \`medkg chart\` writes it. Change the
description, not these files.

## Install

\`\`\`console
helm install medkg ./helm/${name} --namespace medkg --create-namespace \\
  --values ./helm/${name}/values-prod.yaml
\`\`\`

The files ${environments.map((environment) => `\`values-${environment}.yaml\``).join(', ')} hold what differs between the environments. Addresses, certificates and
names in them are examples: give your own in a further file, and the notes at the end of the install list those that are
left.

\`\`\`console
helm upgrade medkg ./helm/${name} --namespace medkg --values ./helm/${name}/values-prod.yaml --values mine.yaml
helm test medkg --namespace medkg
helm uninstall medkg --namespace medkg
\`\`\`

Problems are told before anything changes: \`values.schema.json\` refuses unknown keys and wrong types, and relations between
values that contradict each other are told all at once. \`medkg validate -f mine.yaml\` tells the same with file, line and
column, and \`medkg explain PATH\` what a value sets.

## Values

\`<name>\` stands for each of several parts; "by name" means that their defaults differ: see values.yaml. Values without a
default are optional.

${printValueTables(catalogue)}`;
}
