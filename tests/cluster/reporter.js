const { mkdirSync, writeFileSync } = require('node:fs');
const { basename, dirname } = require('node:path');

const REPORT = process.env.CLUSTER_REPORT ?? 'dist/reports/cluster.json';

/** Lines of a failure that say what it is; the whole is printed where the file ends. */
const TOLD_LINES = 15;

/**
 * What jest itself gives a reporter is told by a package that we do not ask for; the one of sequencers names it.
 * @typedef {Parameters<import('@jest/test-sequencer').default['cacheResults']>[1]} Results
 */

/** Prints a table of the scenarios with their times, what failed at the end, and writes it for others to read. */
module.exports = class ClusterReporter {
  /**
   * @param {unknown} _contexts
   * @param {Results} results
   */
  onRunComplete(_contexts, results) {
    const scenarios = results.testResults.flatMap(({ testFilePath, testResults }) =>
      testResults.map(({ fullName, status, duration, failureMessages }) => ({
        file: basename(testFilePath, '.test.ts'),
        scenario: fullName,
        status,
        seconds: Math.round((duration ?? 0) / 100) / 10,
        // undefined, and so left out, where nothing failed
        failure: failureMessages[0]?.split('\n    at ')[0],
      })),
    );
    const setUp = results.testResults.map(({ testFilePath, perfStats }) => ({
      file: basename(testFilePath, '.test.ts'),
      seconds: Math.round(perfStats.runtime / 100) / 10,
    }));
    // Jest sets its own `success` after this.
    const success =
      results.numPassedTests > 0 && results.numFailedTestSuites === 0 && !results.wasInterrupted;
    mkdirSync(dirname(REPORT), { recursive: true });
    writeFileSync(REPORT, `${JSON.stringify({ success, files: setUp, scenarios }, null, 2)}\n`);
    for (const { status, seconds, file, scenario } of scenarios)
      console.log(`${status.padEnd(8)} ${seconds.toFixed(1).padStart(7)} s  ${file}: ${scenario}`);
    for (const { file, seconds } of setUp)
      console.log(`${'file'.padEnd(8)} ${seconds.toFixed(1).padStart(7)} s  ${file}`);
    // Last, since who reads a log of CI often has its end alone.
    for (const { status, file, scenario, failure } of scenarios.filter((one) => one.status === 'failed'))
      console.log(`${status}: ${file}: ${scenario}\n${firstLines(failure)}`);
    for (const { testFilePath, testExecError } of results.testResults)
      if (testExecError)
        console.log(`failed: ${basename(testFilePath, '.test.ts')}\n${firstLines(testExecError.message)}`);
  }
};

/** @param {string} [text] */
function firstLines(text = '') {
  return text
    .split('\n')
    .slice(0, TOLD_LINES)
    .map((line) => `    ${line}`)
    .join('\n');
}
