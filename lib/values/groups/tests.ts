import { image } from '../service';
import { closed, flag, group, integer } from '../../engine';

export const tests = group(
  closed(
    {
      enabled: flag('Make the pods of `helm test`'),
      image,
      timeoutSeconds: integer('Seconds that a call may take', 1, 300),
    },
    '`helm test`',
  ),
  {
    enabled: true,
    image: { registry: 'docker.io', repository: 'curlimages/curl', tag: '8.15.0', digest: '' },
    timeoutSeconds: 10,
  },
);
