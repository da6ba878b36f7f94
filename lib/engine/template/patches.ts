import type { ApiObject } from 'cdk8s';
import { isValue } from './value';

/** One operation of a JSON patch (RFC 6902). */
interface Operation {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

/** The patches of an object. cdk8s applies them before what is symbolic is put back, and would lose one of the two. */
function operationsOf(object: ApiObject): Operation[] {
  // Private to TypeScript: cdk8s has no other way to see whether there are any.
  const { patches } = object as unknown as { readonly patches: readonly { _toJson(): Operation }[] };
  return patches.map((patch) => patch._toJson());
}

/** Throws where a patch brings a symbolic value: cdk8s copies it as JSON. */
export function assertPlainPatches(object: ApiObject): void {
  for (const { path, value } of operationsOf(object))
    if (holdsValue(value))
      throw new Error(
        `${object.node.path}: the patch of ${path} holds a symbolic value; give it to the object where it is made`,
      );
}

function holdsValue(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return false;
  return isValue(part) || Object.values(part).some(holdsValue);
}

/** Throws where a patch touches a place that is symbolic. */
export function assertPatchesBeside(object: ApiObject, holes: readonly (readonly string[])[]): void {
  for (const operation of operationsOf(object)) {
    const touched = touchedBy(operation);
    const hole = holes.find((path) =>
      touched.some((pointer) => isWithin(path, pointer) || isWithin(pointer, path)),
    );
    if (hole !== undefined)
      throw new Error(
        `${object.node.path}: a patch touches ${operation.path}, and ${hole.join('.')} is symbolic; change it where the object is made`,
      );
  }
}

/** The places that an operation touches: where it moves the items of a list, the whole list. */
function touchedBy({ op, path, from }: Operation): string[][] {
  return [path, ...(from === undefined ? [] : [from])].map((pointer) => {
    const steps = pointer
      .split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    return !['replace', 'test'].includes(op) && /^(\d+|-)$/.test(steps.at(-1) ?? '')
      ? steps.slice(0, -1)
      : steps;
  });
}

function isWithin(path: readonly string[], outer: readonly string[]): boolean {
  return outer.every((step, i) => path[i] === step);
}
