import { closed, line } from '../../engine/values/shapes';
import { group } from '../../engine/values/group';

export const api = group(
  closed(
    {
      basePath: line('Path below which the application serves: empty today, /v1 by its specification', {
        pattern: '^$|^(/[A-Za-z0-9._-]+)+$',
        maxLength: 255,
      }),
    },
    'The HTTP API',
  ),
  { basePath: '' },
);
