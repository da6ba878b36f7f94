const { basename } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/** Files that take minutes, the longest first. */
const LONGEST = [
  'lifecycle',
  'disruption',
  'upgrades-helm4',
  'upgrades-helm3',
  'manifests-over-release',
  'failures',
  'faults',
  'interruptions',
  'autoscaler-switch',
  'scaling',
];

/**
 * @typedef {Parameters<import('@jest/test-sequencer').default['sort']>[0][number]} Test
 */

/** @param {Test} test */
function rank({ path }) {
  const index = LONGEST.indexOf(basename(path, '.test.ts'));
  return index === -1 ? LONGEST.length : index;
}

/**
 * Begins with what takes longest, so that at the end no cluster waits for another one's long file. Jest itself goes by
 * size until it has seen an earlier run, which a fresh clone never has.
 */
module.exports = class LongestFirst extends Sequencer {
  /**
   * @override
   * @param {Test[]} tests
   */
  async sort(tests) {
    const sorted = await super.sort(tests);
    return sorted.sort((a, b) => rank(a) - rank(b));
  }
};
