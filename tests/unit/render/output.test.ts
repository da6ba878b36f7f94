import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  filesBelow,
  foreignToMarker,
  marked,
  OutputError,
  replaceFile,
  replaceFolder,
} from '../../../lib/render';

let place = '';
let target = '';
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'medkg-output-'));
  target = join(place, 'out');
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

/** No process has this number. */
const DEAD = 4194305;

function put(files: Readonly<Record<string, string>>): void {
  replaceFolder(target, marked(new Map(Object.entries(files))), foreignToMarker);
}

test('a folder is replaced as a whole, and nothing stays beside it', () => {
  put({ 'a/one.yaml': '1', 'b.yaml': '2' });
  put({ 'a/two.yaml': '3' });
  expect(filesBelow(target)).toEqual(['.medkg-output', 'a/two.yaml']);
  expect(readFileSync(join(target, 'a/two.yaml'), 'utf8')).toBe('3');
  expect(readdirSync(place)).toEqual(['out']);
});

test('an empty folder is anybody’s, one with other files is not', () => {
  mkdirSync(target);
  put({ 'b.yaml': '1' });
  writeFileSync(join(target, 'mine.txt'), 'x');
  expect(() => put({ 'b.yaml': '2' })).toThrow(/holds mine\.txt, which medkg did not make/);
  expect(readFileSync(join(target, 'b.yaml'), 'utf8')).toBe('1');
});

test('what a killed run left while writing goes, and the old output stays', () => {
  put({ 'b.yaml': 'old' });
  mkdirSync(join(place, `.out.medkg-new-${DEAD}`));
  put({ 'b.yaml': 'new' });
  expect(readdirSync(place)).toEqual(['out']);
});

test('a run that was killed between the two renames gets its folder back', () => {
  mkdirSync(join(place, `.out.medkg-old-${DEAD}`));
  writeFileSync(join(place, `.out.medkg-old-${DEAD}/mine.txt`), 'x');
  expect(() => put({ 'b.yaml': 'new' })).toThrow(/holds mine\.txt/);
  expect(readFileSync(join(target, 'mine.txt'), 'utf8')).toBe('x');
});

test('what a run that is still at work has is left alone', () => {
  const other = join(place, `.out.medkg-new-${process.ppid}`);
  mkdirSync(other);
  put({ 'b.yaml': 'new' });
  expect(existsSync(other)).toBe(true);
});

test('a link to a folder stays a link', () => {
  mkdirSync(join(place, 'real'));
  symlinkSync(join(place, 'real'), target);
  put({ 'b.yaml': '1' });
  expect(readFileSync(join(place, 'real/b.yaml'), 'utf8')).toBe('1');
});

test('a link to nothing is told', () => {
  symlinkSync(join(place, 'none'), target);
  expect(() => put({ 'b.yaml': '1' })).toThrow(OutputError);
});

test('when a file cannot be written, the old folder stays and nothing is left behind', () => {
  put({ 'b.yaml': 'old' });
  expect(() => put({ [`${'x'.repeat(300)}.yaml`]: '1' })).toThrow(/cannot write .*: the name is too long/);
  expect(readFileSync(join(target, 'b.yaml'), 'utf8')).toBe('old');
  expect(readdirSync(place)).toEqual(['out']);
});

test('a file is replaced, but no folder', () => {
  replaceFile(target, Buffer.from('1'));
  replaceFile(target, Buffer.from('2'));
  expect(readFileSync(target, 'utf8')).toBe('2');
  expect(() => replaceFile(place, Buffer.from('2'))).toThrow(/is a folder; a file belongs there/);
});
