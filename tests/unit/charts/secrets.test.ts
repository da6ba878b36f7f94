import { containersOf, mainOf, records, render, rendered, variants } from '../../support/platform';

const BACKENDS = {
  existingSecret: render('prod', { secrets: { backend: 'existingSecret' } }),
  externalSecrets: rendered.prod,
  vaultAgent: render('prod', { secrets: { backend: 'vaultAgent' } }),
};
const withSecrets = records.filter(({ secrets }) => secrets.length > 0);

/** The Secrets and keys that a pod reads as variables. */
function secretVariables(
  platform: (typeof BACKENDS)[keyof typeof BACKENDS],
  name: string,
): { variable: string; secret: string; key: string }[] {
  return containersOf(platform.pod(name)).flatMap(({ env = [] }) =>
    env.flatMap(({ name: variable, valueFrom }) =>
      valueFrom?.secretKeyRef === undefined
        ? []
        : [{ variable, secret: valueFrom.secretKeyRef.name, key: valueFrom.secretKeyRef.key }],
    ),
  );
}

describe.each(records.map((record) => ({ name: record.name, secrets: record.secrets })))(
  '$name',
  ({ name, secrets }) => {
    test('reads the keys that it declares, and no other, from the existing Secret', () => {
      expect(secretVariables(BACKENDS.existingSecret, name)).toEqual(
        secrets.map((key) => ({ variable: key, secret: 'medkg-secrets', key })),
      );
    });

    test('reads them from a Secret of its own, which the operator fills from Vault', () => {
      const platform = BACKENDS.externalSecrets;
      expect(secretVariables(platform, name)).toEqual(
        secrets.map((key) => ({ variable: key, secret: `medkg-${name}-secrets`, key })),
      );
      const fetched = platform.maybe('ExternalSecret', name);
      expect(
        fetched?.spec.data.map(({ secretKey, remoteRef: { key, property } }) => [secretKey, key, property]) ??
          [],
      ).toEqual(secrets.map((key) => [key, `medkg/prod/${key}`, 'value']));
      if (fetched === undefined) return;
      expect(fetched.spec.target.name).toBe(`medkg-${name}-secrets`);
      const store = platform.one('SecretStore', name);
      expect(fetched.spec.secretStoreRef).toEqual({ kind: 'SecretStore', name: store.metadata.name });
      // A store for each account: Vault decides by service.
      const { kubernetes } = store.spec.provider.vault.auth;
      expect(kubernetes).toMatchObject({
        role: `medkg-prod-${name}`,
        serviceAccountRef: { name: platform.pod(name).spec.serviceAccountName },
      });
    });

    test('gets them as a file from the Vault agent, by a token for Vault alone', () => {
      const { metadata, spec } = BACKENDS.vaultAgent.pod(name);
      const annotations = metadata.annotations ?? {};
      expect(secretVariables(BACKENDS.vaultAgent, name)).toEqual([]);
      expect(annotations['vault.hashicorp.com/agent-inject']).toBe(secrets.length > 0 ? 'true' : undefined);
      if (secrets.length === 0) return;
      const template = annotations['vault.hashicorp.com/agent-inject-template-medkg.env'] ?? '';
      // Vault lets nobody read a part of a secret: each key is one, and a line.
      expect(template).toBe(
        secrets
          .map(
            (key) =>
              `{{ with secret "secret/data/medkg/prod/${key}" }}${key}={{ .Data.data.value }}\n{{ end }}`,
          )
          .join(''),
      );
      expect(annotations['vault.hashicorp.com/role']).toBe(`medkg-prod-${name}`);
      expect(spec.automountServiceAccountToken).toBe(false);
      const volume = spec.volumes?.find(
        (candidate) =>
          candidate.name === annotations['vault.hashicorp.com/agent-service-account-token-volume-name'],
      );
      expect(
        volume?.projected?.sources.map(({ serviceAccountToken }) => serviceAccountToken?.audience),
      ).toEqual(['vault']);
      expect(mainOf(BACKENDS.vaultAgent.pod(name)).env).toContainEqual({
        name: 'MEDKG_SECRETS_FILE',
        value: '/vault/secrets/medkg.env',
      });
    });
  },
);

test('objects of the operator are there only where it is chosen', () => {
  expect(BACKENDS.externalSecrets.all('ExternalSecret')).toHaveLength(withSecrets.length);
  for (const platform of [BACKENDS.existingSecret, BACKENDS.vaultAgent]) {
    expect(platform.all('ExternalSecret')).toEqual([]);
    expect(platform.all('SecretStore')).toEqual([]);
  }
});

test('a missing key stops the pod', () => {
  for (const { env = [] } of records.flatMap(({ name }) => containersOf(rendered.prod.pod(name)))) {
    for (const { valueFrom } of env) expect(valueFrom?.secretKeyRef?.optional).not.toBe(true);
  }
});

test.each(variants)(
  '%s has no Secret, and nothing that looks like the content of one',
  (_variant, platform) => {
    const { objects } = platform;
    expect(objects.filter(({ kind }) => kind === 'Secret')).toEqual([]);
    expect(JSON.stringify(objects)).not.toMatch(
      /(password|secret|token|api_?key)["']?\s*[:=]\s*["'](?!\{)[A-Za-z0-9+/]{12,}/i,
    );
    for (const { env = [] } of platform.pods().flatMap(({ template }) => containersOf(template))) {
      for (const { name, value } of env)
        if (/(PASS|PASSWORD|SECRET|TOKEN|API_KEY)$/.test(name))
          expect([name, value]).toEqual([name, undefined]);
    }
  },
);

describe('a changed secret rolls pods', () => {
  const withToken = render('prod', { secrets: { rolloutToken: 'october', reloader: true } });

  test.each(records.map(({ name, secrets }) => [name, secrets.length > 0]))('of %s: %s', (name, reads) => {
    expect(withToken.pod(name).metadata.annotations?.['medkg.io/secrets-rollout']).toBe(
      reads ? 'october' : undefined,
    );
    expect(
      withToken.one('Deployment', name).metadata.annotations?.['secret.reloader.stakater.com/reload'],
    ).toBe(reads ? `medkg-${name}-secrets` : undefined);
    expect(rendered.prod.pod(name).metadata.annotations?.['medkg.io/secrets-rollout']).toBeUndefined();
  });
});
