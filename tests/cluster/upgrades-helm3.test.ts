import { helm3 } from './support/helm';
import { upgradesOfProd } from './support/upgrades';

describe('Helm 3: an upgrade of prod changes what it should and rolls what it should', () =>
  upgradesOfProd(helm3));
