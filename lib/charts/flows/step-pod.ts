import { isDeepStrictEqual } from 'node:util';
import { Type } from '@sinclair/typebox';
import { KubePod, type Container, type KubePodProps, type Toleration } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { STORAGE_DIRECTORY } from '../../platform/flows/sources';
import { steps, type StepRecord } from '../../platform/flows/steps';
import { GPU_RESOURCE } from '../../platform/pools';
import type { ServiceName } from '../../platform/services';
import {
  type Condition,
  DescribedConstruct,
  NamedTemplate,
  type TemplateUse,
  type Templated,
  not,
  parameters,
  release,
  replaced,
  spread,
  templated,
  theirsOr,
  when,
} from '../../engine';
import { imageOf } from '../helpers/images';
import { nameOf } from '../helpers/names';
import type { CallingService, End } from '../ends';
import { serviceScope, type ServiceScope, serviceAlias } from '../scope';
import { commonSpec, podMetadata, priorityClass, tolerationsOf } from '../pod';
import { configuration } from '../pod/configuration';
import { environment } from '../pod/environment';
import { everyPod } from '../pod/every-pod';
import { gathered, type PodFragment } from '../pod/fragment';
import { gpuOf } from '../pod/placement';
import { resources } from '../pod/resources';
import { scratch } from '../pod/scratch';
import { secretKeys } from '../pod/secrets';
import { CONTAINER_SECURITY } from '../pod/security';
import { values as platform } from '../values';
import { stepComponent } from './names';
import { storageClaimName } from './storage';

const { defaults } = platform;

/** The container that Airflow's pod operator takes for its own. */
const CONTAINER = 'base';
const STORAGE = 'storage';
/** Nodes that may be taken away at any time. */
const SPOT: Toleration = { key: 'spot', operator: 'Equal', value: 'true', effect: 'NoSchedule' };

/** What a step asks for instead of its service. */
type OwnResources = Readonly<Record<'requests' | 'limits', Readonly<Record<string, string | number>>>>;

/** A step on one kind of nodes: what is its own, and not its service's. */
interface Run {
  readonly step: string;
  readonly command: readonly string[];
  readonly deadlineSeconds: number;
  /** Whether it sees the ledgers and artifacts of the flows. */
  readonly storage: boolean;
  /** Whether it may run on spot nodes. */
  readonly spot: boolean;
  readonly resources: OwnResources | Readonly<Record<string, never>>;
}

/** What most steps say. A template has a parameter for the rest only if a step of its service says otherwise. */
const USUAL = { storage: true, spot: false, resources: {} } as const satisfies Partial<Run>;
type Option = keyof typeof USUAL;

const given = parameters({
  step: Type.String(),
  command: Type.Array(Type.String()),
  deadlineSeconds: Type.Integer(),
  storage: Type.Boolean(),
  spot: Type.Boolean(),
  resources: Type.Unsafe<Run['resources']>({ type: 'object' }),
});

/** The template of the pods of all steps that run as a service: its own pod, running one command to its end. */
export class StepPod extends DescribedConstruct {
  readonly template: NamedTemplate;

  constructor(scope: Construct, name: ServiceName, ends: readonly End[]) {
    super(scope, name, { source: 'lib/charts/flows/step-pod.ts' });
    const runs = steps.filter(({ service }) => service === name).flatMap(runsOf);
    const options = optionsOf(runs);
    this.template = new NamedTemplate(
      `flows.${name}`,
      runs.map((run) => useOf(run, options)),
      `The pod of a step that runs as ${name}.`,
      serviceAlias(name),
    );
    this.embedded = { template: this.template, path: [] };
    new KubePod(this, 'pod', pod({ ...serviceScope(name), ends }, options));
  }
}

function runsOf(step: StepRecord): Run[] {
  const run: Run = {
    step: step.name,
    command: step.command,
    deadlineSeconds: step.deadlineSeconds,
    storage: step.withoutStorage !== true,
    spot: false,
    resources: step.resources === undefined ? {} : ownResources(step.resources, serviceScope(step.service)),
  };
  return step.spot ? [run, { ...run, spot: true }] : [run];
}

/** What a step asks for instead of its service; the GPU comes on top. */
function ownResources(
  { requests, limits }: NonNullable<StepRecord['resources']>,
  service: ServiceScope,
): OwnResources {
  // One GPU: looking needs no more, whatever the server has.
  const gpu: Record<string, number> = gpuOf(service) === undefined ? {} : { [GPU_RESOURCE]: 1 };
  return { requests: { ...requests, ...gpu }, limits: { ...limits, ...gpu } };
}

/** The options that a step of a service uses. */
function optionsOf(runs: readonly Run[]): ReadonlySet<Option> {
  // Its keys are the options.
  const options = Object.keys(USUAL) as Option[];
  return new Set(
    options.filter((option) => runs.some((run) => !isDeepStrictEqual(run[option], USUAL[option]))),
  );
}

/** The file of a step, and what its template is called with. */
function useOf(run: Run, options: ReadonlySet<Option>): TemplateUse {
  const { step, command, deadlineSeconds } = run;
  return {
    path: ['data', `${step}${run.spot ? '.spot' : ''}.json`],
    given: {
      step,
      command,
      deadlineSeconds,
      ...Object.fromEntries([...options].map((option) => [option, run[option]])),
    },
  };
}

function pod(service: CallingService, options: ReadonlySet<Option>): KubePodProps {
  const { record, values: own } = service;
  const fragments = fragmentsOf(service, options);
  const metadata = podMetadata(service, stepComponent(record.name), fragments);
  return templated<KubePodProps>({
    metadata: {
      name: nameOf('flow', replaced(given.step, '_', '-')),
      namespace: release.namespace,
      ...metadata,
      labels: { ...metadata.labels, 'medkg.io/step': given.step },
    },
    spec: {
      ...commonSpec(service),
      restartPolicy: 'Never',
      activeDeadlineSeconds: given.deadlineSeconds,
      automountServiceAccountToken: false,
      priorityClassName: priorityClass('batch', own),
      tolerations: tolerationsOf(service, ...(options.has('spot') ? [when(given.spot, SPOT)] : [])),
      initContainers: [spread(defaults.initContainers), spread(own.initContainers)],
      containers: [container(service, fragments, options)],
      volumes: [...gathered(fragments, 'volumes'), spread(defaults.extraVolumes), spread(own.extraVolumes)],
    },
  });
}

function fragmentsOf(service: CallingService, options: ReadonlySet<Option>): PodFragment[] {
  return [
    environment(service),
    secretKeys(service, 'once'),
    configuration(service),
    ...directories(service, options.has('storage') ? given.storage : 'always'),
  ];
}

/** What a server keeps for itself is what the steps of a flow share. */
function directories(service: ServiceScope, shared: Condition | 'always'): PodFragment[] {
  const { record } = service;
  const own = record.scratch.flatMap((directory) => {
    const fragment = scratch({ ...service, record: { ...record, scratch: [directory] } });
    if (directory.mountPath !== STORAGE_DIRECTORY) return [fragment];
    return shared === 'always' ? [] : [onlyIf(not(shared), fragment)];
  });
  return [...own, shared === 'always' ? storage() : onlyIf(shared, storage())];
}

function storage(): PodFragment {
  return {
    volumes: [{ name: STORAGE, persistentVolumeClaim: { claimName: storageClaimName() } }],
    volumeMounts: [{ name: STORAGE, mountPath: STORAGE_DIRECTORY }],
  };
}

/** Volumes and where they are mounted, if the condition holds. */
function onlyIf(condition: Condition, { volumes = [], volumeMounts = [] }: PodFragment): PodFragment {
  return {
    volumes: volumes.map((volume) => when(condition, volume)),
    volumeMounts: volumeMounts.map((mount) => when(condition, mount)),
  };
}

function container(
  service: ServiceScope,
  fragments: readonly PodFragment[],
  options: ReadonlySet<Option>,
): Templated<Container> & object {
  const { values: own } = service;
  return {
    name: CONTAINER,
    image: imageOf(own.image),
    imagePullPolicy: platform.image.pullPolicy,
    command: given.command,
    env: [...gathered(fragments, 'env'), ...everyPod(platform.global, defaults, own).env],
    envFrom: [spread(defaults.extraEnvFrom), spread(own.extraEnvFrom)],
    resources: options.has('resources') ? theirsOr(given.resources, resources(service)) : resources(service),
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
