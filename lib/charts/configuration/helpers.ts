import { createHash } from 'node:crypto';
import { configJsonSchema } from '../../config/schema';
import { type EvaluationScope, type Helper, type TextFile, type Value, body, include } from '../../engine';
import { configFile, policyFile } from './files';

/** Where the chart keeps the schema of config.yaml: a file, since nothing in it depends on a value. */
const SCHEMA_FILE = 'files/config.schema.json';
const SCHEMA = JSON.stringify(configJsonSchema(), null, 2);

/** Files of the chart that templates read. */
export const chartFiles: ReadonlyMap<string, string> = new Map([[SCHEMA_FILE, `${SCHEMA}\n`]]);

function fileHelper(name: string, doc: string, file: TextFile): Helper<0> {
  return {
    name,
    doc,
    yields: 'text',
    reads: file.reads,
    takes: 0,
    template: file.template(),
    evaluate: (scope) => file.text(scope),
  };
}

const config = fileHelper(
  'config',
  'config.yaml of the application. What is written ${VARIABLE:…} the application fills in from its environment.',
  configFile,
);

const policy = fileHelper(
  'policy',
  'policy.yaml of the application: which vocabularies are licensed.',
  policyFile,
);

const configSchema: Helper<0> = {
  name: 'configSchema',
  doc: 'config.schema.json: the application wants it beside config.yaml.',
  yields: 'text',
  reads: [],
  takes: 0,
  template: body`{{- .Files.Get "${SCHEMA_FILE}" | trim -}}`,
  evaluate: () => SCHEMA,
};

const checksum: Helper<0> = {
  name: 'configurationChecksum',
  doc: 'A checksum over the files of the configuration: pods that mount them roll when one changes.',
  yields: 'string',
  reads: [...configFile.reads, ...policyFile.reads],
  takes: 0,
  template: body`
{{- $config := include ${config} . -}}
{{- $policy := include ${policy} . -}}
{{- $schema := include ${configSchema} . -}}
{{- list $config $policy $schema | join "\\n" | sha256sum -}}`,
  evaluate: (scope) => evaluateChecksum(scope),
};

/** Ten pods ask for the same checksum of a release. */
const checksums = new WeakMap<EvaluationScope, string>();

function evaluateChecksum(scope: EvaluationScope): string {
  const known = checksums.get(scope);
  if (known !== undefined) return known;
  const texts = [configFile.text(scope), policyFile.text(scope), SCHEMA];
  const made = createHash('sha256').update(texts.join('\n')).digest('hex');
  checksums.set(scope, made);
  return made;
}

export const configurationHelpers = [config, policy, configSchema, checksum];

/** The data of a ConfigMap that holds the application's configuration. */
export function configurationData(): Record<
  'config.yaml' | 'policy.yaml' | 'config.schema.json',
  Value<string>
> {
  return {
    'config.yaml': include(config),
    'policy.yaml': include(policy),
    'config.schema.json': include(configSchema),
  };
}

/** A checksum over all files. */
export function configurationChecksum(): Value<string> {
  return include(checksum);
}
