import { HOURS, closed, flag, group, line, oneOf, optionalName } from '../../engine';
import { url } from '../url';

export const secrets = group(
  closed(
    {
      backend: oneOf(
        'Where secrets come from: one existing Secret, the External Secrets Operator with Vault, or the Vault agent',
        ['existingSecret', 'externalSecrets', 'vaultAgent'],
      ),
      existingSecret: optionalName('Secret whose keys are named like the variables (existingSecret)'),
      rolloutToken: line('Change it to roll the pods that use secrets: the chart never sees their content', {
        pattern: '^[A-Za-z0-9._-]*$',
        maxLength: 63,
      }),
      reloader: flag(
        'Let Stakater Reloader roll the pods when a Secret changes (existingSecret, externalSecrets)',
      ),
      vault: closed({
        address: url('Vault (externalSecrets, vaultAgent)', 'https://vault.example.org:8200'),
        mount: line('Mount of the Kubernetes login', { pattern: '^[A-Za-z0-9._/-]+$', maxLength: 255 }),
        rolePrefix: line('Role of a service is this and its name', {
          pattern: '^[A-Za-z0-9._-]*$',
          maxLength: 63,
        }),
        path: line('Key-value engine, version 2', { pattern: '^[A-Za-z0-9._/-]+$', maxLength: 255 }),
        key: line(
          'Folder below the engine: each key is a secret of its own in it, its value in the field `value`',
          {
            pattern: '^[A-Za-z0-9._/-]+$',
            maxLength: 255,
          },
        ),
        audience: line('Audience of the token that logs in', {
          pattern: '^[A-Za-z0-9.:/_-]+$',
          maxLength: 255,
        }),
        refreshInterval: line('Time between two reads (externalSecrets)', {
          pattern: HOURS,
          maxLength: 8,
        }),
      }),
    },
    'Secrets: never a value here, only where to find them. A service sees the keys that it declares, and no other',
  ),
  {
    backend: 'existingSecret',
    existingSecret: 'medkg-secrets',
    rolloutToken: '',
    reloader: false,
    vault: {
      address: 'https://vault.example.org:8200',
      mount: 'kubernetes',
      rolePrefix: 'medkg-',
      path: 'secret',
      key: 'medkg',
      audience: 'vault',
      refreshInterval: '1h',
    },
  },
);
