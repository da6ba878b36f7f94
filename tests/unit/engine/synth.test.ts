import { ApiObject, Chart, JsonPatch, Testing, type App } from 'cdk8s';
import { evaluate, symbolicApp, type JsonObject } from '../../../lib/engine/renderers';
import { scopeWith, values } from './support';

/** An object with two symbolic fields, and one in its name. */
function made(props: JsonObject = {}): { app: App; chart: Chart; object: ApiObject; capture: () => unknown } {
  const { app, symbolicValues } = symbolicApp();
  const chart = new Chart(app, 'chart');
  const object = new ApiObject(chart, 'thing', {
    apiVersion: 'v1',
    kind: 'Thing',
    metadata: { name: values.name as unknown as string },
    spec: { plain: 1, size: values.size, list: [{ name: values.name }, { name: 'b' }], 'a/b': values.on },
    ...props,
  });
  return { app, chart, object, capture: () => evaluate(symbolicValues.capture(object), scopeWith()) };
}

const REFUSED =
  /chart\/thing: metadata\.name is symbolic, and cdk8s has no values to fill it with; let describeObjects/;

describe('cdk8s does not write what is symbolic by itself', () => {
  test.each<[string, (app: App, chart: Chart, object: ApiObject) => unknown]>([
    [
      'app.synth',
      (app) => {
        app.synth();
      },
    ],
    ['app.synthYaml', (app) => app.synthYaml()],
    ['chart.toJson', (_app, chart) => chart.toJson() as unknown],
    ['Testing.synth', (_app, chart) => Testing.synth(chart) as unknown],
    ['object.metadata.toJson', (_app, _chart, object) => object.metadata.toJson() as unknown],
  ])('%s', (_what, synth) => {
    const { app, chart, object } = made();
    expect(() => synth(app, chart, object)).toThrow(REFUSED);
  });

  test('nor where it was captured before', () => {
    const { app, capture } = made();
    capture();
    expect(() => app.synthYaml()).toThrow(REFUSED);
  });

  test('but what is plain', () => {
    const { app, chart } = (() => {
      const { app: plain } = symbolicApp();
      return { app: plain, chart: new Chart(plain, 'chart') };
    })();
    new ApiObject(chart, 'thing', {
      apiVersion: 'v1',
      kind: 'Thing',
      metadata: { name: 'n' },
      spec: { a: 1 },
    });
    expect(app.synthYaml()).toContain('a: 1');
  });
});

describe('a patch', () => {
  test('beside what is symbolic does its work', () => {
    const { object, capture } = made();
    object.addJsonPatch(
      JsonPatch.replace('/spec/plain', 2),
      JsonPatch.add('/metadata/labels', { a: 'b' }),
      JsonPatch.replace('/spec/list/1', { name: 'c' }),
    );
    expect(capture()).toEqual({
      apiVersion: 'v1',
      kind: 'Thing',
      metadata: { name: 'n', labels: { a: 'b' } },
      spec: { plain: 2, size: 3, list: [{ name: 'n' }, { name: 'c' }], 'a/b': true },
    });
  });

  test.each<[string, JsonPatch, string]>([
    [
      'of a symbolic field',
      JsonPatch.add('/spec/size', 5),
      'a patch touches /spec/size, and spec.size is symbolic',
    ],
    ['of what has one', JsonPatch.replace('/spec', {}), 'a patch touches /spec, and spec.size is symbolic'],
    [
      'that moves items of a list',
      JsonPatch.remove('/spec/list/1'),
      '/spec/list/1, and spec.list.0.name is symbolic',
    ],
    ['of a key with a slash', JsonPatch.add('/spec/a~1b', 1), 'spec.a/b is symbolic'],
    ['that takes one away', JsonPatch.move('/spec/list', '/spec/others'), 'spec.list.0.name is symbolic'],
    [
      'with a symbolic value',
      JsonPatch.replace('/spec/plain', { deep: values.size }),
      'chart/thing: the patch of /spec/plain holds a symbolic value; give it to the object where it is made',
    ],
  ])('%s is refused', (_what, patch, message) => {
    const { object, capture } = made();
    object.addJsonPatch(patch);
    expect(capture).toThrow(message);
  });
});

test.each<[string, (labels: Record<string, string>) => JsonObject | object]>([
  ['in the metadata', (labels) => ({ metadata: { labels: { a: 'b', ...labels } } })],
  ['in the object', (labels) => ({ data: { a: 'b', ...labels } })],
])('a symbolic map is not spread as a plain one: %s', (_where, props) => {
  const { capture } = made(props(values.labels as unknown as Record<string, string>) as JsonObject);
  expect(capture).toThrow(
    /a symbolic map is spread in (metadata\.labels|data) beside a; write \.\.\.spreadMap\(map\)/,
  );
});
