import { nameOf } from '../helpers/names';
import { configurationChecksum } from '../configuration/helpers';
import type { ServiceScope } from '../scope';
import type { PodFragment } from './fragment';

/** The component of the objects that hold the configuration. */
export const CONFIGURATION = 'configuration';
/** Where the application looks for its files. */
export const CONFIGURATION_DIRECTORY = '/etc/medkg';

/** The configuration's files, and a checksum that rolls exactly the pods that mount them. */
export function configuration({ record }: ServiceScope): PodFragment {
  if (!record.configuration) return {};
  return {
    annotations: { 'checksum/config': configurationChecksum() },
    volumes: [{ name: CONFIGURATION, configMap: { name: nameOf(CONFIGURATION) } }],
    volumeMounts: [{ name: CONFIGURATION, mountPath: CONFIGURATION_DIRECTORY, readOnly: true }],
  };
}
