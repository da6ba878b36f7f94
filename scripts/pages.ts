/** The pages of docs/, and the lists of objects, that are made from the code, by path. */
import { readFileSync } from 'node:fs';
import { describePlatform, catalogue } from '../lib/umbrella';
import { applicationContract } from '../lib/analysis/application-contract';
import { disruptionPage } from '../lib/analysis/disruption-page';
import { platformScope } from '../lib/render';
import type { JsonObject } from '../lib/engine';
import { readValuesInput, renderObjects, finalValues } from '../lib/engine/renderers';
import { ENVIRONMENTS, environmentFile } from '../lib/umbrella/environments';
import { baseObjects } from './base-objects';
import { enginePage } from './engine-page';

const description = describePlatform();

export function pages(): Map<string, string> {
  return new Map([
    ['docs/application-contract.md', applicationContract()],
    ['docs/disruption.md', disruptionPage(new Map(ENVIRONMENTS.map((name) => [name, objectsOf(name)])))],
    ['docs/engine.md', enginePage(readFileSync('docs/engine.md', 'utf8'))],
    ...baseObjects(description),
  ]);
}

function objectsOf(environment: string): JsonObject[] {
  const files = [environmentFile('.', environment)];
  const { overrides } = readValuesInput({ files, set: [], setString: [] });
  const values = finalValues(catalogue, overrides);
  const scope = platformScope(values, { name: 'medkg', namespace: 'medkg' });
  return renderObjects(description, scope).map(({ object }) => object);
}
