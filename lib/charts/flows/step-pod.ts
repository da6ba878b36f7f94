import {
  KubePod,
  Quantity,
  type Container,
  type KubePodProps,
  type Toleration,
} from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { STORAGE_DIRECTORY } from '../../platform/flows/sources';
import type { StepRecord } from '../../platform/flows/steps';
import { valuesKey } from '../../platform/model';
import { GPU_RESOURCE } from '../../platform/pools';
import { spread, templated, type Templated } from '../../template';
import { imageOf } from '../helpers/images';
import { nameOf } from '../helpers/names';
import { NamedTemplate } from '../named-template';
import { Part, serviceScope, type ServiceScope } from '../part';
import { commonSpec, podMetadata, priorityClass, tolerationsOf } from '../pod';
import { configuration } from '../pod/configuration';
import { environment } from '../pod/environment';
import { gathered, type PodFragment } from '../pod/fragment';
import { gpuOf } from '../pod/placement';
import { quantities, resources } from '../pod/resources';
import { scratch } from '../pod/scratch';
import { secretKeys } from '../pod/secrets';
import { CONTAINER_SECURITY } from '../pod/security';
import { release } from '../release';
import { values as platform } from '../values';
import { stepComponent } from './names';
import { storageClaimName } from './storage';

const { defaults } = platform;

/** The container that Airflow's pod operator takes for its own. */
const CONTAINER = 'base';
const STORAGE = 'storage';
/** Nodes that may be taken away at any time. */
const SPOT: Toleration = { key: 'spot', operator: 'Equal', value: 'true', effect: 'NoSchedule' };

/** The template of the pod of a step: the service's own pod, running one command to its end. */
export class StepPod extends Part {
  readonly template: NamedTemplate;

  constructor(scope: Construct, step: StepRecord, nodes: 'usual' | 'spot') {
    const id = nodes === 'spot' ? `${step.name}.spot` : step.name;
    super(scope, id, { source: 'lib/charts/flows/step-pod.ts' });
    this.template = new NamedTemplate(
      `flows.${id.replace('.', '_')}`,
      ['data', `${id}.json`],
      step.description,
      valuesKey(step.service),
    );
    this.embedded = { template: this.template, path: [] };
    new KubePod(this, 'pod', pod(step, nodes));
  }
}

function pod(step: StepRecord, nodes: 'usual' | 'spot'): KubePodProps {
  const service = serviceScope(step.service);
  const { values: own } = service;
  const fragments = fragmentsOf(step, service);
  const metadata = podMetadata(service, stepComponent(step.service), fragments);
  return templated<KubePodProps>({
    metadata: {
      name: nameOf('flow', step.name.replaceAll('_', '-')),
      namespace: release.namespace,
      ...metadata,
      labels: { ...metadata.labels, 'medkg.io/step': step.name },
    },
    spec: {
      ...commonSpec(service),
      restartPolicy: 'Never',
      activeDeadlineSeconds: step.deadlineSeconds,
      automountServiceAccountToken: false,
      priorityClassName: priorityClass('batch', own),
      tolerations: tolerationsOf(service, ...(nodes === 'spot' ? [SPOT] : [])),
      initContainers: [spread(defaults.initContainers), spread(own.initContainers)],
      containers: [container(step, service, fragments)],
      volumes: [...gathered(fragments, 'volumes'), spread(defaults.extraVolumes), spread(own.extraVolumes)],
    },
  });
}

function fragmentsOf(step: StepRecord, service: ServiceScope): PodFragment[] {
  const common = [environment(service), secretKeys(service, 'once'), configuration(service)];
  if (step.withoutStorage) return [...common, scratch(service)];
  // What a server keeps for itself is what the steps of a flow share.
  const shared = service.record.scratch.filter(({ mountPath }) => mountPath !== STORAGE_DIRECTORY);
  return [...common, scratch({ ...service, record: { ...service.record, scratch: shared } }), storage()];
}

function storage(): PodFragment {
  return {
    volumes: [{ name: STORAGE, persistentVolumeClaim: { claimName: storageClaimName() } }],
    volumeMounts: [{ name: STORAGE, mountPath: STORAGE_DIRECTORY }],
  };
}

function container(
  step: StepRecord,
  service: ServiceScope,
  fragments: readonly PodFragment[],
): Templated<Container> & object {
  const { values: own } = service;
  return {
    name: CONTAINER,
    image: imageOf(own.image),
    imagePullPolicy: platform.image.pullPolicy,
    command: [...step.command],
    env: [...gathered(fragments, 'env'), spread(defaults.extraEnv), spread(own.extraEnv)],
    envFrom: [spread(defaults.extraEnvFrom), spread(own.extraEnvFrom)],
    resources: step.resources === undefined ? resources(service) : ownResources(step.resources, service),
    securityContext: CONTAINER_SECURITY,
    // The pod is gone when somebody looks: the end of its log is the reason.
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [
      ...gathered(fragments, 'volumeMounts'),
      spread(defaults.extraVolumeMounts),
      spread(own.extraVolumeMounts),
    ],
  };
}

/** What a step asks for instead of its service; the GPU comes on top. */
function ownResources(
  amounts: NonNullable<StepRecord['resources']>,
  service: ServiceScope,
): Templated<NonNullable<Container['resources']>> {
  // One GPU: looking needs no more, whatever the server has.
  const gpu: Record<string, Quantity> =
    gpuOf(service) === undefined ? {} : { [GPU_RESOURCE]: Quantity.fromNumber(1) };
  return {
    requests: { ...quantities(amounts.requests), ...gpu },
    limits: { ...quantities(amounts.limits), ...gpu },
  };
}
