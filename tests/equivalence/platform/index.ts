import { describePlatform } from '../../../lib/umbrella';
import { ENVIRONMENTS } from '../../../lib/umbrella/environments';
import type { Subject } from '../subject';
import { contradictions, rarities } from './contradictions';
import { environment } from './environments';
import { further } from './further';
import { special } from './special';
import { groups } from './switches';

/** The platform, with what is known of its values. */
export const platform: Subject = {
  description: describePlatform(),
  environments: ENVIRONMENTS.map(environment),
  hints: {
    overrides: groups,
    special,
    contradictions,
    rarities,
    parts: ['api'],
    rendered: 0.7,
    oneSided: {},
    // The rules of a service are the same for all of them.
    ruleName: (path) => path.replace(/^services\.\w+/, 'services.*'),
    further,
    inner: new Set(['peerEnds']),
  },
};
