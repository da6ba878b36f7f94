import { identityOf, isHook } from '../analysis';
import { toYaml, type RenderedObject } from '../engine/renderers';

/** Objects to apply, and those that only Helm can run. */
export interface Manifests {
  readonly applied: readonly RenderedObject[];
  readonly hooks: readonly RenderedObject[];
}

/** Takes out the hooks: `kubectl apply` would run them at the wrong time, and could not run them again. */
export function withoutHooks(objects: readonly RenderedObject[]): Manifests {
  return {
    applied: objects.filter(({ object }) => !isHook(object)),
    hooks: objects.filter(({ object }) => isHook(object)),
  };
}

/** One file an object, by its path. */
export function manifestFiles(objects: readonly RenderedObject[]): Map<string, string> {
  return new Map(objects.map(({ template, object }) => [`${template}.yaml`, toYaml(object)]));
}

/** All objects as one stream of documents. */
export function manifestStream(objects: readonly RenderedObject[]): string {
  return objects.map(({ template, object }) => `---\n# ${template}.yaml\n${toYaml(object)}`).join('');
}

/** Says what was left out. */
export function hookNote(hooks: readonly RenderedObject[]): string {
  return `left out ${hooks.length} Helm hooks, which only helm install runs: ${hooks.map(({ object }) => identityOf(object)).join(', ')}`;
}
