import { Type } from '@sinclair/typebox';
import { group, line } from '../../engine';
import { imagePullSecret } from '../knobs';

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
          items: imagePullSecret,
        }),
      ),
    },
    { additionalProperties: true, description: 'Shared with other charts of an umbrella: open' },
  ),
  {},
);
