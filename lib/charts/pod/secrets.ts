import { type Condition, type Value, choose, equals, joined, nonEmpty, not, text, when } from '../../engine';
import { nameOf } from '../helpers/names';
import type { ServiceScope } from '../scope';
import { values } from '../values';
import type { PodFragment } from './fragment';

const { secrets } = values;
const { vault } = secrets;
const TOKEN_VOLUME = 'vault-token';
const AGENT_FILE = 'medkg.env';

/** Whether the Vault agent brings the secrets. */
export const byVaultAgent: Condition = equals(secrets.backend, 'vaultAgent');
/** Whether the External Secrets Operator does. */
export const byExternalSecrets: Condition = equals(secrets.backend, 'externalSecrets');

/** The Secret that a service reads: one for all that exists already, or one of its own, made by the operator. */
export function secretNameOf({ record }: ServiceScope): Value<string> {
  return choose(byExternalSecrets, nameOf(record.name, 'secrets'), secrets.existingSecret);
}

/** The role by which a service logs in to Vault. */
export function vaultRoleOf({ record }: ServiceScope): Value<string> {
  return text`${vault.rolePrefix}${record.name}`;
}

/**
 * Where Vault keeps a key, below the engine: each has a secret of its own, since Vault lets nobody read a part of one.
 */
export function vaultPathOf(key: string): Value<string> {
  return text`${vault.key}/${key}`;
}

/** The field of each of these secrets that has the value. */
export const VAULT_FIELD = 'value';

/**
 * The keys that a service declares, and no other: from a Secret, or written to a file by the Vault agent, which stays
 * beside a server and would keep a pod from its end that runs to one.
 */
export function secretKeys(service: ServiceScope, runs: 'always' | 'once' = 'always'): PodFragment {
  const keys = service.record.secrets;
  if (keys.length === 0) return {};
  return {
    annotations: {
      'medkg.io/secrets-rollout': when(nonEmpty(secrets.rolloutToken), secrets.rolloutToken),
      ...agentAnnotations(service, runs),
    },
    env: [
      // Not optional: without the key the pod does not start, instead of running with an example in its place.
      ...keys.map((key) =>
        when(not(byVaultAgent), {
          name: key,
          valueFrom: { secretKeyRef: { name: secretNameOf(service), key } },
        }),
      ),
      when(byVaultAgent, { name: 'MEDKG_SECRETS_FILE', value: `/vault/secrets/${AGENT_FILE}` }),
    ],
    volumes: [
      when(byVaultAgent, {
        name: TOKEN_VOLUME,
        projected: {
          sources: [
            { serviceAccountToken: { path: 'token', audience: vault.audience, expirationSeconds: 3600 } },
          ],
        },
      }),
    ],
  };
}

/** What the agent's injector reads. The token is the pod's own, for Vault alone, since no pod mounts another. */
function agentAnnotations(
  service: ServiceScope,
  runs: 'always' | 'once',
): NonNullable<PodFragment['annotations']> {
  const { secrets: keys } = service.record;
  const annotations: Readonly<Record<string, Value<string> | string>> = {
    'agent-inject': 'true',
    'agent-pre-populate-only': String(runs === 'once'),
    'agent-service-account-token-volume-name': TOKEN_VOLUME,
    // The template says what to read; the injector asks for a path all the same.
    [`agent-inject-secret-${AGENT_FILE}`]: agentPath(keys[0] ?? ''),
    [`agent-inject-template-${AGENT_FILE}`]: joined(...keys.flatMap(exported)),
    'auth-path': text`auth/${vault.mount}`,
    role: vaultRoleOf(service),
  };
  return Object.fromEntries(
    Object.entries(annotations).map(([key, value]) => [
      `vault.hashicorp.com/${key}`,
      when(byVaultAgent, value),
    ]),
  );
}

/** A secret as the agent names it. */
function agentPath(key: string): Value<string> {
  return text`${vault.path}/data/${vaultPathOf(key)}`;
}

/** A line of the file, in the agent's own template language. */
function exported(key: string): (Value<string> | string)[] {
  return ['{{ with secret "', agentPath(key), `" }}${key}={{ .Data.data.${VAULT_FIELD} }}\n{{ end }}`];
}
