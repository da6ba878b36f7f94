import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { services } from '../platform/services';
import { valuesKey, type ServiceRecord } from '../platform/model';
import { Airflow, defaultAirflow } from './airflow';
import { Configuration } from './configuration';
import { defaultConfiguration } from './configuration-defaults';
import { Defaults, defaultKnobs } from './knobs';
import * as platform from './platform';
import { defaultsOf, shapeOf, type ValuesOf } from './service';
import { closed, definitions, flag, line, oneOf } from './shapes';

type KeyOf<N extends string> = ReturnType<typeof valuesKey<N>>;
type Services = typeof services;
type ServicesByKey = {
  [
    I in Exclude<keyof Services, keyof (readonly unknown[])> as Services[I] extends ServiceRecord
      ? KeyOf<Services[I]['name']>
      : never
  ]: Services[I];
};

/** Values of all services, by their key. */
export type AllServiceValues = {
  -readonly [K in keyof ServicesByKey]: ValuesOf<Extract<ServicesByKey[K], ServiceRecord>>;
};
/** `api`, `qwenEmbedVllm`, … */
export type ServiceKey = keyof AllServiceValues;

function servicesSchema(records: readonly ServiceRecord[]): ReturnType<typeof Type.Unsafe<AllServiceValues>> {
  const properties = Object.fromEntries(
    records.map((record): [string, TSchema] => [
      valuesKey(record.name),
      { ...shapeOf(record), description: record.description },
    ]),
  );
  // Each shape follows from the same facts of the record as its static type.
  return Type.Unsafe<AllServiceValues>(closed(properties, 'The services'));
}

/** Every value of the chart. */
export const Values = Type.Object(
  {
    enabled: Type.Optional(flag('Read by a parent chart that lists this one with a condition')),
    global: platform.Global,
    environment: oneOf('Which environment this is: the application reads it too', ['dev', 'staging', 'prod']),
    fullnameOverride: line(
      "Takes the place of the release's name in names and selectors; another one replaces every object",
      {
        pattern: '^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
        maxLength: 63,
      },
    ),
    image: platform.Image,
    defaults: Defaults,
    services: servicesSchema(services),
    gpu: platform.Gpu,
    priorityClasses: platform.PriorityClasses,
    api: platform.Api,
    ingress: platform.Ingress,
    gateway: platform.Gateway,
    network: platform.Network,
    secrets: platform.Secrets,
    external: platform.External,
    monitoring: platform.Monitoring,
    config: Configuration,
    airflow: Airflow,
    hooks: platform.Hooks,
    tests: platform.Tests,
    extraObjects: Type.Array(platform.ExtraObject, { description: 'Further objects, as they are' }),
  },
  { additionalProperties: false },
);

export type Values = Static<typeof Values>;

/** What the chart starts with: the values of production stand in values/prod.yaml, and so on. */
export function defaultValues(records: readonly ServiceRecord[] = services): Values {
  return {
    global: {},
    environment: 'dev',
    fullnameOverride: '',
    image: platform.defaultImage,
    defaults: defaultKnobs,
    // One entry a record, each with the members that its shape asks for.
    services: Object.fromEntries(
      records.map((record) => [valuesKey(record.name), defaultsOf(record)]),
    ) as unknown as AllServiceValues,
    gpu: platform.defaultGpu,
    priorityClasses: platform.defaultPriorityClasses,
    api: platform.defaultApi,
    ingress: platform.defaultIngress,
    gateway: platform.defaultGateway,
    network: platform.defaultNetwork,
    secrets: platform.defaultSecrets,
    external: platform.defaultExternal,
    monitoring: platform.defaultMonitoring,
    config: defaultConfiguration,
    airflow: defaultAirflow,
    hooks: platform.defaultHooks,
    tests: platform.defaultTests,
    extraObjects: [],
  };
}

/** `values.schema.json`: draft-07, shared shapes once. */
export function valuesJsonSchema(): Record<string, unknown> {
  return JSON.parse(
    JSON.stringify({
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: 'Values of the chart medical-kg',
      ...Values,
      definitions,
    }),
  ) as Record<string, unknown>;
}
