import { gzipSync } from 'fflate';

/** 1 January 1980: old enough for everybody, and not so old that tar warns. */
const MODIFIED = 315532800;
const BLOCK = 512;

/**
 * Files as a .tgz below one folder, the same bytes on every machine: names sorted, times, owners and modes fixed,
 * and compressed by a pinned library, since the zlib of Node differs between its versions.
 */
export function packFolder(folder: string, files: ReadonlyMap<string, string>): Uint8Array {
  const entries = [...files].map(([path, text]) => ({ path: `${folder}/${path}`, bytes: Buffer.from(text) }));
  entries.sort((a, b) => (a.path < b.path ? -1 : 1));
  const blocks = entries.flatMap(({ path, bytes }) => [header(path, bytes.length), padded(bytes)]);
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]), { level: 9, mtime: 0 });
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)]);
}

/** A header of the ustar format (POSIX.1-1988). */
function header(path: string, size: number): Buffer {
  const { prefix, name } = split(path);
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0);
  block.write(octal(0o644, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(MODIFIED, 12), 136);
  block.write(' '.repeat(8), 148);
  block.write('0', 156);
  block.write('ustar\x0000', 257);
  block.write(prefix, 345);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 7)}\0 `, 148);
  return block;
}

function octal(value: number, length: number): string {
  return value.toString(8).padStart(length - 1, '0');
}

/** A long path is cut at a slash: 155 bytes and 100 bytes. */
function split(path: string): { prefix: string; name: string } {
  if (Buffer.byteLength(path) <= 100) return { prefix: '', name: path };
  const cut = [...path.matchAll(/\//g)]
    .map(({ index }) => index)
    .find((index) => Buffer.byteLength(path.slice(index + 1)) <= 100);
  if (cut === undefined || Buffer.byteLength(path.slice(0, cut)) > 155)
    throw new Error(`the path is too long for an archive: ${path}`);
  return { prefix: path.slice(0, cut), name: path.slice(cut + 1) };
}
