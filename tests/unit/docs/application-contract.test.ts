import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { services } from '../../../lib/platform/services';
import { applicationContract } from '../../../lib/analysis/application-contract';

const page = readFileSync(join(__dirname, '../../../docs/application-contract.md'), 'utf8');

test('docs/application-contract.md is up to date (npm run docs)', () => {
  expect(page).toBe(applicationContract());
});

test.each(services.map((record) => [record.name, record] as const))(
  'the page tells each assumption about %s',
  (name, record) => {
    const section = page.split(`\n## ${name}\n`)[1]?.split('\n## ')[0] ?? '';
    for (const { what, taken } of record.assumptions) expect(section).toContain(`| ${what} | ${taken} |`);
    expect(section).toContain(`| port | ${record.port.container}, named http |`);
  },
);
