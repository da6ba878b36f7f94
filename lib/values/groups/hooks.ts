import { closed, flag, group, integer } from '../../engine';

export const hooks = group(
  closed(
    {
      validateConfiguration: flag('Let the application check its configuration before an install or upgrade'),
      backoffLimit: integer('Further attempts', 0, 10),
      activeDeadlineSeconds: integer('Seconds that it may take in all', 10, 3600),
    },
    'Jobs around an install',
  ),
  {
    validateConfiguration: true,
    backoffLimit: 1,
    activeDeadlineSeconds: 300,
  },
);
