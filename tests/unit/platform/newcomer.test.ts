import type { JsonObject } from '../../../lib/engine';
import { done } from '../../support/page';

const { blocks, umbrella, render, engine } = done('Add a service');

const NAME = 'linker';
const description = umbrella.describePlatform();
const all = umbrella.defaultValues() as unknown as JsonObject;
/** Switched on, so that every kind is there. */
const scope = render.platformScope(
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
  expect(blocks.map(({ file, kind }) => [file, kind])).toEqual([
    [`lib/platform/services/${NAME}.ts`, 'ts'],
    ['lib/platform/services/index.ts', 'diff'],
  ]);
});

test('nothing else has to be changed for all objects to be there', () => {
  const objects = engine
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
  expect(engine.brokenRules(description, scope)).toEqual([]);
});

test('the values, their schema and the chart know the service', () => {
  expect(all['services']).toHaveProperty(NAME);
  expect(umbrella.valuesJsonSchema()).toHaveProperty(`properties.services.properties.${NAME}`);
  const files = engine.renderChart(description);
  expect([...files.keys()].filter((path) => path.startsWith(`templates/${NAME}/`))).toHaveLength(10);
  expect(files.get('values.yaml')).toMatch(new RegExp(`^  ${NAME}:$`, 'm'));
  expect(files.get(`templates/${NAME}/deployment.yaml`)).toContain(`$service := .Values.services.${NAME}`);
});
