import { defineService } from '../../../lib/platform/model';
import { isPeer, peerNames } from '../../../lib/platform/peers';
import { services, type Service } from '../../../lib/platform/services';
import { api } from '../../../lib/platform/services/api';

/** What must not compile: `tsc --noEmit` checks this file. Nothing here runs. */
export function mustNotCompile(): (readonly Service[])[] {
  const typo = defineService({ ...api, calls: ['opensaerch'] });
  const unknown = defineService({ ...api, calls: ['nobody', 'telemetry'] });
  return [
    // @ts-expect-error: a typo in the name of a peer
    [typo],
    // @ts-expect-error: a service that is not there
    [...services, unknown],
    // @ts-expect-error: a service that is not in the index
    [defineService({ ...api, name: 'apis' })],
  ];
}

/** What compiles: the calls of a service and of a peer. */
export function mustCompile(): readonly Service[] {
  return [...services, defineService({ ...api, calls: ['splade', 'opensearch'] })];
}

test('no peer has the name of a service', () => {
  expect(services.map(({ name }) => name).filter(isPeer)).toEqual([]);
  expect(peerNames.length).toBeGreaterThan(10);
});
