import { Chart } from 'cdk8s';
import { KubeConfigMap, type KubeConfigMapProps } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { steps, stepServices } from '../../platform/flows/steps';
import { nonEmpty, templated, when } from '../../template';
import { platformMetadata } from '../metadata';
import { Part } from '../part';
import { values } from '../values';
import { AirflowAccess, FlowAccess } from './access';
import { AirflowPolicies, LocalTaskPolicies } from './airflow-policies';
import { FLOWS } from './names';
import { stepPolicy } from './network';
import { FlowSettings } from './settings';
import { StepPod } from './step-pod';
import { FlowStorage } from './storage';

/** What the flows on Airflow need of the release. */
export class FlowsChart extends Chart {
  constructor(scope: Construct) {
    super(scope, FLOWS, { disableResourceNameHashes: true });
    new FlowFiles(this);
    new FlowAccess(this);
    new AirflowAccess(this);
    new FlowStorage(this);
    new AirflowPolicies(this);
    new LocalTaskPolicies(this);
    for (const service of stepServices) stepPolicy(this, service);
  }
}

/** The files that Airflow mounts: one template a pod, and the settings. */
class FlowFiles extends Part {
  constructor(scope: Construct) {
    super(scope, 'files', { source: 'lib/charts/flows/index.ts', when: values.airflow.enabled });
    const settings = new FlowSettings(this).template;
    const pods = steps.flatMap((step) => {
      const nodes = step.spot ? (['usual', 'spot'] as const) : (['usual'] as const);
      return nodes.map((kind) => new StepPod(this, step, kind).template);
    });
    this.texts = [settings, ...pods];
    const metadata = platformMetadata(FLOWS);
    new KubeConfigMap(
      this,
      'config-map',
      templated<KubeConfigMapProps>({
        metadata: {
          ...metadata,
          namespace: when(nonEmpty(values.airflow.namespace), values.airflow.namespace),
        },
        data: {
          'flows.json': settings.json(),
          ...Object.fromEntries(pods.map((template) => [fileOf(template.path), template.json()])),
        },
      }),
    );
  }
}

function fileOf(path: readonly string[]): string {
  return path.at(-1) ?? '';
}
