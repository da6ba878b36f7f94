import { configurationHelpers } from '../charts/configuration/helpers';
import { imageHelpers } from '../charts/helpers/images';
import { jsonFile } from '../engine';
import { labelHelpers } from '../charts/helpers/labels';
import { nameHelpers } from '../charts/helpers/names';
import { peerHelpers } from '../charts/helpers/peers';
import { repetitionHelpers } from '../charts/helpers/repeated';
import { scalingHelpers } from '../charts/helpers/scaling';
import { everyPart } from './parts';

/** All named templates, in the order of `_helpers.tpl`. */
export const helpers = [
  ...nameHelpers,
  ...labelHelpers,
  ...imageHelpers,
  ...scalingHelpers,
  ...peerHelpers,
  ...repetitionHelpers,
  ...configurationHelpers,
  jsonFile,
  ...everyPart.flatMap((part) => part.helpers),
];
