/** Records that nobody wrote: whatever a record may say, its values and its objects are legal. */
import Ajv, { type ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { load } from 'js-yaml';
import type * as Services from '../../../lib/platform/services';
import { defineService, valuesKey, type ServiceRecord } from '../../../lib/platform/model';
import { chunker } from '../../../lib/platform/services/chunker';
import { extract } from '../../../lib/platform/services/extract';
import { splade } from '../../../lib/platform/services/splade';
import { objectProblems } from '../../../lib/analysis';
import type { JsonObject } from '../../../lib/engine';
import {
  definitionsOf,
  renderChart,
  renderObjects,
  AJV_OPTIONS,
  brokenRules,
} from '../../../lib/engine/renderers';
import { defaultsOf, shapeOf } from '../../../lib/values/service';
import type * as Records from '../../equivalence/records';
import { combinations, recordWith, traitsText, type Traits } from '../../equivalence/records';
import { description, Platform, records, scopeOf } from '../../support/platform';

/** The platform of this file has a drawn record for every combination, behind those that there are. */
jest.mock('../../../lib/platform/services', () => {
  const ours = jest.requireActual<typeof Services>('../../../lib/platform/services');
  const drawn = jest.requireActual<typeof Records>('../../equivalence/records');
  const services = [...ours.services, ...drawn.drawnRecords(drawn.combinations, 12)];
  return { ...ours, services, allServices: () => services };
});

interface Row {
  readonly traits: Traits;
  readonly record: ServiceRecord;
}

/** Each drawn record with what it was drawn from. */
const drawn = combinations.map((traits, i): Row => {
  const record = records.find(({ name }) => name === `drawn-${i}`);
  if (record === undefined) throw new Error(`no drawn-${i}`);
  return { traits, record };
});
const rows = drawn.map((row) => [traitsText(row.traits), row] as const);

/** Everything on that makes a further object. */
const ON: JsonObject = {
  secrets: { backend: 'externalSecrets' },
  monitoring: { serviceMonitors: { enabled: true } },
  ingress: { enabled: true, host: 'api.example.org' },
  gateway: { enabled: true, host: 'api.example.org', parentRef: { name: 'edge' } },
};

/** What the schema of a record refuses; each shape is compiled once. */
function refused(record: ServiceRecord): unknown {
  const schema = shapeOf(record);
  const name = schema['$ref'] as string;
  const validate =
    compiled.get(name) ?? new Ajv(AJV_OPTIONS).compile({ ...schema, definitions: definitionsOf(schema) });
  compiled.set(name, validate);
  return validate(defaultsOf(record)) ? [] : validate.errors;
}
const compiled = new Map<string, ValidateFunction>();

describe('the values of a record', () => {
  test.each(rows)('its schema accepts its defaults: %s', (_what, { traits }) => {
    fc.assert(
      fc.property(recordWith('drawn', traits), (record) => expect(refused(record)).toEqual([])),
      {
        numRuns: 20,
      },
    );
  });

  test('records with other facets have another shape, and those with the same ones share it', () => {
    const shapeBy = new Map(
      drawn.map(({ traits: { exposed, minAvailable, gpu }, record }) => [
        JSON.stringify([exposed, minAvailable, gpu]),
        shapeOf(record)['$ref'] as string,
      ]),
    );
    expect(new Set(shapeBy.values()).size).toBe(shapeBy.size);
    expect(shapeBy.size).toBe(16);
  });
});

describe('the chart', () => {
  const files = renderChart(description);
  const values = load(files.get('values.yaml') ?? '') as { services: JsonObject };

  test('its schema accepts its values', () => {
    const validate = new Ajv(AJV_OPTIONS).compile(
      JSON.parse(files.get('values.schema.json') ?? '') as object,
    );
    validate(values);
    expect(validate.errors).toBeNull();
  });

  test.each(rows)('its values are the defaults of the record: %s', (_what, { record }) => {
    expect(values.services[valuesKey(record.name)]).toEqual(defaultsOf(record));
  });

  test('there is nothing to complain about, as it starts and with everything on', () => {
    for (const scope of [scopeOf(), scopeOf(undefined, ON)]) {
      expect(brokenRules(description, scope)).toEqual([]);
      expect(objectProblems(renderObjects(description, scope))).toEqual([]);
    }
  });
});

/** The least number of pods that the chart starts with. */
function leastOf({ scaling }: ServiceRecord): number {
  return scaling.mode === 'fixed' ? scaling.replicas : scaling.minReplicas;
}

function kindsOf({ traits, record }: Row): string[] {
  const { mode } = record.scaling;
  return [
    ...['Deployment', 'NetworkPolicy', 'Service', 'ServiceAccount', 'ServiceMonitor'],
    ...(mode === 'hpa' ? ['HorizontalPodAutoscaler'] : []),
    ...(mode === 'keda' ? ['ScaledObject'] : []),
    ...(leastOf(record) > 1 ? ['PodDisruptionBudget'] : []),
    ...(record.secrets.length > 0 ? ['ExternalSecret', 'SecretStore'] : []),
    ...(traits.exposed ? ['HTTPRoute', 'Ingress'] : []),
    ...(traits.gpu === 'vllm' ? ['Job', 'NetworkPolicy', 'PersistentVolumeClaim'] : []),
    ...(traits.kubernetes ? ['Role', 'RoleBinding'] : []),
  ].sort();
}

describe('the objects of a record', () => {
  const rendered = renderObjects(description, scopeOf(undefined, ON));

  test.each(rows)('all that it asks for, and no other: %s', (_what, row) => {
    const own = rendered.filter(({ template }) => template.startsWith(`${row.record.name}/`));
    expect(own.map(({ object }) => object['kind']).sort()).toEqual(kindsOf(row));
  });
});

describe('the values of a facet are in its objects', () => {
  const overrides = drawn.map(({ traits, record }) => [
    valuesKey(record.name),
    {
      scaling: { mode: 'fixed', fixed: { replicas: 9 } },
      disruptionBudget: { maxUnavailable: 2, ...(traits.minAvailable ? { minAvailable: 7 } : {}) },
      ...(traits.exposed ? { exposure: { type: 'NodePort' } } : {}),
      ...(traits.gpu === 'none' ? {} : { gpu: { pool: 'vllm-gpu', count: 3 } }),
      ...(traits.gpu === 'vllm' ? { user: { uid: 4321 }, model: { name: 'another/model' } } : {}),
    },
  ]);
  const scope = scopeOf(undefined, { services: Object.fromEntries(overrides) as JsonObject });
  const platform = new Platform(scope);

  test('they break no rule', () => {
    expect(brokenRules(description, scope)).toEqual([]);
  });

  test.each(rows)('%s', (_what, { traits, record }) => {
    const budget = platform.one('PodDisruptionBudget', record.name).spec;
    expect([budget.minAvailable, budget.maxUnavailable]).toEqual(
      traits.minAvailable ? [7, undefined] : [undefined, 2],
    );
    expect(platform.one('Service', record.name).spec.type).toBe(traits.exposed ? 'NodePort' : 'ClusterIP');
    const { spec } = platform.pod(record.name);
    const { args = [], resources } = platform.main(record.name);
    expect(resources?.limits?.['nvidia.com/gpu']).toBe(traits.gpu === 'none' ? undefined : 3);
    expect(spec.nodeSelector?.['gpu_type']).toBe(traits.gpu === 'none' ? undefined : 'a100');
    expect(spec.securityContext?.runAsUser).toBe(traits.gpu === 'vllm' ? 4321 : record.user.uid);
    expect(args.includes('another/model')).toBe(traits.gpu === 'vllm');
    expect(spec.automountServiceAccountToken).toBe(traits.kubernetes);
    expect('preferredDuringSchedulingIgnoredDuringExecution' in (spec.affinity?.nodeAffinity ?? {})).toBe(
      traits.prefersHighMemory,
    );
  });
});

test('a record with vLLM needs a GPU: it does not compile without', () => {
  const vllm = { model: 'example/model', servedName: 'model' };
  defineService({ ...splade, vllm });
  // @ts-expect-error: it has no GPU at all
  defineService({ ...chunker, vllm });
  // @ts-expect-error: its GPU may be missing
  expect(defineService({ ...extract, vllm }).name).toBe('extract');
});
