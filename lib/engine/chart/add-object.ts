import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { templated, When, type TemplatedProps } from '../template';
import { Conditional } from './described-construct';

/** A class of objects: an L1 class of cdk8s, or one that was made from a custom resource. */
type ObjectClass<P> = new (scope: Construct, id: string, props?: P) => ApiObject;

/**
 * Adds an object to a folder of templates, or to a construct or a loop in one: its template is `<folder>/<file>.yaml`.
 * Each part of its properties may be symbolic; all of them in a `when` are an object that is there only if the
 * condition holds.
 */
export function addObject<P extends object>(
  scope: Construct,
  file: string,
  Kind: ObjectClass<P>,
  props: TemplatedProps<NoInfer<P>> | When<TemplatedProps<NoInfer<P>>>,
): ApiObject {
  if (!(props instanceof When)) return new Kind(scope, file, templated<P>(props));
  return new Kind(new Conditional(scope, `when-${file}`, props.condition), file, templated<P>(props.body));
}
