import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENVIRONMENTS } from '../../../lib/platform/environments';
import { strayFiles } from '../../../lib/umbrella/environments';
import { manifestFiles, withoutHooks } from '../../../lib/cli/manifests';
import { done } from '../../support/page';
import { description, scopeOf } from '../../support/platform';
import { renderObjects } from '../../../lib/engine/renderers';

/** An environment is a name and a file: whoever follows the page has it in all that lists environments. */

const NAME = 'qa';
const { folder, blocks, medkg } = done('Add an environment');
const built = medkg('build');
const at = (path: string): string => join(folder, path);

test("every values file of the checkout is of an environment, Airflow's too", () => {
  expect(strayFiles('.')).toEqual([]);
  const airflow = readdirSync('values/airflow').filter((file) => file.endsWith('.yaml'));
  const known = ENVIRONMENTS.map((name) => `${name}.yaml`);
  expect(airflow.filter((file) => !known.some((name) => name === file))).toEqual([]);
});

test('the page has a change of the list, and a new file', () => {
  expect(blocks.map(({ kind, file }) => [kind, file])).toEqual([
    ['diff', 'lib/platform/environments.ts'],
    ['yaml', `values/${NAME}.yaml`],
  ]);
});

test('it is built with the others: manifests, and a file of the chart', () => {
  expect(built.exit).toBe(0);
  expect(readdirSync(at('dist/manifests')).sort()).toEqual([...ENVIRONMENTS, NAME].sort());
  const manifest = readFileSync(at(`dist/manifests/${NAME}/api/deployment.yaml`), 'utf8');
  expect(manifest).toContain(`- name: CONFIG_ENV\n              value: ${NAME}\n`);
  expect(manifest).toContain('https://opensearch.qa.example.org:9200');
  expect(existsSync(at(`dist/manifests/${NAME}/mineru/deployment.yaml`))).toBe(false);
  const chart = (file: string): string => readFileSync(at(`helm/medical-kg/${file}`), 'utf8');
  expect(chart(`values-${NAME}.yaml`)).toBe(readFileSync(at(`values/${NAME}.yaml`), 'utf8'));
  expect(chart('README.md')).toContain(`\`values-${NAME}.yaml\``);
  expect(chart('values.yaml')).toContain(`values-${NAME}.yaml`);
  expect(chart('values.schema.json')).toContain(`"${NAME}"`);
});

test('what the others render does not change', () => {
  const own = renderObjects(description, scopeOf('prod'));
  for (const [file, text] of manifestFiles(withoutHooks(own).applied))
    expect(readFileSync(at(`dist/manifests/prod/${file}`), 'utf8')).toBe(text);
});

test('the folder of the chart is still one that may be written again', () => {
  expect(medkg('chart')).toMatchObject({ exit: 0 });
});

test('validate, explain and capacity know it', () => {
  expect(medkg('validate', '--env', NAME)).toEqual({ exit: 0, said: `fine: ${NAME}\n` });
  expect(medkg('explain', 'external.opensearchUrl').said).toMatch(
    /qa +"https:\/\/opensearch\.qa\.example\.org:9200/,
  );
  expect(medkg('explain', 'Deployment/medkg-api', '--env', NAME)).toMatchObject({ exit: 0 });
  expect(medkg('capacity', '--env', NAME)).toMatchObject({ exit: 0 });
});

test('without roots of its own it needs nothing of Terraform', () => {
  expect(medkg('terraform-facts', '--env', 'dev')).toMatchObject({ exit: 0 });
  expect(medkg('terraform-facts', '--check')).toEqual({ exit: 0, said: 'fresh: 2 files\n' });
  expect(readdirSync(at('terraform/environments'))).toEqual(['dev']);
});

describe('a file that is there before its name is on the list', () => {
  const stray = at('values/load-2.yaml');
  const sentence =
    /load-2\.yaml:1:1: no environment load-2: add it to lib\/platform\/environments\.ts \(docs\/contributing\.md, "Add an environment"\), or keep the file elsewhere\n/;
  beforeAll(() => writeFileSync(stray, 'environment: load-2\n'));
  afterAll(() => rmSync(stray));

  test.each([
    ['build', 2],
    ['chart', 2],
    ['package', 2],
    ['validate', 1],
  ])('%s says what to do', (command, exit) => {
    const outcome = medkg(command);
    expect(outcome.exit).toBe(exit);
    expect(outcome.said).toMatch(sentence);
  });

  test('nothing was written, and who asks for another environment gets it', () => {
    expect(existsSync(at('dist/manifests/load-2'))).toBe(false);
    expect(medkg('validate', '--env', 'prod')).toEqual({ exit: 0, said: 'fine: prod\n' });
  });
});
