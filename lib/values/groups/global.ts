import { Type } from '@sinclair/typebox';
import { line } from '../../engine/values/shapes';
import { group } from '../../engine/values/group';

export const global = group(
  Type.Object(
    {
      imageRegistry: Type.Optional(
        line('Registry instead of all others', {
          pattern: '^$|^[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._/-]+)?$',
          maxLength: 255,
        }),
      ),
      imagePullSecrets: Type.Optional(
        Type.Unsafe<{ name: string }[]>({
          type: 'array',
          description: 'Secrets to pull images with',
          items: { $ref: '#/definitions/imagePullSecret' },
        }),
      ),
    },
    { additionalProperties: true, description: 'Shared with other charts of an umbrella: open' },
  ),
  {},
);
