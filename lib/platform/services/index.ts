import type { Role, ServiceRecord } from '../model';
import type { PeerName } from '../peers';
import { api } from './api';
import { catalog } from './catalog';
import { chunker } from './chunker';
import { evaluation } from './eval';
import { extract } from './extract';
import { indexer } from './indexer';
import { ingest } from './ingest';
import { mineru } from './mineru';
import { parser } from './parser';
import { qwenEmbedVllm } from './qwen-embed-vllm';
import { splade } from './splade';

/** All services, in the order of the values, the chart and the documentation. */
export const services = [
  api,
  ingest,
  parser,
  chunker,
  splade,
  qwenEmbedVllm,
  mineru,
  indexer,
  extract,
  evaluation,
  catalog,
] as const;

/** The name of a service. */
export type ServiceName = (typeof services)[number]['name'];

/** Whom a service may call: one of ours, or a peer. */
export type Called = ServiceName | PeerName;

/** A record of the index, of either kind: it has one of our names, and calls nobody whom we do not know. */
export type Service = Known<ServiceRecord>;
type Known<R> = R extends ServiceRecord
  ? Omit<R, 'name' | 'calls'> & { readonly name: ServiceName; readonly calls: readonly Called[] }
  : never;

/** All services, in the type that has every optional member; a call of nobody whom we know does not compile. */
export function allServices(): readonly Service[] {
  return services;
}

type InRole<R extends Role> = Extract<(typeof services)[number], { readonly role: R }>;

/** The service in a role. */
export function serviceInRole<R extends Role>(role: R): InRole<R> {
  const found = services.find((service): service is InRole<R> => roleOf(service) === role);
  if (found === undefined) throw new Error(`no service is the ${role}`);
  return found;
}

function roleOf({ role }: ServiceRecord): Role | undefined {
  return role;
}
