import { Chart } from 'cdk8s';
import { KubeConfigMap, type KubeConfigMapProps } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { templated } from '../engine/template';
import { configurationData } from './configuration/helpers';
import { platformMetadata } from './metadata';
import { Part } from '../engine/chart/construct';
import { CONFIGURATION } from './pod/configuration';

/** The application's configuration, for all services that read it. */
export class ConfigurationChart extends Chart {
  constructor(scope: Construct) {
    super(scope, CONFIGURATION, { disableResourceNameHashes: true });
    new ConfigurationFiles(this);
  }
}

class ConfigurationFiles extends Part {
  constructor(scope: Construct) {
    super(scope, 'files', { source: 'lib/charts/configuration-chart.ts' });
    new KubeConfigMap(
      this,
      'config-map',
      templated<KubeConfigMapProps>({ metadata: platformMetadata(CONFIGURATION), data: configurationData() }),
    );
  }
}
