import * as access from './access';
import * as buckets from './buckets';
import * as charts from './charts';
import * as edge from './edge';
import * as encryption from './encryption';
import * as firewall from './firewall';
import * as network from './network';
import * as nodes from './nodes';
import type { Rule } from './rule';
import * as secrets from './secrets';
import * as stores from './stores';
import * as tags from './tags';
import * as vault from './vault';

/** All rules. One that is exported by its file is in. */
export const rules: readonly Rule[] = [
  network,
  firewall,
  stores,
  encryption,
  buckets,
  access,
  edge,
  nodes,
  tags,
  secrets,
  charts,
  vault,
].flatMap((file) => Object.values(file));
