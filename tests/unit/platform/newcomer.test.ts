import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type * as Charts from '../../../lib/charts';
import type * as Render from '../../../lib/render';
import type { JsonObject } from '../../../lib/template';
import type * as Values from '../../../lib/values';
import { replaceOnce } from '../../../scripts/support/replace-once.cjs';

/** The blocks of the page: what follows the line that names a file. */
interface Block {
  readonly file: string;
  readonly isDiff: boolean;
  readonly text: string;
}

const page = readFileSync('docs/contributing.md', 'utf8');
const section = page.slice(page.indexOf('## Add a service'));
const blocks = [...section.matchAll(/^( *)```(ts|diff)\n([^]*?)^ *```$/gm)].map(
  ([, indent = '', language, text = '']): Block => {
    const [first = '', ...rest] = text.split('\n').map((line) => line.slice(indent.length));
    return { file: first.replace(/^\/\/ /, ''), isDiff: language === 'diff', text: rest.join('\n') };
  },
);

/** Applies the hunks of a diff to a file, each at the only place that it fits. */
function patched(file: string, diff: string): string {
  return diff
    .split('@@\n')
    .filter((hunk) => hunk.trim() !== '')
    .reduce(
      (current, hunk) => {
        const lines = hunk.split('\n').filter((line) => line !== '');
        const side = (others: string): string =>
          lines
            .filter((line) => !line.startsWith(others))
            .map((line) => line.slice(1))
            .join('\n');
        return replaceOnce(current, { replace: side('+'), by: side('-') }, file);
      },
      readFileSync(file, 'utf8'),
    );
}

const copy = mkdtempSync(join(tmpdir(), 'newcomer-'));
afterAll(() => rmSync(copy, { recursive: true }));

for (const part of ['lib', 'imports', 'values', 'package.json'])
  cpSync(part, join(copy, part), { recursive: true });
symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
for (const { file, isDiff, text } of blocks) {
  const path = join(copy, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, isDiff ? patched(path, text) : text);
}

const charts = jest.requireActual<typeof Charts>(join(copy, 'lib/charts'));
const render = jest.requireActual<typeof Render>(join(copy, 'lib/render'));
const values = jest.requireActual<typeof Values>(join(copy, 'lib/values'));

const NAME = 'linker';
const description = charts.describePlatform();
const all = values.defaultValues() as unknown as JsonObject;
/** Switched on, so that every kind is there. */
const scope = render.evaluationScope(
  {
    ...all,
    secrets: { ...(all['secrets'] as JsonObject), backend: 'externalSecrets' },
    monitoring: {
      ...(all['monitoring'] as JsonObject),
      serviceMonitors: { enabled: true, interval: '10s', scrapeTimeout: '8s', labels: {} },
    },
  },
  { name: 'medkg', namespace: 'medkg' },
);

test('the page has a new file, and a change of the index', () => {
  expect(blocks.map(({ file, isDiff }) => [file, isDiff])).toEqual([
    [`lib/platform/services/${NAME}.ts`, false],
    ['lib/platform/services/index.ts', true],
  ]);
});

test('nothing else has to be changed for all objects to be there', () => {
  const objects = render
    .renderObjects(description, scope)
    .filter(({ template }) => template.startsWith(`${NAME}/`));
  expect(objects.map(({ object }) => object['kind']).sort()).toEqual([
    'Deployment',
    'ExternalSecret',
    'HorizontalPodAutoscaler',
    'NetworkPolicy',
    'PodDisruptionBudget',
    'SecretStore',
    'Service',
    'ServiceAccount',
    'ServiceMonitor',
  ]);
  expect(charts.brokenRules(scope)).toEqual([]);
});

test('the values, their schema and the chart know the service', () => {
  expect(all['services']).toHaveProperty(NAME);
  expect(values.valuesJsonSchema()).toHaveProperty(`properties.services.properties.${NAME}`);
  const files = render.renderChart(description);
  expect([...files.keys()].filter((path) => path.startsWith(`templates/${NAME}/`))).toHaveLength(10);
  expect(files.get('values.yaml')).toMatch(new RegExp(`^  ${NAME}:$`, 'm'));
  expect(files.get(`templates/${NAME}/deployment.yaml`)).toContain(`$service := .Values.services.${NAME}`);
});
