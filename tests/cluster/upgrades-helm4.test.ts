import { helm4 } from './support/helm';
import { upgradesOfProd } from './support/upgrades';

describe('Helm 4: an upgrade of prod changes what it should and rolls what it should', () =>
  upgradesOfProd(helm4));
