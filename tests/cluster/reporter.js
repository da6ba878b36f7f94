const { mkdirSync, writeFileSync } = require('node:fs');
const { basename, dirname } = require('node:path');

const REPORT = process.env.CLUSTER_REPORT ?? 'dist/reports/cluster.json';

/** Prints a table of the scenarios with their times, and writes it for others to read. */
module.exports = class ClusterReporter {
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
  }
};
