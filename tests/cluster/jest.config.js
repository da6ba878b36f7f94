/** Tests on a real control plane: `npm run test:cluster` starts one and says where it is. */
const { delimiter } = require('node:path');
const root = require('../../jest.config.js');
const [typescript] = Object.values(root.transform);

module.exports = {
  ...root,
  rootDir: '../..',
  roots: ['<rootDir>/tests/cluster'],
  // The client and what it signs in with come as ES modules alone.
  transform: { ...root.transform, '^.+\\.js$': typescript },
  transformIgnorePatterns: ['/node_modules/(?!(@kubernetes/client-node|openid-client|oauth4webapi|jose)/)'],
  globalSetup: '<rootDir>/tests/cluster/support/world.ts',
  testSequencer: '<rootDir>/tests/cluster/sequencer.js',
  reporters: ['default', '<rootDir>/tests/cluster/reporter.js'],
  testTimeout: 240_000,
  // A file has a cluster for itself while it runs: as many at a time as there are clusters.
  maxWorkers: process.env.CLUSTER_KUBECONFIGS?.split(delimiter).length ?? 1,
};
