import { type Helper, type Value, body, include } from '../../../lib/engine';

const cacheUrl: Helper<1> = {
  name: 'cacheUrl',
  doc: `The address of a cache, by the name of its Service.
Call: include "medical-kg.cacheUrl" (list . "cache")`,
  yields: 'string',
  reads: [],
  takes: 1,
  template: body`redis://{{ last . }}:6379`,
  // It is only ever called with a name.
  evaluate: (_scope, name) => `redis://${name as string}:6379`,
};

export const helpers = [cacheUrl];

/** The address of the cache. */
export function urlOf(service: Value<string>): Value<string> {
  return include(cacheUrl, service);
}
