import { resolve } from 'node:path';
import { run } from './run';

process.exitCode = run(process.argv.slice(2), {
  // The program is build/medkg.js of the checkout that it works on.
  root: resolve(__dirname, '..'),
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
});
