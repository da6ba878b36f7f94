import { closed, group, line } from '../../engine';

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
