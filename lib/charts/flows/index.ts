import { KubeConfigMap, type KubeConfigMapProps } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { stepServices } from '../../platform/flows/steps';
import {
  DescribedConstruct,
  type NamedTemplate,
  TemplateFolder,
  type Value,
  nonEmpty,
  templated,
  when,
} from '../../engine';
import type { End } from '../ends';
import { platformMetadata } from '../metadata';
import { values } from '../values';
import { AirflowAccess, FlowAccess } from './access';
import { AirflowPolicies, LocalTaskPolicies } from './airflow-policies';
import { FLOWS } from './names';
import { stepPolicy } from './network';
import { FlowSettings } from './settings';
import { StepPod } from './step-pod';
import { FlowStorage } from './storage';

/** What the flows on Airflow need of the release. */
export class FlowsChart extends TemplateFolder {
  constructor(scope: Construct, ends: readonly End[]) {
    super(scope, FLOWS);
    new FlowFiles(this, ends);
    new FlowAccess(this);
    new AirflowAccess(this);
    new FlowStorage(this);
    new AirflowPolicies(this);
    new LocalTaskPolicies(this);
    for (const service of stepServices) stepPolicy(this, service, ends);
  }
}

/** The files that Airflow mounts: the settings, and the pod of each step. */
class FlowFiles extends DescribedConstruct {
  constructor(scope: Construct, ends: readonly End[]) {
    super(scope, 'files', { source: 'lib/charts/flows/index.ts', when: values.airflow.enabled });
    const pods = stepServices.map((service) => new StepPod(this, service, ends).template);
    this.texts = [new FlowSettings(this).template, ...pods];
    const metadata = platformMetadata(FLOWS);
    new KubeConfigMap(
      this,
      'config-map',
      templated<KubeConfigMapProps>({
        metadata: {
          ...metadata,
          namespace: when(nonEmpty(values.airflow.namespace), values.airflow.namespace),
        },
        data: Object.fromEntries(this.texts.flatMap(filesOf)),
      }),
    );
  }
}

/** The files that are made of a template: one a use. */
function filesOf(template: NamedTemplate): [name: string, text: Value<string>][] {
  return template.uses.map(({ path, given }) => [path.at(-1) ?? '', template.json(given)]);
}
