import { createHash } from 'node:crypto';
import { include, type Helper, type Value } from '../../template';

/** Filled in by the configuration's own step. */
const configuration: Helper = { name: 'configuration', doc: "The application's configuration.", yields: 'text', reads: [], template: 'a: 1', evaluate: () => 'a: 1' };

const configurationChecksum_: Helper = {
  name: 'configurationChecksum',
  doc: 'A checksum over the files of the configuration: pods that mount them roll when it changes.',
  yields: 'string',
  reads: [],
  template: '{{- include "medical-kg.configuration" . | sha256sum -}}',
  evaluate: (scope) => createHash('sha256').update(String(configuration.evaluate(scope))).digest('hex'),
};

export const configurationHelpers = [configuration, configurationChecksum_];

/** The text of config.yaml. */
export function configurationText(): Value<string> {
  return include(configuration);
}

/** A checksum over all files. */
export function configurationChecksum(): Value<string> {
  return include(configurationChecksum_);
}
