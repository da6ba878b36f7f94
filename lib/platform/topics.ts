import type { Assumption } from './model';
import type { ServiceName } from './services';

/** Topics of Kafka. Brokers make none by themselves, so that a name that is not here does not exist. */
export interface Topic {
  readonly name: string;
  /** As many as there may be pods that read it, or more: further pods would have nothing to do. */
  readonly partitions: number;
  readonly retention: keyof typeof retentionDays;
  readonly writers: readonly ServiceName[];
  readonly readers: readonly ServiceName[];
}

/** Days that messages are kept: what passes through, and what somebody may ask for later. */
export const retentionDays = { transient: 7, audit: 30 } as const;

/** How producers and brokers compress. */
export const TOPIC_COMPRESSION = 'lz4';

const DAY = 24 * 60 * 60 * 1000;

/** How long a topic keeps its messages, as Kafka wants it. */
export function retentionMilliseconds({ retention }: Topic): number {
  return retentionDays[retention] * DAY;
}

/** Requests and results of the flow ingest → parse → chunk → embed → index → extract. */
const flow: readonly Topic[] = [
  transient('ingest.requests.v1', 6, ['api'], ['ingest']),
  transient('ingest.results.v1', 9, ['ingest'], ['parser']),
  transient('chunk.requests.v1', 9, ['parser'], ['chunker']),
  transient('embed.requests.v1', 6, ['chunker'], ['indexer']),
  transient('embed.results.v1', 6, ['indexer'], ['extract']),
  transient('mapping.events.v1', 3, ['extract'], ['eval']),
];

/** Every process reads all messages of it, in their order: one partition. */
const reload = transient(
  'config.updates',
  1,
  ['api', 'catalog'],
  ['api', 'ingest', 'parser', 'chunker', 'indexer', 'extract', 'eval', 'catalog'],
);

const audit: Topic = {
  name: 'audit.events.v1',
  partitions: 3,
  retention: 'audit',
  writers: ['api', 'ingest', 'parser', 'chunker', 'indexer', 'extract', 'eval', 'catalog'],
  readers: [],
};

/** What could not be processed, and what waits for a person. */
const leftOver: readonly Topic[] = [
  transient('facet_gen_fail', 3, ['chunker'], []),
  transient('extract_schema_fail', 3, ['extract'], []),
  transient('kg_write_fail', 3, ['indexer', 'extract', 'catalog'], []),
  transient('el_review', 3, ['extract'], []),
  transient('extract_review', 3, ['extract'], []),
  transient('kg_conflict', 3, ['indexer', 'extract', 'catalog'], []),
];

/** All topics. */
export const topics: readonly Topic[] = [...flow, reload, audit, ...leftOver];

/** The application has no client of Kafka yet: what its documents do not say. */
export const topicAssumptions: readonly Assumption[] = [
  { what: 'who writes and who reads', taken: 'the order of the flow, and the names' },
  { what: 'partitions', taken: 'a multiple of three brokers, no fewer than the pods that may read' },
  { what: 'name of the audit topic', taken: 'audit.events.v1, like the others' },
  { what: 'dead letters and reviews', taken: 'topics, by the first of the two names that each has' },
];

function transient(
  name: string,
  partitions: number,
  writers: readonly ServiceName[],
  readers: readonly ServiceName[],
): Topic {
  return { name, partitions, retention: 'transient', writers, readers };
}
