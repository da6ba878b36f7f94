/** What `npm test` runs: Node only. The suites that need other programs have a configuration of their own. */
module.exports = {
  // Some start the program: on a busy machine that takes its time.
  testTimeout: 30_000,
  testEnvironment: 'node',
  roots: ['<rootDir>/tests/unit'],
  // jest would leave one core idle, which on a machine with two doubles the time.
  maxWorkers: '100%',
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
};
