import { Type } from '@sinclair/typebox';
import type { ServiceRecord } from '../../platform/model';
import { CIDR, closed, integer, line, oneOf } from '../../engine';
import { defineFacet } from './facet';

/** A way in from outside. */
export const exposure = defineFacet({
  has: (record): record is ServiceRecord & { readonly exposed: true } => record.exposed === true,
  schema: {
    exposure: closed({
      type: oneOf('Type of the Service', ['ClusterIP', 'NodePort', 'LoadBalancer']),
      nodePort: integer('Port on the nodes (NodePort, LoadBalancer); 0 lets the cluster choose', 0, 32767),
      loadBalancerSourceRanges: Type.Array(line('', { pattern: CIDR }), {
        description: 'Networks that may reach the load balancer (LoadBalancer)',
      }),
    }),
  },
  defaults: () => ({ exposure: { type: 'ClusterIP' as const, nodePort: 0, loadBalancerSourceRanges: [] } }),
});
