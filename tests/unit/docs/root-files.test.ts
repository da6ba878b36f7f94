import { existsSync, readFileSync } from 'node:fs';
import packageFacts from '../../../package.json';

const read = (file: string): string => readFileSync(file, 'utf8');

test('.nvmrc names the oldest Node that is supported, and that the program is bundled for', () => {
  const version = read('.nvmrc').trim();
  expect(packageFacts.engines.node).toBe(`>=${version}`);
  expect(read('scripts/build.mjs')).toContain(`target: 'node${version}'`);
});

test.each(['CONTRIBUTING.md', 'SECURITY.md'])('%s points at pages and headings that are there', (page) => {
  const links = [...read(page).matchAll(/\]\(([^)#]+)(?:#([^)]+))?\)/g)];
  expect(links.length).toBeGreaterThan(1);
  for (const [, file = '', anchor] of links) {
    expect([file, existsSync(file)]).toEqual([file, true]);
    const headings = [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^a-z0-9 -]/g, '')
        .replaceAll(' ', '-'),
    );
    if (anchor !== undefined) expect(headings).toContain(anchor);
  }
});
