/** Contract tests, run in CI: they need ../shared/contract beside the checkout and fail without it. */
const root = require('../../jest.config.js');

module.exports = { ...root, rootDir: '../..', roots: ['<rootDir>/tests/contract'] };
