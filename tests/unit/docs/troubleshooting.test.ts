import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocks, documented, pattern } from '../../cluster/support/troubleshooting';

const tests = join(__dirname, '../..');
const page = readFileSync(join(tests, '../docs/troubleshooting.md'), 'utf8');

/** Every quoted word of the tests that run on a control plane or on nodes. */
const quoted = new Set(
  ['cluster', 'nodes']
    .map((folder) => join(tests, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
    )
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/'([a-z0-9-]+)'/g)].map(([, word]) => word)),
);

/** The name of a heading in a link. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');

test('each block has an id of its own', () => {
  const names = blocks().map(({ language, id, helm = 'both' }) => `${language} ${id} ${helm}`);
  expect(names.length).toBeGreaterThan(0);
  expect(names).toEqual([...new Set(names)]);
});

test('each fence with an id is understood', () => {
  expect(page.match(/^```.*id=/gm)).toHaveLength(blocks().length);
});

test('each message is compared with, and each command run, by a test', () => {
  const ids = [...new Set(blocks().map(({ id }) => id))];
  expect(ids.filter((id) => !quoted.has(id))).toEqual([]);
});

test('an id that the page does not have is an error', () => {
  expect(() => documented('no-such-message')).toThrow('no block ```text id=no-such-message');
  expect(() => documented('hook-failed')).toThrow('id=hook-failed');
});

test('a message is matched word by word, with anything for what stands in brackets', () => {
  const message = pattern('pods "<name>" is forbidden:\n  exceeded quota: <quota> (1.5)');
  expect('Error: pods "a-1" is forbidden: exceeded quota: limit (1.5)').toMatch(message);
  expect('Error: pods "" is forbidden: exceeded quota: limit (1.5)').not.toMatch(message);
  expect('Error: pods "a-1" is forbidden: exceeded quota: limit (1x5)').not.toMatch(message);
  expect('Error: pods "a-1" is forbidden, exceeded quota: limit (1.5)').not.toMatch(message);
});

test('the table at the top leads to every section, and nowhere else', () => {
  const sections = [...page.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => anchor(heading));
  const table = page
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .join('\n');
  const links = [...table.matchAll(/\(#([a-z0-9-]+)\)/g)].map(([, link]) => link);
  expect([...new Set(links)].sort()).toEqual(
    sections.filter((section) => section !== 'it-is-over-when').sort(),
  );
  expect(
    [...page.matchAll(/\(#([a-z0-9-]+)\)/g)]
      .map(([, link]) => link)
      .filter((link) => !sections.includes(link ?? '')),
  ).toEqual([]);
});
