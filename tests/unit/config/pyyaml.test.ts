import { readPyYaml } from '../../../lib/config/pyyaml';

const read = (text: string) => readPyYaml(text, 'config.yaml').value;

/** Spellings and the values that PyYAML 6.0's `safe_load` gave for them. */
const SCALARS: [string, unknown][] = [
  ['yes', true],
  ['Off', false],
  ['y', 'y'],
  ['yEs', 'yEs'],
  ['null', null],
  ['~', null],
  ['nULL', 'nULL'],
  ['0', 0],
  ['-0b11', -3],
  ['010', 8],
  ['-0x1F', -31],
  ['1_000', 1000],
  ['1:30', 90],
  ['-1:30.5', -90.5],
  ['1:60', '1:60'],
  ['0o17', '0o17'],
  ['09', '09'],
  ['1.5', 1.5],
  ['1.', 1],
  ['.5', 0.5],
  ['-.5', '-.5'],
  ['1.0e-7', 1e-7],
  ['1.0e7', '1.0e7'],
  ['1e-7', '1e-7'],
  ['-.inf', -Infinity],
  ['1.0.0', '1.0.0'],
  ['"1"', '1'],
  ["'yes'", 'yes'],
  ['!!str 1', '1'],
  ['!!int "3"', 3],
  ['!!float "1e-7"', 1e-7],
  ['!!float 3', 3],
  ['!!bool "ON"', true],
  ['!!null x', null],
  ['! 1', 1],
  ['! "1"', '1'],
];

describe('readPyYaml', () => {
  it.each(SCALARS)('reads %s as %p', (written, value) => {
    expect(read(`a: ${written}`)).toEqual({ a: value });
  });

  it.each(['2024-01-01', '2024-1-1 1:02:03', '2024-01-01T01:02:03.5Z'])('reads %s as a date', (written) => {
    expect(read(`a: ${written}`)).toEqual({ a: expect.any(Date) as unknown });
  });

  it('makes text of keys as the application does', () => {
    expect(read('on: 1\n2: 2\n1.5: 3\n~: 4\n')).toEqual({ True: 1, 2: 2, 1.5: 3, None: 4 });
  });

  it('follows aliases and merges, of which the own members win and then the first of a list', () => {
    const text = 'x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz:\n  c: 3\n  <<: [*x, *y]\nw: *x\n';
    expect(read(text)).toEqual({
      x: { a: 1, b: 1 },
      y: { b: 2, c: 2 },
      z: { a: 1, b: 1, c: 3 },
      w: { a: 1, b: 1 },
    });
    expect(readPyYaml(text, 'config.yaml').problems).toEqual([]);
  });

  it('refuses to merge what is no mapping, and keys that are lists', () => {
    expect(read('a: 1\n<<: 3\n')).toBeUndefined();
    expect(read('? [a]\n: 3\n')).toBeUndefined();
  });

  it('keeps the last of two equal keys, as PyYAML does, and reports it', () => {
    const document = readPyYaml('a: {b: 1, "b": 2}', 'config.yaml');
    expect(document.value).toEqual({ a: { b: 2 } });
    expect(document.problems).toMatchObject([{ rule: 'duplicate-key', path: '/a/b' }]);
  });

  it('does not let a key reach the prototype', () => {
    expect(Object.keys(read('__proto__: {a: 1}') as object)).toEqual(['__proto__']);
  });
});
