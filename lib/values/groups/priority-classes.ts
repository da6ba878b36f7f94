import { closed, flag, group, integer } from '../../engine';

export const priorityClasses = group(
  closed(
    {
      create: flag('Make two PriorityClasses (cluster-wide; their names carry namespace and release)'),
      serving: integer('Priority of what answers users', 0, 1000000000),
      batch: integer('Priority of what may wait', 0, 1000000000),
    },
    'Who is evicted for whom. A service may name an existing class instead, with priorityClassName',
  ),
  {
    create: true,
    serving: 100000,
    batch: 10000,
  },
);
