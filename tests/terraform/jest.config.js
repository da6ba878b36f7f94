/** Our own rules over Terraform's plans. `npm run terraform:check` makes the plans and runs this. */
const root = require('../../jest.config.js');

module.exports = {
  ...root,
  rootDir: '../..',
  roots: ['<rootDir>/tests/terraform'],
  testTimeout: 300_000,
  // Terraform keeps a core busy by itself, and other parts of the check run beside this.
  maxWorkers: 1,
};
