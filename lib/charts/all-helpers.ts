import { configurationHelpers } from './configuration/helpers';
import { imageHelpers } from './helpers/images';
import { jsonFileHelpers } from './helpers/json-file';
import { labelHelpers } from './helpers/labels';
import { nameHelpers } from './helpers/names';
import { peerHelpers } from './helpers/peers';
import { repetitionHelpers } from './helpers/repeated';
import { scalingHelpers } from './helpers/scaling';

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
