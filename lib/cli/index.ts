import { resolve } from 'node:path';
import type { Context } from './context';
import { run } from './run';
import { refuseStale } from './sources';

// A reader such as `head` may go before all is written; that is no fault.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const context: Context = {
  // The program is build/medkg.js of the checkout that it works on.
  root: resolve(__dirname, '..'),
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
};

process.exitCode = refuseStale(context) ?? run(process.argv.slice(2), context);
