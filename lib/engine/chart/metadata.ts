import { text, type Value } from '../template';
import { release } from './release';

/** The metadata that objects which belong together have in common. */
export interface CommonMetadata {
  readonly name: Value<string>;
  /** What a selector asks for: it stays when the chart gets a new version. */
  readonly labels: {
    readonly 'app.kubernetes.io/name': string;
    readonly 'app.kubernetes.io/instance': Value<string>;
  };
}

/** `<release>-<component>`, with the labels that Kubernetes recommends: two releases in a namespace have none in common. */
export function metadataOf(component: string): CommonMetadata {
  return {
    name: text`${release.name}-${component}`,
    labels: { 'app.kubernetes.io/name': component, 'app.kubernetes.io/instance': release.name },
  };
}
