import type { EnvVar } from 'cdk8s-plus-28/lib/imports/k8s';
import { isPeer, toldOf, type PeerName } from '../../platform/peers';
import type { Called, Service } from '../../platform/services';
import { type Item, jsonOf, nonEmpty, text, when } from '../../engine';
import { addressOf, type CallingService, type End } from '../ends';
import { externalValue } from '../external';
import { nameOf } from '../helpers/names';
import { serviceScope } from '../scope';
import { values as platform } from '../values';
import type { PodFragment } from './fragment';

/** What a pod learns from its environment: who it is, whom it calls, and where that is. */
export function environment({ record, ends }: CallingService): PodFragment {
  const constants = Object.entries(record.env).map(([name, value]) => ({ name, value }));
  return {
    env: [
      ...constants,
      ...(record.configuration ? application(record.name) : []),
      ...record.calls.flatMap((called) => endpoint(called, ends)),
    ],
  };
}

/** Variables that the application's own programs read. */
function application(name: string): Item<EnvVar>[] {
  const { otlpEndpoint } = platform.monitoring;
  return [
    { name: 'CONFIG_ENV', value: platform.environment },
    { name: 'MEDKG_SERVICE_NAME', value: name },
    when(nonEmpty(otlpEndpoint), { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: otlpEndpoint }),
    when(nonEmpty(otlpEndpoint), {
      name: 'MEDKG_TRACE_SAMPLE_RATE',
      value: jsonOf(platform.config.observability.traceSampleRate),
    }),
  ];
}

/** How whoever calls somebody learns where that is. */
function endpoint(called: Called, ends: readonly End[]): Item<EnvVar>[] {
  if (isPeer(called)) return peerVariables(called, ends);
  const { record, values } = serviceScope(called);
  const address = text`http://${nameOf(called)}:${values.servicePort}`;
  const value = record.health.underBasePath ? text`${address}${platform.api.basePath}` : address;
  return [{ name: addressVariable(record), value }];
}

/** A peer is there when its address is given, or a part answers it. */
function peerVariables(peer: PeerName, ends: readonly End[]): Item<EnvVar>[] {
  const [first, ...others] = toldOf(peer);
  if (first === undefined) return [];
  const address = addressOf(peer, externalValue(first), ends);
  return [
    { name: first.variable, value: address },
    ...others.map((setting) => ({ name: setting.variable, value: externalValue(setting) })),
  ].map((variable) => when(nonEmpty(address), variable));
}

/** The variable that tells the address of one of our services. */
function addressVariable({ name, addressVariable: own }: Service): string {
  return own ?? `MEDKG_${name.toUpperCase().replaceAll('-', '_')}_URL`;
}
