import { progress } from '../../../lib/cli/context';
import { withoutProgress } from './support';

/** What is told when the steps begin so many seconds after the start. */
function told(steps: Readonly<Record<string, number>>): string {
  const clock = jest.spyOn(performance, 'now').mockReturnValue(0);
  let text = '';
  const stderr = { write: (more: string) => (text += more) };
  const step = progress({ root: '', stdout: stderr, stderr, env: {} });
  for (const [name, seconds] of Object.entries(steps)) {
    clock.mockReturnValue(seconds * 1000);
    step(name);
  }
  clock.mockRestore();
  return text;
}

test('a step is told once it has taken longer than two seconds, and not before', () => {
  expect(told({ 'checking the values': 1.9, 'writing the manifests': 2.1 })).toBe(
    '2.1 s: writing the manifests …\n',
  );
});

test('what the other tests leave out is this, and nothing else', () => {
  const lines = `error: 2.0 s: is no size\n${told({ 'rendering dev': 12.34 })}left out 2 hooks …\n`;
  expect(withoutProgress(lines)).toBe('error: 2.0 s: is no size\nleft out 2 hooks …\n');
});
