import {
  KubeJob,
  KubePersistentVolumeClaim,
  type KubeJobProps,
  type KubePersistentVolumeClaimProps,
} from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { DescribedConstruct, NamedTemplate, equals, local, nonEmpty, templated, when } from '../engine';
import { podLabelsOf } from './helpers/labels';
import { nameOf } from './helpers/names';
import { serviceMetadata } from './metadata';
import { NetworkPolicy, toDns, toPeer } from './network-policy';
import { everyPod } from './pod/every-pod';
import { scratchVolumes } from './pod/scratch';
import { podSecurity, userOf } from './pod/security';
import { utilityPod } from './pod/utility';
import { download, MODEL_VOLUME, sharedClaimName, type VllmScope } from './pod/vllm';
import { values } from './values';

/** The claim that all replicas of a vLLM server share, and the Job that fills it: the server has no way out. */
export class ModelCache extends DescribedConstruct {
  /** Its hash is in the Job's name, since a Job cannot be changed. */
  private readonly podTemplate: NamedTemplate;

  constructor(scope: Construct, service: VllmScope) {
    super(scope, 'model-cache', {
      source: 'lib/charts/model-cache.ts',
      when: equals(service.values.modelCache.mode, 'shared'),
    });
    this.podTemplate = new NamedTemplate(
      `${service.record.name}.prefetchPod`,
      [{ path: ['spec', 'template'], given: {} }],
      'A part of prefetch-job.yaml, whose name carries its hash.',
    );
    this.named = { file: 'prefetch-job', templates: [this.podTemplate] };
    this.claim(service);
    this.job(service);
    new NetworkPolicy(
      this,
      prefetchComponent(service),
      {
        metadata: serviceMetadata(service, 'prefetch'),
        ingress: [],
        egress: [toDns(), toPeer('internet')],
      },
      { file: 'network-policy-prefetch' },
    );
  }

  private claim(service: VllmScope): void {
    const { modelCache } = service.values;
    new KubePersistentVolumeClaim(
      this,
      'persistent-volume-claim',
      templated<KubePersistentVolumeClaimProps>({
        metadata: {
          ...serviceMetadata(service, 'model'),
          name: sharedClaimName(service),
          // Tens of gigabytes that would have to be fetched again.
          annotations: { 'helm.sh/resource-policy': 'keep' },
        },
        spec: {
          accessModes: ['ReadWriteMany'],
          storageClassName: when(nonEmpty(modelCache.storageClassName), modelCache.storageClassName),
          resources: { requests: { storage: modelCache.size } },
        },
      }),
    );
  }

  private job(service: VllmScope): void {
    const { record, values: own } = service;
    const pods = everyPod(values.global, values.defaults, own);
    new KubeJob(
      this,
      'prefetch-job',
      templated<KubeJobProps>({
        metadata: {
          ...serviceMetadata(service),
          name: nameOf(record.name, 'prefetch', local('podHash', this.podTemplate.hash())),
        },
        spec: {
          backoffLimit: 6,
          template: {
            metadata: {
              labels: { ...podLabelsOf(prefetchComponent(service)), ...pods.labels },
              annotations: pods.annotations,
            },
            spec: {
              ...utilityPod(),
              restartPolicy: 'OnFailure',
              imagePullSecrets: pods.imagePullSecrets,
              securityContext: podSecurity(userOf(service)),
              containers: [download(service)],
              volumes: [
                { name: MODEL_VOLUME, persistentVolumeClaim: { claimName: sharedClaimName(service) } },
                ...scratchVolumes(service),
              ],
            },
          },
        },
      }),
    );
  }
}

/** A component of its own: the Service of the server must not select the Job's pod. */
function prefetchComponent({ record }: VllmScope): string {
  return `${record.name}-prefetch`;
}
