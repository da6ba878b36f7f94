import { steps } from '../platform/flows/steps';
import { valuesKey } from '../platform/model';
import { type JsonObject, isJsonObject } from '../engine';
import { mapOf } from './pods';
import type { RenderedObject } from '../engine/renderers';

/** The object whose files Airflow mounts. */
const FLOW_FILES = 'flows/config-map';

/** The pod of a step, as its file has it. */
interface StepFile {
  readonly file: string;
  /** The service it runs as, as the key of its values. */
  readonly service: string;
  readonly pod: JsonObject;
}

/** The files that an object has for the flows, by their names; none where it is another object. */
export function flowFiles({ template, object }: RenderedObject): Readonly<Record<string, string>> {
  if (template !== FLOW_FILES) return {};
  // The data of a ConfigMap is text.
  return mapOf(object['data']) as Readonly<Record<string, string>>;
}

/** The pods among these files. */
export function podsInFiles(rendered: RenderedObject): StepFile[] {
  return Object.entries(flowFiles(rendered)).flatMap(([file, text]) => {
    const step = steps.find(({ name }) => file.startsWith(`${name}.`));
    const pod = JSON.parse(text) as unknown;
    return step === undefined || !isJsonObject(pod) ? [] : [{ file, service: valuesKey(step.service), pod }];
  });
}
