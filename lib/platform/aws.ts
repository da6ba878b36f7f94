import type { Assumption } from './model';
import type { ServiceName } from './services';
import { topics } from './topics';

/** What the services ask of AWS: each needs a role of its own, and no other needs one. */
export interface AwsAccess {
  /** Buckets, by what they are for. */
  readonly readsBuckets: readonly BucketRole[];
  readonly writesBuckets: readonly BucketRole[];
  /** Topics: brokers that ask for IAM let nobody in without a role. */
  readonly readsTopics: readonly string[];
  readonly writesTopics: readonly string[];
}

/** What a bucket is for. Snapshots, audit and logs are written by stores and controllers, never by a service. */
export type BucketRole = 'artifacts' | 'embeddings';

type Buckets = Pick<AwsAccess, 'readsBuckets' | 'writesBuckets'>;

const READS: Buckets = { readsBuckets: ['artifacts'], writesBuckets: [] };
const READS_AND_WRITES: Buckets = { readsBuckets: ['artifacts'], writesBuckets: ['artifacts'] };

/** The services that get `OBJECT_STORE_URI`, which are those that may call out. */
const buckets: Readonly<Partial<Record<ServiceName, Buckets>>> = {
  ingest: READS_AND_WRITES,
  parser: READS_AND_WRITES,
  chunker: READS,
  mineru: READS_AND_WRITES,
  indexer: { readsBuckets: ['artifacts', 'embeddings'], writesBuckets: ['embeddings'] },
  extract: READS,
  eval: READS,
  catalog: READS_AND_WRITES,
};

/** The documents name the buckets' contents, but not who reads and writes them. */
export const awsAssumptions: readonly Assumption[] = [
  {
    what: 'downloads, intermediate representation, MinerU output',
    taken: 'ingest, parser, mineru write them',
  },
  { what: 'vocabularies', taken: 'catalog keeps them with the artifacts' },
  { what: 'embeddings', taken: 'the indexer keeps them, where there is a bucket for them' },
  { what: 'all others that get OBJECT_STORE_URI', taken: 'read the artifacts' },
];

/** What a service asks of AWS; undefined where it asks nothing. */
export function awsAccess(service: ServiceName): AwsAccess | undefined {
  const named = (of: 'readers' | 'writers'): string[] =>
    topics.filter((topic) => topic[of].includes(service)).map(({ name }) => name);
  const { readsBuckets, writesBuckets } = buckets[service] ?? { readsBuckets: [], writesBuckets: [] };
  const [readsTopics, writesTopics] = [named('readers'), named('writers')];
  const asksNothing = [readsBuckets, writesBuckets, readsTopics, writesTopics].every(
    (list) => list.length === 0,
  );
  return asksNothing ? undefined : { readsBuckets, writesBuckets, readsTopics, writesTopics };
}
