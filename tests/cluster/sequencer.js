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
 * Begins with what takes longest, so that at the end no cluster waits for another one's long file. Jest itself goes by
 * size until it has seen an earlier run, which a fresh clone never has.
 */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const index = LONGEST.indexOf(basename(path, '.test.ts'));
      return index === -1 ? LONGEST.length : index;
    };
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
};
