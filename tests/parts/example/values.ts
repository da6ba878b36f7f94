import { closed, flag, group, integer, quantity } from '../../../lib/engine';
import { image } from '../../../lib/values/service/container';

/** The slice of the values, with what the chart starts with. */
export const values = group(
  closed(
    {
      enabled: flag('Run a cache beside the services; who calls redis is told of it'),
      image,
      replicas: integer('Pods', 1, 9),
      memory: quantity('Memory of each pod, request and limit'),
    },
    'A cache in the cluster',
  ),
  {
    enabled: false,
    image: { registry: 'docker.io', repository: 'valkey/valkey', tag: '8.1.4-alpine', digest: '' },
    replicas: 1,
    memory: '256Mi',
  },
);
