import {
  KubePersistentVolumeClaim,
  type KubePersistentVolumeClaimProps,
} from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { DescribedConstruct, type Value, and, nonEmpty, not, orElse, templated, when } from '../../engine';
import { nameOf } from '../helpers/names';
import { platformMetadata } from '../metadata';
import { values } from '../values';
import { FLOWS } from './names';

const { storage } = values.airflow;

/** The claim with the ledgers and artifacts: ours, or one that the operator names. */
export function storageClaimName(): Value<string> {
  return orElse(storage.existingClaim, nameOf(FLOWS));
}

/** The claim that the steps of all flows share. */
export class FlowStorage extends DescribedConstruct {
  constructor(scope: Construct) {
    super(scope, 'storage', {
      source: 'lib/charts/flows/storage.ts',
      when: and(values.airflow.enabled, not(nonEmpty(storage.existingClaim))),
    });
    new KubePersistentVolumeClaim(
      this,
      'persistent-volume-claim',
      templated<KubePersistentVolumeClaimProps>({
        metadata: {
          ...platformMetadata(FLOWS),
          // The ledger says what was done: without it everything would be fetched again.
          annotations: { 'helm.sh/resource-policy': 'keep' },
        },
        spec: {
          accessModes: ['ReadWriteMany'],
          storageClassName: when(nonEmpty(storage.storageClassName), storage.storageClassName),
          resources: { requests: { storage: storage.size } },
        },
      }),
    );
  }
}
