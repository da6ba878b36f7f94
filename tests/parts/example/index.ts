import { nameOf } from '../../../lib/charts/helpers/names';
import { values as core } from '../../../lib/charts/values';
import { definePart } from '../../../lib/parts/part';
import { and, nonEmpty, text, when } from '../../../lib/engine';
import { helpers, urlOf } from './helpers';
import { cache } from './chart';
import { COMPONENT, PORT } from './component';

const CACHE_ELSEWHERE = 'redis://cache.example.org:6379';

/** A cache beside the services, for caches that may be empty. */
export const example = definePart({
  name: 'example',
  chart: cache,
  defaults: { enabled: false, replicas: 1 },
  ends: ({ enabled }) => [
    { peer: 'redis', when: enabled, address: urlOf(nameOf(COMPONENT)), component: COMPONENT, port: PORT },
  ],
  rules: ({ enabled }) => [
    {
      path: 'external.redisUrl',
      broken: and(enabled, nonEmpty(core.external.redisUrl)),
      sentence: 'must be empty while example.enabled is true: services are told of that cache',
      brokenBy: { example: { enabled: true }, external: { redisUrl: CACHE_ELSEWHERE } },
    },
  ],
  helpers,
  notes: ({ enabled, replicas }) => [
    when(enabled, [
      '',
      text`A cache of ${replicas} pods runs in the cluster: it starts empty after each update.`,
    ]),
  ],
  variants: {
    on: { example: { enabled: true, replicas: 3 } },
    off: { example: { enabled: false } },
    external: { example: { enabled: false }, external: { redisUrl: CACHE_ELSEWHERE } },
  },
});
