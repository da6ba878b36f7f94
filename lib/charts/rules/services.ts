import {
  type Condition,
  type References,
  type Rule,
  type Value,
  and,
  atLeast,
  equals,
  greaterThan,
  nonEmpty,
  not,
  or,
  someKeyMatches,
} from '../../engine';
import type { GlobalValues, ServiceValues } from '../../values';

/** Labels that we set ourselves: selectors look at them, and a user's must not take their place. */
const RESERVED_LABELS = '^(app\\.kubernetes\\.io|helm\\.sh)/';
/** Annotations of pods that we set ourselves. */
const RESERVED_ANNOTATIONS =
  '^(checksum/config|medkg\\.io/secrets-rollout|vault\\.hashicorp\\.com/(agent-inject|agent-pre-populate-only|agent-service-account-token-volume-name|agent-inject-(secret|template)-medkg\\.env|auth-path|role))$';

const WE_SET_IT = 'we set it, and selectors or checksums depend on it';

type Labelled = {
  readonly [K in 'labels' | 'podLabels' | 'podAnnotations' | 'annotations']: Value<object | undefined>;
};

/** Rules about keys that belong to us, for `defaults` and for a service alike. */
export function reservedKeys(knobs: Labelled): Rule[] {
  const reserved = (
    path: 'labels' | 'podLabels' | 'podAnnotations' | 'annotations',
    pattern: string,
    what: string,
  ): Rule => ({
    path,
    broken: someKeyMatches(knobs[path], pattern),
    sentence: `must not set ${what}: ${WE_SET_IT}`,
  });
  return [
    reserved('labels', RESERVED_LABELS, 'a label under app.kubernetes.io/ or helm.sh/'),
    reserved('podLabels', RESERVED_LABELS, 'a label under app.kubernetes.io/ or helm.sh/'),
    reserved(
      'annotations',
      '^secret\\.reloader\\.stakater\\.com/reload$',
      'secret.reloader.stakater.com/reload',
    ),
    reserved(
      'podAnnotations',
      RESERVED_ANNOTATIONS,
      'an annotation of ours (checksum/config, medkg.io/…, vault.hashicorp.com/…)',
    ),
  ];
}

/** The same for what every pod has. A test's pod is a hook: Helm reads its annotations. */
export function reservedKeysOfPods(pods: References<GlobalValues>['pods']): Rule[] {
  return [
    {
      path: 'global.pods.labels',
      broken: someKeyMatches(pods.labels, RESERVED_LABELS),
      sentence: `must not set a label under app.kubernetes.io/ or helm.sh/: ${WE_SET_IT}`,
    },
    {
      path: 'global.pods.annotations',
      broken: someKeyMatches(pods.annotations, `${RESERVED_ANNOTATIONS}|^helm\\.sh/`),
      sentence: `must not set an annotation of ours (checksum/config, medkg.io/…, vault.hashicorp.com/…) or of Helm: ${WE_SET_IT}`,
    },
  ];
}

/** Rules of every service; the service is a loop's variable in the template. */
export function serviceRules(service: References<ServiceValues>): Rule[] {
  const { scaling, rollout, terminationGracePeriodSeconds, preStopSeconds } = service;
  const { hpa, keda } = scaling;
  return [
    {
      path: 'scaling.hpa.minReplicas',
      broken: inMode('hpa', greaterThan(hpa.minReplicas, hpa.maxReplicas)),
      sentence: 'must not be above scaling.hpa.maxReplicas: lower it, or raise the maximum',
    },
    {
      path: 'scaling.keda.minReplicas',
      broken: inMode('keda', greaterThan(keda.minReplicas, keda.maxReplicas)),
      sentence: 'must not be above scaling.keda.maxReplicas: lower it, or raise the maximum',
    },
    {
      path: 'scaling.keda.fallbackReplicas',
      broken: inMode(
        'keda',
        or(
          greaterThan(keda.fallbackReplicas, keda.maxReplicas),
          greaterThan(keda.minReplicas, keda.fallbackReplicas),
        ),
      ),
      sentence: 'must lie between scaling.keda.minReplicas and scaling.keda.maxReplicas',
    },
    {
      path: 'scaling.keda.secondThreshold',
      broken: inMode('keda', and(nonEmpty(keda.secondQuery), not(nonEmpty(keda.secondThreshold)))),
      sentence: 'must be given where scaling.keda.secondQuery is',
    },
    {
      path: 'rollout',
      broken: and(equals(rollout.maxSurge, 0), equals(rollout.maxUnavailable, 0)),
      sentence: 'must let a pod be added or be missing: set maxSurge or maxUnavailable to 1 or more',
    },
    {
      path: 'preStopSeconds',
      broken: atLeast(preStopSeconds, terminationGracePeriodSeconds),
      sentence:
        'must be less than terminationGracePeriodSeconds, which includes it: otherwise the process is killed before it can end',
    },
    ...reservedKeys(service),
  ];

  function inMode(mode: 'hpa' | 'keda', condition: Condition): Condition {
    return and(equals(scaling.mode, mode), condition);
  }
}
