import { Type, type TSchema } from '@sinclair/typebox';
import { services as all } from '../../platform/services';
import { valuesKey, type ServiceRecord } from '../../platform/model';
import { defaultsOf, shapeOf, type ValuesOf } from '../service';
import { closed, group } from '../../engine';

type KeyOf<N extends string> = ReturnType<typeof valuesKey<N>>;
type Services = typeof all;
type ServicesByKey = {
  [
    I in Exclude<keyof Services, keyof (readonly unknown[])> as Services[I] extends ServiceRecord
      ? KeyOf<Services[I]['name']>
      : never
  ]: Services[I];
};

/** Values of all services, by their key. */
type AllServiceValues = {
  -readonly [K in keyof ServicesByKey]: ValuesOf<Extract<ServicesByKey[K], ServiceRecord>>;
};

const records: readonly ServiceRecord[] = all;

function schema(): ReturnType<typeof Type.Unsafe<AllServiceValues>> {
  const properties = Object.fromEntries(
    records.map((record): [string, TSchema] => [
      valuesKey(record.name),
      { ...shapeOf(record), description: record.description },
    ]),
  );
  // Each shape follows from the same facts of the record as its static type.
  return Type.Unsafe<AllServiceValues>(closed(properties, 'The services'));
}

export const services = group(
  schema(),
  // One entry a record, each with the members that its shape asks for.
  Object.fromEntries(
    records.map((record) => [valuesKey(record.name), defaultsOf(record)]),
  ) as unknown as AllServiceValues,
);
