import { Reference, valueOf, type Value } from '../template';

/** What Helm tells a template of its release. */
export const release: { readonly name: Value<string>; readonly namespace: Value<string> } = {
  name: valueOf(new Reference('Release', ['Name'], 'string')),
  namespace: valueOf(new Reference('Release', ['Namespace'], 'string')),
};
