import { valuesKey } from '../platform/model';
import { externalSettings, peerOf } from '../platform/peers';
import { allServices } from '../platform/services';
import { api } from '../platform/services/api';
import {
  type Condition,
  type Line,
  type Value,
  and,
  atMost,
  contains,
  equals,
  greaterThan,
  nonEmpty,
  not,
  or,
  release,
  text,
  when,
} from '../engine';
import { isElsewhere, type End } from './ends';
import { externalValue } from './external';
import { instanceName, nameOf } from './helpers/names';
import { minReplicasOf } from './helpers/scaling';
import { has, scopeOf, serviceScope } from './scope';
import { values } from './values';

const { gateway, image, ingress, secrets } = values;
const { values: apiValues } = serviceScope(api.name);
/** What an example has in it. */
const EXAMPLE = 'example';

/** What `helm install` tells of the core at its end: where the API is, what is still missing, and what to look at. */
export const coreNotes = (ends: readonly End[]): readonly Line[] => [
  text`Release ${release.name} is in namespace ${release.namespace}, as a ${values.environment} environment.`,
  '',
  'Watch it start (GPU servers load their models for some minutes):',
  text`  kubectl --namespace ${release.namespace} get pods --selector app.kubernetes.io/instance=${instanceName()} --watch`,
  when(apiValues.enabled, ['', ...reachTheApi()]),
  when(and(apiValues.enabled, values.tests.enabled), [
    '',
    'Ask it for its health and its version:',
    text`  helm test ${release.name} --namespace ${release.namespace}`,
  ]),
  ...secretsToMake(),
  ...placeholders(ends),
  when(and(ingress.enabled, not(nonEmpty(ingress.alb.wafAclArn))), [
    '',
    'WARNING: no web ACL stands in front of the API: set ingress.alb.wafAclArn.',
  ]),
  ...unpinned(),
  ...interrupted(),
];

function reachTheApi(): Line[] {
  return [
    'The API inside of the cluster:',
    text`  http://${nameOf(api.name)}.${release.namespace}:${apiValues.servicePort}${values.api.basePath}/health`,
    when(ingress.enabled, [
      'and outside of it:',
      text`  https://${ingress.host}${values.api.basePath}/health`,
    ]),
    when(and(gateway.enabled, not(ingress.enabled)), [
      'and outside of it:',
      text`  https://${gateway.host}${values.api.basePath}/health`,
    ]),
    when(not(or(ingress.enabled, gateway.enabled)), [
      'It has no way in from outside. To reach it from here:',
      text`  kubectl --namespace ${release.namespace} port-forward service/${nameOf(api.name)} 8080:${apiValues.servicePort}`,
    ]),
  ];
}

/** Pods wait for a Secret that somebody has to make. */
function secretsToMake(): Line[] {
  const keys = [...new Set(allServices().flatMap((record) => record.secrets))].sort();
  return [
    when(equals(secrets.backend, 'existingSecret'), [
      '',
      text`Pods start only when the Secret ${secrets.existingSecret} has these keys (of the services that are enabled):`,
      ...keys.map((key) => `  ${key}`),
    ]),
    when(not(equals(secrets.backend, 'existingSecret')), [
      '',
      text`Secrets come from ${secrets.vault.address}, mount ${secrets.vault.path}, each key in a secret ${secrets.vault.key}/<KEY>. Each service logs in with a role of its own:`,
      text`  ${secrets.vault.rolePrefix}<service>, bound to its ServiceAccount in ${release.namespace}`,
    ]),
  ];
}

/** Values that are still examples. */
function placeholders(ends: readonly End[]): Line[] {
  const examples: readonly (readonly [string, Value<string>, (Condition | undefined)?])[] = [
    ['image.repositoryPrefix', image.repositoryPrefix],
    ...externalSettings
      .filter(({ standard }) => standard.includes(EXAMPLE))
      .map((setting) => {
        const path = ['external', ...setting.path].join('.');
        return [path, externalValue(setting), isElsewhere(peerOf(setting), ends)] as const;
      }),
    ['ingress.host', ingress.host, ingress.enabled],
    ['ingress.alb.certificateArn', ingress.alb.certificateArn, ingress.enabled],
    ['ingress.alb.wafAclArn', ingress.alb.wafAclArn, ingress.enabled],
    ['gateway.host', gateway.host, gateway.enabled],
    ['secrets.vault.address', secrets.vault.address, not(equals(secrets.backend, 'existingSecret'))],
  ];
  const open = examples.map(([path, value, relevant]) => ({
    path,
    condition: relevant === undefined ? isExample(value) : and(relevant, isExample(value)),
  }));
  return [
    when(or(...open.map(({ condition }) => condition)), [
      '',
      'WARNING: these values are still examples:',
      ...open.map(({ path, condition }) => when(condition, [`  ${path}`])),
    ]),
  ];
}

function isExample(value: Value<string>): Condition {
  return contains(value, EXAMPLE);
}

/** What a new download would change without anybody noticing. */
function unpinned(): Line[] {
  return allServices().flatMap((record) => {
    const service = scopeOf(record);
    if (!has(service, 'vllm')) return [];
    const { values: own } = service;
    const key = valuesKey(record.name);
    return [
      when(and(own.enabled, not(nonEmpty(own.model.revision))), [
        '',
        text`WARNING: the model ${own.model.name} is not pinned: set services.${key}.model.revision to a commit.`,
      ]),
      when(and(own.enabled, not(nonEmpty(own.image.digest))), [
        '',
        `WARNING: the image of vLLM is not pinned: set services.${key}.image.digest.`,
      ]),
    ];
  });
}

/** What an operator wants to know before the next upgrade: which services stop answering while it runs. */
function interrupted(): Line[] {
  return allServices().map((record) => {
    const { values: own } = scopeOf(record);
    const pods = minReplicasOf(own.scaling);
    return when(and(own.enabled, greaterThan(pods, 0), atMost(pods, own.rollout.maxUnavailable)), [
      '',
      `WARNING: an update interrupts ${record.name}: none of its pods is left until a new one is ready. To avoid it, run`,
      'more pods, or keep a node free and set rollout.maxSurge to 1 and rollout.maxUnavailable to 0.',
    ]);
  });
}
