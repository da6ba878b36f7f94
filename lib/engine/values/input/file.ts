import { closeSync, openSync, readSync } from 'node:fs';
import { types } from 'node:util';
import { tooLarge } from './document';
import { limits } from './limits';
import type { Report } from './problems';

const reasons = new Map([
  ['ENOENT', 'the file does not exist.'],
  ['ENOTDIR', 'the file does not exist.'],
  ['EISDIR', 'this is a directory, not a file.'],
  ['EACCES', 'no permission to read the file.'],
  ['EPERM', 'no permission to read the file.'],
]);

/** The text of a values file, or null after a problem. */
export function readText(file: string, report: Report): string | null {
  const problem = (message: string): null => {
    report({ message, location: { file, line: 1, column: 1 } });
    return null;
  };
  try {
    const bytes = bytesOf(file);
    if (bytes.length > limits.maxFileBytes) return problem(tooLarge);
    return decodeUtf8(bytes) ?? problem('the file is not UTF-8 text.');
  } catch (error) {
    if (!types.isNativeError(error)) throw error;
    return problem(reasons.get(errorCode(error)) ?? `the file cannot be read: ${error.message}.`);
  }
}

const STANDARD_INPUT = 0;
let standardInput: Buffer | undefined;

/** The standard input can be read once, but several environments may ask for it. */
function bytesOf(file: string): Buffer {
  return file === '/dev/stdin' ? (standardInput ??= readDescriptor(STANDARD_INPUT)) : readBytes(file);
}

function readBytes(file: string): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    return readDescriptor(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** At most one byte more than the limit, so that endless files end; pipes work like files. */
function readDescriptor(descriptor: number): Buffer {
  const buffer = Buffer.alloc(limits.maxFileBytes + 1);
  return buffer.subarray(0, fill(descriptor, buffer));
}

function fill(descriptor: number, buffer: Buffer): number {
  let filled = 0;
  for (;;) {
    const count = readSync(descriptor, buffer, filled, buffer.length - filled, null);
    filled += count;
    if (count === 0 || filled === buffer.length) return filled;
  }
}

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function errorCode(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
