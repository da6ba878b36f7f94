/**
 * What the suites on clusters judge: the objects that their own values render, each with a hash of what it says. The
 * landing check compares these lists with those of origin/main.
 */
import { createHash } from 'node:crypto';
import { platformScope } from '../lib/render';
import { type Description, type JsonObject, toRawJson } from '../lib/engine';
import { readValuesInput, renderObjects, finalValues } from '../lib/engine/renderers';
import { catalogue } from '../lib/umbrella';

/** Parts are off: what they add changes nothing here. */
const PARTS_OFF = ['airflow.enabled=false'];

/** The values files of each list, and whether parts are on. */
const BASES: Readonly<
  Record<string, { readonly files: readonly string[]; readonly set?: readonly string[] }>
> = {
  dev: { files: ['base-dev'] },
  staging: { files: ['base-staging'] },
  prod: { files: ['base-prod'] },
  flows: { files: ['base-prod', 'base-flows'] },
  // What no environment switches on, and scenarios do.
  everything: { files: ['everything'], set: PARTS_OFF },
  'vault-agent': { files: ['vault-agent'], set: PARTS_OFF },
};

/** The lists, by path. */
export function baseObjects(description: Description): Map<string, string> {
  return new Map(
    Object.entries(BASES).map(([name, { files, set = [] }]) => [
      `tests/values/objects/${name}.txt`,
      listed(
        description,
        files.map((file) => `tests/values/${file}.yaml`),
        set,
      ),
    ]),
  );
}

function listed(description: Description, files: readonly string[], set: readonly string[]): string {
  const { overrides } = readValuesInput({ files, set, setString: [] });
  // The defaults are of the type of all values, which is JSON.
  const values = finalValues(catalogue, overrides);
  const scope = platformScope(values, { name: 'medkg', namespace: 'medkg' });
  return renderObjects(description, scope)
    .map(({ object }) => `${hash(object)}  ${nameOf(object)}\n`)
    .sort((a, b) => (a.slice(18) < b.slice(18) ? -1 : 1))
    .join('');
}

function hash(object: JsonObject): string {
  return createHash('sha256').update(toRawJson(object)).digest('hex').slice(0, 16);
}

function nameOf({ kind, metadata }: JsonObject): string {
  // Every object of Kubernetes has both.
  return `${kind as string}/${(metadata as { readonly name: string }).name}`;
}
