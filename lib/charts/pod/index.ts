import {
  IntOrString,
  type Container,
  type Lifecycle,
  type PodTemplateSpec,
  type Probe,
} from 'cdk8s-plus-28/lib/imports/k8s';
import type { ProbeTiming } from '../../platform/model';
import {
  greaterThan,
  local,
  nonEmpty,
  or,
  orElse,
  override,
  spread,
  spreadMap,
  templated,
  text,
  theirsOr,
  when,
  type References,
  type Templated,
  type Value,
} from '../../template';
import { imageOf } from '../helpers/images';
import { merged, podLabelsOf } from '../helpers/labels';
import type { ServiceScope } from '../part';
import { priorityClassName } from '../priority-classes';
import { serviceAccountName } from '../service-account';
import { values as platform } from '../values';
import { configuration } from './configuration';
import { environment } from './environment';
import { gathered, type PodFragment } from './fragment';
import { gpuNodes, gpuTolerations, placement, topologySpread } from './placement';
import { resources } from './resources';
import { scratch } from './scratch';
import { secretKeys } from './secrets';
import { CONTAINER_SECURITY, podSecurity, userOf } from './security';
import { vllm } from './vllm';

const { defaults } = platform;

/** What each concern adds to the pod of a service. */
export function fragmentsOf(service: ServiceScope): PodFragment[] {
  return [environment(service), secretKeys(service), configuration(service), scratch(service), vllm(service)];
}

/** The pod of a service: the sum of its fragments, and what the operator adds. */
export function podTemplate(service: ServiceScope): Templated<PodTemplateSpec> {
  const { record, values: own } = service;
  const fragments = fragmentsOf(service);
  const runtimeClass = local('runtimeClass', override(own.runtimeClassName, defaults.runtimeClassName));
  return {
    metadata: {
      labels: { ...podLabelsOf(record.name), ...spreadMap(merged(defaults.podLabels, own.podLabels)) },
      annotations: {
        ...annotationsOf(fragments),
        ...spreadMap(merged(defaults.podAnnotations, own.podAnnotations)),
      },
    },
    spec: {
      serviceAccountName: serviceAccountName(service),
      automountServiceAccountToken: record.kubernetes !== undefined,
      enableServiceLinks: false,
      priorityClassName: priorityClass(service),
      runtimeClassName: when(nonEmpty(runtimeClass), runtimeClass),
      imagePullSecrets: [
        spread(platform.global.imagePullSecrets),
        spread(defaults.imagePullSecrets),
        spread(own.imagePullSecrets),
      ],
      terminationGracePeriodSeconds: own.terminationGracePeriodSeconds,
      securityContext: podSecurity(userOf(service)),
      nodeSelector: { ...gpuNodes(service), ...spreadMap(merged(defaults.nodeSelector, own.nodeSelector)) },
      affinity: theirsOr(override(own.affinity, defaults.affinity), placement(service)),
      tolerations: [...gpuTolerations(service), spread(defaults.tolerations), spread(own.tolerations)],
      topologySpreadConstraints: when(
        override(own.topologySpread, defaults.topologySpread),
        topologySpread(record.name),
      ),
      initContainers: [
        ...gathered(fragments, 'initContainers'),
        spread(defaults.initContainers),
        spread(own.initContainers),
      ],
      containers: [
        mainContainer(service, fragments),
        spread(defaults.extraContainers),
        spread(own.extraContainers),
      ],
      volumes: [...gathered(fragments, 'volumes'), spread(defaults.extraVolumes), spread(own.extraVolumes)],
    },
  };
}

function annotationsOf(fragments: readonly PodFragment[]): Record<string, Value<string>> {
  // Conditions among them are taken out by `capture`, as everywhere.
  return Object.assign({}, ...fragments.map(({ annotations }) => annotations)) as Record<
    string,
    Value<string>
  >;
}

/** A class that the operator names, or ours, if there is one. */
function priorityClass({ record, values: own }: ServiceScope): ReturnType<typeof when<Value<string>>> {
  const named = local('priorityClass', override(own.priorityClassName, defaults.priorityClassName));
  return when(
    or(nonEmpty(named), platform.priorityClasses.create),
    orElse(named, priorityClassName(record.priority)),
  );
}

function mainContainer(
  service: ServiceScope,
  fragments: readonly PodFragment[],
): Templated<Container> & object {
  const { record, values: own } = service;
  return {
    name: record.name,
    image: imageOf(own.image),
    imagePullPolicy: platform.image.pullPolicy,
    command: [spread(own.command)],
    args: [...gathered(fragments, 'args'), spread(own.args)],
    env: [...gathered(fragments, 'env'), spread(defaults.extraEnv), spread(own.extraEnv)],
    envFrom: [spread(defaults.extraEnvFrom), spread(own.extraEnvFrom)],
    ports: [{ name: 'http', containerPort: record.port.container, protocol: 'TCP' }],
    lifecycle: when(greaterThan(own.preStopSeconds, 0), { preStop: sleep(own.preStopSeconds) }),
    startupProbe: probe(service, own.probes.startup),
    readinessProbe: probe(service, own.probes.readiness),
    livenessProbe: probe(service, own.probes.liveness),
    resources: resources(service),
    securityContext: CONTAINER_SECURITY,
    volumeMounts: [
      ...gathered(fragments, 'volumeMounts'),
      spread(defaults.extraVolumeMounts),
      spread(own.extraVolumeMounts),
    ],
  };
}

/** The kubelet's own sleep (Kubernetes 1.30): images without a shell have no `sleep`. */
function sleep(seconds: Value<number>): Lifecycle['preStop'] {
  // Newer than the L1 types, which drop it; `capture` puts it back by its path.
  return { sleep: { seconds } } as Lifecycle['preStop'];
}

function probe({ record }: ServiceScope, timing: References<ProbeTiming>): Probe {
  const path = record.health.underBasePath
    ? text`${platform.api.basePath}${record.health.path}`
    : record.health.path;
  return templated<Probe>({
    httpGet: { path, port: IntOrString.fromString('http') },
    periodSeconds: timing.periodSeconds,
    timeoutSeconds: timing.timeoutSeconds,
    failureThreshold: timing.failureThreshold,
  });
}
