import { Type } from '@sinclair/typebox';
import { HOST, closed, flag, group, line, optionalName } from '../../engine';

export const gateway = group(
  closed(
    {
      enabled: flag('Make an HTTPRoute to the API (needs the Gateway API)'),
      parentRef: closed({
        name: optionalName('Gateway'),
        namespace: optionalName('Its namespace; empty is ours'),
        sectionName: optionalName('Its listener; empty for all'),
      }),
      host: line('Host name', { pattern: HOST, maxLength: 253, examples: ['api.example.org'] }),
      publicPrefixes: Type.Array(line('', { pattern: '^(/[A-Za-z0-9._-]+)+$', maxLength: 255 }), {
        description:
          'Paths that are routed, below api.basePath. A route has no source match, so that nothing else is',
        minItems: 1,
        maxItems: 16,
      }),
    },
    'The way in by the Gateway API',
  ),
  {
    enabled: false,
    parentRef: { name: '', namespace: '', sectionName: '' },
    host: '',
    publicPrefixes: ['/health', '/version', '/retrieve', '/extract', '/facets', '/briefing'],
  },
);
