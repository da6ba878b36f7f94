import { BAD_VALUES } from './bad-values';
import { enterCheckout, leaveCheckout, medkg, write } from './support';

let root = '';
beforeAll(() => {
  root = enterCheckout();
});
afterAll(() => leaveCheckout(root));

test('there are enough of them', () => {
  expect(BAD_VALUES.length).toBeGreaterThanOrEqual(60);
  expect(new Set(BAD_VALUES.map(({ name }) => name)).size).toBe(BAD_VALUES.length);
});

describe('medkg validate tells', () => {
  test.each(BAD_VALUES)('$name', ({ file, more, args = [], tells }) => {
    write({ ...more, ...(file === undefined ? {} : { 'mine.yaml': file }) });
    const { exit, stdout, stderr } = medkg(
      'validate',
      '--env',
      'dev',
      ...(file === undefined ? [] : ['-f', 'mine.yaml']),
      ...args,
    );
    for (const part of tells) expect(stderr).toContain(part);
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
  });
});

describe('medkg synth refuses, and leaves the old output whole', () => {
  test.each(BAD_VALUES.filter((_, i) => i % 8 === 0))('$name', ({ file, more, args = [], tells }) => {
    write({ ...more, ...(file === undefined ? {} : { 'mine.yaml': file }) });
    const { exit, stdout, stderr } = medkg(
      'synth',
      '--env',
      'dev',
      '--stdout',
      ...(file === undefined ? [] : ['-f', 'mine.yaml']),
      ...args,
    );
    expect(stderr).toContain(tells[0]);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
  });
});
