import { closed, group, line, oneOf } from '../../engine';

export const image = group(
  closed(
    {
      registry: line('Registry of our images; global.imageRegistry wins', {
        pattern: '^[a-z0-9.-]+(:[0-9]+)?$',
        maxLength: 255,
      }),
      repositoryPrefix: line('Put before the repository of our images', {
        pattern: '^[a-z0-9._/-]*$',
        maxLength: 255,
      }),
      tag: line('Tag of our images; empty takes the version of the application', {
        pattern: '^$|^[A-Za-z0-9_][A-Za-z0-9_.-]*$',
        maxLength: 128,
      }),
      pullPolicy: oneOf('When the kubelet pulls', ['IfNotPresent', 'Always', 'Never']),
    },
    'Where our images are',
  ),
  {
    registry: 'ghcr.io',
    repositoryPrefix: 'example-org/medkg-',
    tag: '',
    pullPolicy: 'IfNotPresent',
  },
);
