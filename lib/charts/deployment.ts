import { KubeDeployment, type KubeDeploymentProps } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import {
  DescribedConstruct,
  type TextMap,
  and,
  equals,
  not,
  override,
  spreadMap,
  templated,
  when,
} from '../engine';
import { merged, selectorLabelsOf } from './helpers/labels';
import { serviceMetadata } from './metadata';
import type { CallingService } from './ends';
import type { ServiceScope } from './scope';
import { podTemplate } from './pod';
import { byVaultAgent, secretNameOf } from './pod/secrets';
import { values as platform } from './values';

/** The pods of a service. */
export class Deployment extends DescribedConstruct {
  constructor(scope: Construct, service: CallingService) {
    super(scope, 'workload', { source: 'lib/charts/deployment.ts' });
    const { record, values } = service;
    new KubeDeployment(
      this,
      'deployment',
      templated<KubeDeploymentProps>({
        metadata: {
          ...serviceMetadata(service),
          annotations: {
            ...reloader(service),
            ...spreadMap(merged(platform.defaults.annotations, values.annotations)),
          },
        },
        spec: {
          // Whoever scales the pods owns their number.
          replicas: when(equals(values.scaling.mode, 'fixed'), values.scaling.fixed.replicas),
          revisionHistoryLimit: override(values.revisionHistoryLimit, platform.defaults.revisionHistoryLimit),
          progressDeadlineSeconds: values.progressDeadlineSeconds,
          strategy: {
            type: 'RollingUpdate',
            rollingUpdate: {
              maxSurge: values.rollout.maxSurge,
              maxUnavailable: values.rollout.maxUnavailable,
            },
          },
          selector: { matchLabels: selectorLabelsOf(record.name) },
          template: podTemplate(service),
        },
      }),
    );
  }
}

/** Asks Stakater's Reloader to roll the pods when their Secret changes. */
function reloader(service: ServiceScope): TextMap {
  if (service.record.secrets.length === 0) return {};
  const watched = and(platform.secrets.reloader, not(byVaultAgent));
  return { 'secret.reloader.stakater.com/reload': when(watched, secretNameOf(service)) };
}
