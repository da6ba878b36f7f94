/** Tests on real nodes: `npm run test:nodes` starts two and says where they are. */
const cluster = require('../cluster/jest.config.js');

module.exports = {
  ...cluster,
  roots: ['<rootDir>/tests/nodes'],
  globalSetup: '<rootDir>/tests/nodes/support/world.ts',
  // There is one such cluster on a machine, and load is to be steady.
  maxWorkers: 1,
};
