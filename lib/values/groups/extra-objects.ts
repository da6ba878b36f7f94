import { Type } from '@sinclair/typebox';
import { DNS_SUBDOMAIN, group, line } from '../../engine';

/** Enough of an object that it can be told from others. */
const object = Type.Object(
  {
    apiVersion: line('Version of its API', { minLength: 1, maxLength: 253 }),
    kind: line('Kind', { pattern: '^[A-Z][A-Za-z0-9]*$', maxLength: 63 }),
    metadata: Type.Object(
      { name: line('Name', { pattern: DNS_SUBDOMAIN, maxLength: 253 }) },
      { additionalProperties: true },
    ),
  },
  { additionalProperties: true, description: 'An object of the Kubernetes API' },
);

export const extraObjects = group(Type.Array(object, { description: 'Further objects, as they are' }), []);
