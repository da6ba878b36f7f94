import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { disruptionsOf, type Disruption } from '../../../lib/analysis/disruption';
import { disruptionPage } from '../../../lib/analysis/disruption-page';
import type { JsonObject } from '../../../lib/engine';
import { ENVIRONMENTS, type Environment } from '../../../lib/platform/environments';
import { description, forService, scopeOf } from '../../support/platform';
import { renderNotes, renderObjects } from '../../../lib/engine/renderers';

function objectsOf(environment: Environment, overrides: JsonObject = {}): JsonObject[] {
  return renderObjects(description, scopeOf(environment, overrides)).map(({ object }) => object);
}

function disruptionOf(service: string, overrides: JsonObject): Disruption | undefined {
  return disruptionsOf(objectsOf('prod', forService(service, overrides))).find(
    (disruption) => disruption.service === service,
  );
}

/** The services that the notes of the chart say to be interrupted. */
function interruptedByNotes(environment: Environment, overrides: JsonObject = {}): string[] {
  const notes = renderNotes(description, scopeOf(environment, overrides));
  return [...notes.matchAll(/^WARNING: an update interrupts (\S+):/gm)].map(([, service = '']) => service);
}

test('docs/disruption.md is up to date (npm run docs)', () => {
  const page = readFileSync(join(__dirname, '../../../docs/disruption.md'), 'utf8');
  expect(page).toBe(disruptionPage(new Map(ENVIRONMENTS.map((name) => [name, objectsOf(name)]))));
});

test.each([
  ['dev', []],
  ['staging', ['splade', 'qwen-embed-vllm', 'mineru']],
  ['prod', []],
] as const)('%s: the notes name the services that an update interrupts', (environment, expected) => {
  expect(interruptedByNotes(environment)).toEqual(expected);
});

test.each([
  ['a single pod that no spare one replaces', { rollout: { maxSurge: 1, maxUnavailable: 1 } }, ['eval']],
  ['a single pod that a spare one replaces', { rollout: { maxSurge: 1, maxUnavailable: 0 } }, []],
  ['no pod at all', { scaling: { fixed: { replicas: 0 } }, rollout: { maxSurge: 0, maxUnavailable: 1 } }, []],
  ['a service that is switched off', { enabled: false, rollout: { maxSurge: 0, maxUnavailable: 1 } }, []],
  [
    'more missing than there are',
    { scaling: { fixed: { replicas: 2 } }, rollout: { maxSurge: 0, maxUnavailable: 3 } },
    ['eval'],
  ],
])('the notes and the rendered strategy say the same of %s', (_what, overrides, expected) => {
  const changed = forService('eval', overrides);
  expect(interruptedByNotes('prod', changed)).toEqual(expected);
  const interrupted = disruptionsOf(objectsOf('prod', changed)).filter(
    ({ pods, update }) => pods > 0 && update === 0,
  );
  expect(interrupted.map(({ service }) => service)).toEqual(expected);
});

test.each([
  ['without a budget, a drain takes all', { disruptionBudget: { enabled: false } }, { update: 2, drain: 0 }],
  ['a wider budget lets more go', { disruptionBudget: { maxUnavailable: 2 } }, { update: 2, drain: 0 }],
  [
    'KEDA sets the least number',
    { scaling: { mode: 'keda', keda: { minReplicas: 5, fallbackReplicas: 5 } } },
    { pods: 5, update: 5, drain: 4 },
  ],
  [
    'the autoscaler sets the least number',
    { scaling: { mode: 'hpa', hpa: { minReplicas: 3 } } },
    { pods: 3, update: 3, drain: 2 },
  ],
])('%s', (_what, overrides, expected) => {
  expect(disruptionOf('parser', overrides)).toMatchObject(expected);
});

test('the budget of the API is a number that stays', () => {
  const more = { scaling: { hpa: { minReplicas: 6 } } };
  expect(disruptionOf('api', more)).toMatchObject({ pods: 6, update: 6, drain: 3 });
});
