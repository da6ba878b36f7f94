import { configurationHelpers } from './configuration';
import { imageHelpers } from './images';
import { jsonFileHelpers } from './json-file';
import { labelHelpers } from './labels';
import { nameHelpers } from './names';
import { peerHelpers } from './peers';
import { repetitionHelpers } from './repeated';
import { scalingHelpers } from './scaling';

/** All named templates, in the order of `_helpers.tpl`. */
export const helpers = [
  ...nameHelpers,
  ...labelHelpers,
  ...imageHelpers,
  ...scalingHelpers,
  ...peerHelpers,
  ...repetitionHelpers,
  ...configurationHelpers,
  ...jsonFileHelpers,
];
