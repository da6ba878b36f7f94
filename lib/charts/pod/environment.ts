import type { EnvVar } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Peer } from '../../platform/model';
import { services } from '../../platform/services';
import { jsonOf, nonEmpty, text, when, type Item, type Value } from '../../template';
import { nameOf } from '../helpers/names';
import { serviceScope, type ServiceScope } from '../part';
import { values as platform } from '../values';
import type { PodFragment } from './fragment';

/** What a pod learns from its environment: who it is, whom it calls, and where that is. */
export function environment({ record }: ServiceScope): PodFragment {
  const constants = Object.entries(record.env).map(([name, value]) => ({ name, value }));
  return {
    env: [
      ...constants,
      ...(record.configuration ? application(record.name) : []),
      ...record.calls.flatMap(endpoint),
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

const { external } = platform;

/** The variables by which a peer is found; the others are found by the configuration, or by their name. */
const PEER_VARIABLES: Readonly<Partial<Record<Peer, readonly (readonly [string, Value<string>])[]>>> = {
  opensearch: [['ES_URL', external.opensearchUrl]],
  neo4j: [['NEO4J_URI', external.neo4jUri]],
  kafka: [['KAFKA_BROKERS', external.kafkaBrokers]],
  redis: [['REDIS_URL', external.redisUrl]],
  llm: [
    ['LLM_API_BASE', external.llm.url],
    ['LLM_MODEL', external.llm.model],
  ],
  internet: [['OBJECT_STORE_URI', external.objectStoreUri]],
};

function endpoint(called: string): Item<EnvVar>[] {
  const service = services.find(({ name }) => name === called);
  if (service === undefined) return peerVariables(PEER_VARIABLES[called as Peer] ?? []);
  return [{ name: urlVariable(called), value: urlOf(called) }];
}

/** A peer is there when its address, which comes first, is given. */
function peerVariables(variables: readonly (readonly [string, Value<string>])[]): Item<EnvVar>[] {
  const [address] = variables;
  if (address === undefined) return [];
  return variables.map(([name, value]) => when(nonEmpty(address[1]), { name, value }));
}

/** The variable that tells the address of one of our services; vLLM's is the application's own. */
function urlVariable(called: string): string {
  return called === 'qwen-embed-vllm'
    ? 'VLLM_API_BASE'
    : `MEDKG_${called.toUpperCase().replaceAll('-', '_')}_URL`;
}

/** The address of one of our services inside of the namespace. */
function urlOf(called: string): Value<string> {
  const { record, values } = serviceScope(called);
  const address = text`http://${nameOf(called)}:${values.servicePort}`;
  return record.health.underBasePath ? text`${address}${platform.api.basePath}` : address;
}
