import { ApiObject, Chart } from 'cdk8s';
import {
  IntOrString,
  KubeDeployment,
  KubePod,
  KubeService,
  Quantity,
  type KubePodProps,
  type KubeServiceProps,
} from 'cdk8s-plus-28/lib/imports/k8s';
import {
  type Json,
  type JsonObject,
  type Value,
  eachOf,
  nonEmpty,
  spread,
  spreadMap,
  templated,
  text,
  theirsOr,
  when,
} from '../../../lib/engine';
import { evaluate, printYaml, symbolicApp } from '../../../lib/engine/renderers';
import { printScope, scopeWith, values } from './support';

/** What becomes of an object, as a template and in TypeScript. */
function captured(
  make: (chart: Chart) => ApiObject,
  overrides: JsonObject = {},
): { template: string; object: Json | undefined } {
  const { app, symbolicValues } = symbolicApp();
  const tree = symbolicValues.capture(make(new Chart(app, 'chart', { disableResourceNameHashes: true })));
  return { template: printYaml(tree, printScope()).join('\n'), object: evaluate(tree, scopeWith(overrides)) };
}

function pod(
  spec: KubePodProps['spec'] | Parameters<typeof templated<KubePodProps>>[0]['spec'],
  overrides?: JsonObject,
): { template: string; spec: Json | undefined } {
  const { template, object } = captured(
    (chart) => new KubePod(chart, 'pod', templated<KubePodProps>({ metadata: { name: 'p' }, spec })),
    overrides,
  );
  return { template, spec: (object as JsonObject)['spec'] };
}

const C = { name: 'c', image: 'i' };

describe('through the types of the API', () => {
  test('scalars, whole lists and whole maps', () => {
    const { spec } = pod({
      nodeSelector: values.labels,
      containers: [{ ...C, image: values.name, command: values.items }],
    });
    expect(spec).toEqual({
      nodeSelector: { a: '1', b: '2' },
      containers: [{ name: 'c', image: 'n', command: ['b', 'a'] }],
    });
  });

  test('a whole structure', () => {
    const { spec, template } = pod({ affinity: values.any as never, containers: [C] });
    expect(spec).toMatchObject({ affinity: { x: [1] } });
    expect(template).toContain('affinity: {{ .Values.any | toRawJson }}');
  });

  test('items of lists: some, several, none', () => {
    const { spec } = pod({
      containers: [
        {
          ...C,
          args: [
            'x',
            values.name,
            when(values.off, 'never'),
            when(values.on, values.mode),
            spread(values.items),
            text`${values.size}`,
          ],
        },
      ],
    });
    expect(spec).toMatchObject({ containers: [{ args: ['x', 'n', 'two', 'b', 'a', '3'] }] });
  });

  test('loops, with structures in them', () => {
    const { spec } = pod({
      containers: [
        {
          ...C,
          ports: [eachOf(values.ports, 'port', (port) => ({ name: port.name, containerPort: port.number }))],
        },
      ],
    });
    expect(spec).toMatchObject({
      containers: [
        {
          ports: [
            { name: 'http', containerPort: 80 },
            { name: 'grpc', containerPort: 90 },
          ],
        },
      ],
    });
  });

  test('quantities, with values or without', () => {
    const { spec } = pod({
      containers: [
        {
          ...C,
          resources: {
            limits: {
              cpu: Quantity.fromNumber(2),
              memory: Quantity.fromString('1Gi'),
              'nvidia.com/gpu': values.size as unknown as Quantity,
            },
          },
        },
      ],
    });
    expect(spec).toMatchObject({
      containers: [{ resources: { limits: { cpu: 2, memory: '1Gi', 'nvidia.com/gpu': 3 } } }],
    });
  });

  test('ports by name or number', () => {
    const make = (targetPort: IntOrString): Json | undefined =>
      captured(
        (chart) =>
          new KubeService(
            chart,
            's',
            templated<KubeServiceProps>({
              metadata: { name: 's' },
              spec: { ports: [{ port: values.size, targetPort }] },
            }),
          ),
      ).object;
    expect(make(IntOrString.fromString('http'))).toMatchObject({
      spec: { ports: [{ port: 3, targetPort: 'http' }] },
    });
    expect(make(IntOrString.fromNumber(8080))).toMatchObject({
      spec: { ports: [{ port: 3, targetPort: 8080 }] },
    });
    expect(make(values.size as unknown as IntOrString)).toMatchObject({
      spec: { ports: [{ port: 3, targetPort: 3 }] },
    });
  });

  test('fields that the API spells in another way', () => {
    const { object } = captured(
      (chart) =>
        new KubeService(
          chart,
          's',
          templated<KubeServiceProps>({
            metadata: { name: 's' },
            spec: { clusterIp: values.name, loadBalancerIp: when(values.on, values.name) },
          }),
        ),
    );
    expect(object).toMatchObject({ spec: { clusterIP: 'n', loadBalancerIP: 'n' } });
  });

  test('fields that are newer than the types, where something in them is symbolic', () => {
    const { spec } = pod({
      containers: [{ ...C, lifecycle: { preStop: { sleep: { seconds: values.size } } as never } }],
    });
    expect(spec).toMatchObject({ containers: [{ lifecycle: { preStop: { sleep: { seconds: 3 } } } }] });
  });

  test('conditions in conditions', () => {
    const make = (overrides: JsonObject): Json | undefined =>
      pod(
        {
          securityContext: when(values.on, {
            runAsUser: when(values.off, values.size),
            runAsNonRoot: values.on,
          }),
          containers: [C],
        },
        overrides,
      ).spec;
    expect(make({})).toEqual({ securityContext: { runAsNonRoot: true }, containers: [C] });
    expect(make({ off: true })).toEqual({
      securityContext: { runAsNonRoot: true, runAsUser: 3 },
      containers: [C],
    });
    expect(make({ on: false })).toEqual({ containers: [C] });
  });

  test('a condition around a list that has conditions in it', () => {
    const volumes = when(nonEmpty(values.name), [
      { name: 'a', emptyDir: {} },
      when(values.off, { name: values.name, emptyDir: {} }),
    ]);
    expect(pod({ volumes, containers: [C] }).spec).toMatchObject({ volumes: [{ name: 'a', emptyDir: {} }] });
    expect(pod({ volumes, containers: [C] }, { off: true }).spec).toMatchObject({
      volumes: [{ name: 'a' }, { name: 'n' }],
    });
    expect(pod({ volumes, containers: [C] }, { name: '' }).spec).toEqual({ containers: [C] });
  });

  test("the user's structure or ours", () => {
    const make = (overrides: JsonObject): Json | undefined =>
      pod({ securityContext: theirsOr(values.any, { runAsUser: values.size }), containers: [C] }, overrides)
        .spec;
    expect(make({})).toMatchObject({ securityContext: { x: [1] } });
    expect(make({ any: {} })).toMatchObject({ securityContext: { runAsUser: 3 } });
  });

  test('names, labels and annotations', () => {
    const { object, template } = captured(
      (chart) =>
        new KubePod(
          chart,
          'pod',
          templated<KubePodProps>({
            metadata: {
              name: text`${values.mode}-x`,
              labels: { fixed: 'f', ...spreadMap(values.labels) },
              annotations: { z: when(values.on, values.name) as unknown as Value<string> },
            },
            spec: { containers: [C] },
          }),
        ),
    );
    expect(object).toMatchObject({
      metadata: { name: 'two-x', labels: { fixed: 'f', a: '1', b: '2' }, annotations: { z: 'n' } },
    });
    expect(template).toContain(
      '  name: {{ .Values.mode }}-x\n  labels:\n    fixed: f\n    {{- with .Values.labels }}',
    );
  });

  test('an object of no type', () => {
    const { object } = captured(
      (chart) =>
        new ApiObject(chart, 'o', {
          apiVersion: 'v1',
          kind: 'Thing',
          metadata: { name: 'o' },
          spec: { size: values.size, parts: [when(values.off, 1), { a: values.name }] },
        }),
    );
    expect(object).toMatchObject({ apiVersion: 'v1', kind: 'Thing', spec: { size: 3, parts: [{ a: 'n' }] } });
  });
});

test('an object can be captured again, with the same result', () => {
  const { app, symbolicValues } = symbolicApp();
  const chart = new Chart(app, 'chart', { disableResourceNameHashes: true });
  const deployment = new KubeDeployment(
    chart,
    'd',
    templated({
      metadata: { name: values.mode },
      spec: {
        replicas: values.size,
        selector: { matchLabels: { a: 'b' } },
        template: { spec: { containers: [C] } },
      },
    }) as never,
  );
  const first = evaluate(symbolicValues.capture(deployment), scopeWith());
  expect(evaluate(symbolicValues.capture(deployment), scopeWith())).toEqual(first);
  expect(first).toMatchObject({ metadata: { name: 'two' }, spec: { replicas: 3 } });
});

test('a symbolic value cannot become text by accident', () => {
  expect(() => 'x' + (values.name as unknown as string)).toThrow('.Values.name has no text yet');
  expect(() => String(values.name)).toThrow('.Values.name has no text yet');
});
