import type { Construct } from 'constructs';
import {
  ExternalSecret,
  ExternalSecretSpecSecretStoreRefKind,
  ExternalSecretSpecTargetCreationPolicy,
  type ExternalSecretProps,
} from '../../imports/externalsecrets';
import {
  SecretStore,
  SecretStoreSpecProviderVaultVersion,
  type SecretStoreProps,
} from '../../imports/secretstores';
import { DescribedConstruct, templated } from '../engine';
import { nameOf } from './helpers/names';
import { serviceMetadata } from './metadata';
import type { ServiceScope } from './scope';
import { byExternalSecrets, VAULT_FIELD, vaultPathOf, vaultRoleOf } from './pod/secrets';
import { serviceAccountName } from './service-account';
import { values } from './values';

const { vault } = values.secrets;

/**
 * Fetches the keys that a service declares from Vault, by the External Secrets Operator. The store logs in as the
 * service's own account: Vault decides, service by service, who may read what.
 */
export class FetchedSecrets extends DescribedConstruct {
  constructor(scope: Construct, service: ServiceScope) {
    super(scope, 'fetched-secrets', { source: 'lib/charts/external-secrets.ts', when: byExternalSecrets });
    const { record } = service;
    const name = nameOf(record.name, 'secrets');
    new SecretStore(
      this,
      'secret-store',
      templated<SecretStoreProps>({
        metadata: serviceMetadata(service, 'secrets'),
        spec: {
          provider: {
            vault: {
              server: vault.address,
              path: vault.path,
              version: SecretStoreSpecProviderVaultVersion.V2,
              auth: {
                kubernetes: {
                  mountPath: vault.mount,
                  role: vaultRoleOf(service),
                  serviceAccountRef: { name: serviceAccountName(service), audiences: [vault.audience] },
                },
              },
            },
          },
        },
      }),
    );
    new ExternalSecret(
      this,
      'external-secret',
      templated<ExternalSecretProps>({
        metadata: serviceMetadata(service, 'secrets'),
        spec: {
          refreshInterval: vault.refreshInterval,
          secretStoreRef: { kind: ExternalSecretSpecSecretStoreRefKind.SECRET_STORE, name },
          target: { name, creationPolicy: ExternalSecretSpecTargetCreationPolicy.OWNER },
          data: record.secrets.map((key) => ({
            secretKey: key,
            remoteRef: { key: vaultPathOf(key), property: VAULT_FIELD },
          })),
        },
      }),
    );
  }
}
