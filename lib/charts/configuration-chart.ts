import { KubeConfigMap, type KubeConfigMapProps } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { DescribedConstruct, TemplateFolder, templated } from '../engine';
import { configurationData } from './configuration/helpers';
import { platformMetadata } from './metadata';
import { CONFIGURATION } from './pod/configuration';

/** The application's configuration, for all services that read it. */
export class ConfigurationChart extends TemplateFolder {
  constructor(scope: Construct) {
    super(scope, CONFIGURATION);
    new ConfigurationFiles(this);
  }
}

class ConfigurationFiles extends DescribedConstruct {
  constructor(scope: Construct) {
    super(scope, 'files', { source: 'lib/charts/configuration-chart.ts' });
    new KubeConfigMap(
      this,
      'config-map',
      templated<KubeConfigMapProps>({ metadata: platformMetadata(CONFIGURATION), data: configurationData() }),
    );
  }
}
