import {
  IntOrString,
  type Container,
  type Lifecycle,
  type PodSpec,
  type PodTemplateSpec,
  type Probe,
  type Toleration,
} from 'cdk8s-plus-28/lib/imports/k8s';
import type { ProbeTiming } from '../../platform/model';
import {
  type Item,
  type References,
  type Templated,
  type TextMap,
  type Value,
  choose,
  greaterThan,
  local,
  nonEmpty,
  or,
  orElse,
  override,
  spread,
  templated,
  text,
  theirsOr,
  when,
} from '../../engine';
import { imageOf } from '../helpers/images';
import { merged, podLabelsOf } from '../helpers/labels';
import type { CallingService } from '../ends';
import type { ServiceScope } from '../scope';
import { priorityClassName } from '../priority-classes';
import { serviceAccountName } from '../service-account';
import { values as platform } from '../values';
import { configuration } from './configuration';
import { environment } from './environment';
import { everyPod } from './every-pod';
import { gathered, type PodFragment } from './fragment';
import { gpuNodes, gpuTolerations, placement, topologySpread } from './placement';
import { resources } from './resources';
import { scratch } from './scratch';
import { secretKeys } from './secrets';
import { CONTAINER_SECURITY, podSecurity, userOf } from './security';
import { vllm } from './vllm';

const { defaults, global } = platform;

/** What each concern adds to the pod of a service. */
export function fragmentsOf(service: CallingService): PodFragment[] {
  return [environment(service), secretKeys(service), configuration(service), scratch(service), vllm(service)];
}

/** The pod of a service: the sum of its fragments, and what the operator adds. */
export function podTemplate(service: CallingService): Templated<PodTemplateSpec> {
  const { record, values: own } = service;
  const fragments = fragmentsOf(service);
  return {
    metadata: podMetadata(service, record.name, fragments),
    spec: {
      ...commonSpec(service),
      automountServiceAccountToken: record.kubernetes !== undefined,
      priorityClassName: priorityClass(record.priority, own),
      tolerations: tolerationsOf(service),
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

/** Labels and annotations of a pod that belongs to a service, whatever component it is. */
export function podMetadata(
  { values: own }: ServiceScope,
  component: string,
  fragments: readonly PodFragment[],
): { labels: TextMap; annotations: TextMap } {
  const pods = everyPod(global, defaults, own);
  return {
    labels: { ...podLabelsOf(component), ...pods.labels },
    annotations: { ...annotationsOf(fragments), ...pods.annotations },
  };
}

/** A part of a pod's specification, which a pod spreads. */
type PartOfSpec = Exclude<Templated<Partial<PodSpec>>, Value<Partial<PodSpec>>>;

/** The affinity of services that have none of their own. */
const affinityOfAll = choose(nonEmpty(defaults.affinity), defaults.affinity, merged(global.pods.affinity));

/** What every pod of a service has: its servers, and the steps of flows that run as it. */
export function commonSpec(service: ServiceScope): PartOfSpec {
  const { values: own } = service;
  const pods = everyPod(global, defaults, own);
  const runtimeClass = local('runtimeClass', override(own.runtimeClassName, defaults.runtimeClassName));
  return {
    serviceAccountName: serviceAccountName(service),
    enableServiceLinks: false,
    runtimeClassName: when(nonEmpty(runtimeClass), runtimeClass),
    imagePullSecrets: pods.imagePullSecrets,
    terminationGracePeriodSeconds: own.terminationGracePeriodSeconds,
    securityContext: podSecurity(userOf(service)),
    nodeSelector: { ...gpuNodes(service), ...pods.nodeSelector },
    affinity: theirsOr(override(own.affinity, affinityOfAll), placement(service)),
  };
}

/** Taints that a pod of a service bears, and further ones. */
export function tolerationsOf(
  service: ServiceScope,
  ...further: readonly Item<Toleration>[]
): Item<Toleration>[] {
  return [...gpuTolerations(service), ...further, ...everyPod(global, defaults, service.values).tolerations];
}

function annotationsOf(fragments: readonly PodFragment[]): TextMap {
  return Object.fromEntries(fragments.flatMap(({ annotations }) => Object.entries(annotations ?? {})));
}

/** A class that the operator names, or ours, if there is one. */
export function priorityClass(
  level: 'serving' | 'batch',
  own: ServiceScope['values'],
): ReturnType<typeof when<Value<string>>> {
  const ofAll = orElse(defaults.priorityClassName, orElse(global.pods.priorityClassName, ''));
  const named = local('priorityClass', override(own.priorityClassName, ofAll));
  return when(or(nonEmpty(named), platform.priorityClasses.create), orElse(named, priorityClassName(level)));
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
    env: [...gathered(fragments, 'env'), ...everyPod(global, defaults, own).env],
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
