import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ValuesInput,
  ValuesInputError,
  coalesce,
  parseValuesText,
  readValuesInput,
} from '../../../lib/engine/renderers';

const directory = mkdtempSync(join(tmpdir(), 'values-input-'));
afterAll(() => rmSync(directory, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

function read(files: string[], set: string[] = [], setString: string[] = []): ValuesInput {
  return readValuesInput({ files, set, setString });
}

function failure(run: () => unknown): ValuesInputError {
  try {
    run();
  } catch (error) {
    if (error instanceof ValuesInputError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('files', () => {
  test('a missing file, a directory and bytes that are no UTF-8 are told together, with bad flags', () => {
    const missing = join(directory, 'missing.yaml');
    const latin = file('latin.yaml', Buffer.from([0x61, 0x3a, 0x20, 0xe9, 0x0a]));
    const error = failure(() => read([missing, directory, latin], ['a'], ['b[']));
    expect(error.message.split('\n')).toEqual([
      `${missing}:1:1: the file does not exist.`,
      `${directory}:1:1: this is a directory, not a file.`,
      `${latin}:1:1: the file is not UTF-8 text.`,
      '--set:1:1: in "a": the key "a" has no value.',
      '--set-string:1:1: in "b[": an index must end with "]".',
    ]);
    expect(error.problems).toHaveLength(5);
  });

  test('a file without permission', () => {
    const path = file('secret.yaml', 'a: 1\n');
    chmodSync(path, 0);
    if (process.getuid?.() === 0) return;
    expect(failure(() => read([path])).message).toBe(`${path}:1:1: no permission to read the file.`);
  });

  test('one byte over 1 MiB is too much, 1 MiB is not', () => {
    const text = (size: number): string => `a: 1\n#${'x'.repeat(size - 6)}`;
    expect(read([file('fits.yaml', text(1024 * 1024))]).overrides).toEqual({ a: 1 });
    const error = failure(() => read([file('large.yaml', text(1024 * 1024 + 1))]));
    expect(error.message).toContain('larger than 1 MiB');
    expect(failure(() => parseValuesText(text(1024 * 1024 + 1), 'x')).message).toContain('larger than 1 MiB');
  });

  test('UTF-16 is not UTF-8', () => {
    const path = file('utf16.yaml', Buffer.from('\ufeffa: 1\n', 'utf16le'));
    expect(failure(() => read([path])).message).toContain('not UTF-8');
  });
});

describe('problems', () => {
  test('a syntax error has its line and column', () => {
    const { message } = failure(() => parseValuesText('a: 1\nb: [1\nc: 2\n', 'v.yaml'));
    expect(message).toMatch(/^v\.yaml:3:1: YAML syntax: /);
  });

  test('every problem of a document has its path and place', () => {
    const error = failure(() =>
      parseValuesText('a:\n  - b: .inf\n  - x\n"c d": 9007199254740993\n', 'v.yaml'),
    );
    expect(error.problems).toEqual([
      expect.objectContaining({ path: 'a[0].b', location: { file: 'v.yaml', line: 2, column: 5 } }),
      expect.objectContaining({ path: '["c d"]', location: { file: 'v.yaml', line: 4, column: 1 } }),
    ]);
  });

  test('the column of the assignment, not of the flag', () => {
    const error = failure(() => read([], ['a=1,bb=2,c']));
    expect(error.problems[0]?.location).toEqual({ file: '--set', line: 1, column: 10, text: 'a=1,bb=2,c' });
  });
});

describe('limits', () => {
  const ones = (count: number): string => `[${Array.from({ length: count }, () => '1').join(',')}]`;
  const aliases = (count: number): string => `[${Array.from({ length: count }, () => '*a').join(',')}]`;

  test('aliases within the limit', () => {
    const { overrides } = parseValuesText(`a: &a ${ones(1000)}\nb: ${aliases(9)}\n`, 'v');
    expect(overrides['b']).toHaveLength(9);
  });

  test('aliases over the limit', () => {
    const text = `a: &a ${ones(1000)}\nb: ${aliases(11)}\n`;
    expect(failure(() => parseValuesText(text, 'v')).message).toContain('limit maxAliasCount');
  });

  test('the largest index', () => {
    const { overrides } = read([], ['a[65536]=x']);
    expect(overrides['a']).toHaveLength(65537);
    expect(failure(() => read([], ['a[65537]=x'])).message).toContain('greater than 65536');
  });

  test('100000 brackets end in a problem, not in a crash', () => {
    expect(failure(() => parseValuesText(`a: ${'['.repeat(100_000)}`, 'v')).problems).not.toHaveLength(0);
  });
});

describe('locate', () => {
  const first = file('first.yaml', 'a:\n  b: 1\n  c: [x, y]\nd: &d {e: 1}\nf: *d\n');
  const second = file('second.yaml', '# second\na:\n  b: 2\n');
  const input = read([first, second], ['a.c[1]=z,g.h=1'], ['i=j']);
  const at = (...path: (string | number)[]): string => {
    const place = input.locate(path);
    return place === undefined
      ? 'nowhere'
      : `${place.file.split('/').at(-1) ?? ''}:${place.line}:${place.column}`;
  };

  test.each([
    ['the later file', at('a', 'b'), 'second.yaml:3:3'],
    ['a merged map', at('a'), 'second.yaml:2:1'],
    ['what only the earlier file has', at('a', 'c', 0), 'first.yaml:3:7'],
    ['an item that a flag replaced', at('a', 'c', 1), '--set:1:1'],
    ['the list around it', at('a', 'c'), 'first.yaml:3:3'],
    ['the second assignment of a flag', at('g', 'h'), '--set:1:10'],
    ['a map that a flag made', at('g'), '--set:1:10'],
    ['--set-string', at('i'), '--set-string:1:1'],
    ['a missing key: its parent', at('a', 'nope', 'deeper'), 'second.yaml:2:1'],
    ['an alias', at('f'), 'first.yaml:5:1'],
    ['a value under an alias: where it is written', at('f', 'e'), 'first.yaml:4:8'],
    ['the whole', at(), 'second.yaml:1:1'],
    ['a key of a prototype', at('toString'), 'second.yaml:1:1'],
  ])('%s', (_, found, wanted) => expect(found).toBe(wanted));

  test('no document: nowhere', () => expect(read([], ['a=1']).locate(['b'])).toBeUndefined());
});

describe('objects', () => {
  test('__proto__ is a key like any other', () => {
    const { overrides } = parseValuesText('__proto__: {polluted: true}\n', 'v');
    expect(Object.keys(overrides)).toEqual(['__proto__']);
    expect(Object.keys(coalesce({}, overrides))).toEqual(['__proto__']);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  test('results are plain objects', () =>
    expect(parseValuesText('a: {b: 1}\n', 'v').overrides).toStrictEqual({ a: { b: 1 } }));

  test('coalesce shares nothing with its arguments and changes neither', () => {
    const defaults = { a: { b: [1] }, c: null };
    const overrides = { d: { e: [2] } };
    const values = coalesce(defaults, overrides);
    expect(values).toEqual({ a: { b: [1] }, d: { e: [2] } });
    expect(values['a']).not.toBe(defaults.a);
    expect(values['d']).not.toBe(overrides.d);
    expect(defaults).toEqual({ a: { b: [1] }, c: null });
  });

  test('aliases of one map share nothing: a flag changes one of them', () => {
    const path = file('alias.yaml', 'a: &a {x: 1}\nb: *a\n');
    expect(read([path], ['b.x=2']).overrides).toEqual({ a: { x: 1 }, b: { x: 2 } });
  });
});
