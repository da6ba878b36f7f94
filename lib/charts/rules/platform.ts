import {
  type Condition,
  type Rule,
  and,
  equals,
  nonEmpty,
  not,
  or,
  someItemMatches,
  someKeyMatches,
} from '../../engine';
import { ALB_KEYS } from '../exposure';
import { policiesOn } from '../network-of-all';
import { values } from '../values';

const { ingress, gateway, secrets, network } = values;

const isEmpty = (value: Parameters<typeof nonEmpty>[0]): Condition => not(nonEmpty(value));
const albKey = `^alb\\.ingress\\.kubernetes\\.io/(${ALB_KEYS.map((key) => key.replaceAll('.', '\\.')).join('|')})$`;

/** Rules about the platform as a whole. */
export const platformRules: readonly Rule[] = [
  {
    path: 'ingress.host',
    broken: and(ingress.enabled, isEmpty(ingress.host)),
    sentence: 'must be given when ingress.enabled is true',
  },
  {
    path: 'ingress.enabled',
    broken: and(ingress.enabled, not(values.services.api.enabled)),
    sentence: 'must be false while services.api.enabled is false: there is nothing to reach',
  },
  {
    path: 'ingress.annotations',
    broken: someKeyMatches(ingress.annotations, albKey),
    sentence: 'must not set an annotation that comes from ingress.alb: set the value there',
  },
  {
    path: 'gateway.enabled',
    broken: and(gateway.enabled, not(values.services.api.enabled)),
    sentence: 'must be false while services.api.enabled is false: there is nothing to reach',
  },
  {
    path: 'services.api.exposure.loadBalancerSourceRanges',
    broken: and(
      values.services.api.enabled,
      equals(values.services.api.exposure.type, 'LoadBalancer'),
      isEmpty(values.services.api.exposure.loadBalancerSourceRanges),
    ),
    sentence:
      'must name the networks that may connect when exposure.type is LoadBalancer: /admin is behind it too',
  },
  {
    path: 'gateway.host',
    broken: and(gateway.enabled, isEmpty(gateway.host)),
    sentence: 'must be given when gateway.enabled is true',
  },
  {
    path: 'gateway.parentRef.name',
    broken: and(gateway.enabled, isEmpty(gateway.parentRef.name)),
    sentence: 'must name a Gateway when gateway.enabled is true',
  },
  {
    path: 'gateway.publicPrefixes',
    broken: someItemMatches(gateway.publicPrefixes, '^/(admin|catalog)(/|$)'),
    sentence: 'must not route /admin or /catalog: a route cannot tell operators from others; use the Ingress',
  },
  {
    path: 'secrets.existingSecret',
    broken: and(equals(secrets.backend, 'existingSecret'), isEmpty(secrets.existingSecret)),
    sentence: 'must name a Secret when secrets.backend is existingSecret',
  },
  {
    path: 'secrets.vault.address',
    broken: and(
      or(equals(secrets.backend, 'externalSecrets'), equals(secrets.backend, 'vaultAgent')),
      isEmpty(secrets.vault.address),
    ),
    sentence: 'must be given when secrets.backend is externalSecrets or vaultAgent',
  },
  {
    path: 'network.peers.vault',
    broken: and(
      policiesOn,
      equals(secrets.backend, 'vaultAgent'),
      or(
        isEmpty(network.peers.vault.ports),
        and(isEmpty(network.peers.vault.selectors), isEmpty(network.peers.vault.blocks)),
      ),
    ),
    sentence: 'must be open when secrets.backend is vaultAgent: the agent in each pod calls Vault',
  },
];
