import { resolve } from 'node:path';
import { run } from './run';

// A reader such as `head` may go before all is written; that is no fault.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = run(process.argv.slice(2), {
  // The program is build/medkg.js of the checkout that it works on.
  root: resolve(__dirname, '..'),
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
});
