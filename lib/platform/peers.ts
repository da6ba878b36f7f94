import { taskPods } from './airflow';
import { inNamespace, inSubnets, type Place } from './places';

/**
 * The ends of calls that are not our services, one row each, and nowhere else. A row is a name for `calls`, a value under
 * `network.peers`, values under `external`, and variables of the pods that call the peer.
 */
export interface PeerRecord extends Place {
  /** What its name does not say. */
  readonly description?: string;
  /** How it is asked, where TCP is not all. */
  readonly protocols?: readonly ('UDP' | 'TCP')[];
  /** What callers are told of it, by the key under `external`: one value, or a group. Its address comes first. */
  readonly external?: Readonly<Record<string, PeerSetting | PeerSettings>>;
}

/** A value under `external`. */
export interface PeerSetting {
  /** The variable that tells it. */
  readonly variable: string;
  readonly description: string;
  readonly kind: 'address' | 'brokers' | 'model';
  readonly example?: string;
  /** What the chart starts with; without an address the peer is not there. */
  readonly standard: string;
}

/** A group of them. */
export type PeerSettings = Readonly<Record<string, PeerSetting>>;

/** The peers, in the order of their values. */
export const peers = {
  edge: inSubnets('public', []),
  monitoring: inNamespace('monitoring', []),
  telemetry: inNamespace('monitoring', [4317, 4318]),
  vault: inNamespace('vault', [8200]),
  dns: {
    pods: [{ namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }],
    // The cache on the node.
    networks: [{ cidr: '169.254.20.10/32' }],
    ports: [53],
    protocols: ['UDP', 'TCP'],
  },
  opensearch: {
    ...inSubnets('data', [443, 9200]),
    external: {
      opensearchUrl: {
        variable: 'ES_URL',
        description: 'OpenSearch',
        kind: 'address',
        example: 'https://search.example.org',
        standard: 'https://opensearch.example.org:9200',
      },
    },
  },
  neo4j: {
    ...inSubnets('data', [7687]),
    external: {
      neo4jUri: {
        variable: 'NEO4J_URI',
        description: 'Neo4j',
        kind: 'address',
        example: 'neo4j+s://graph.example.org:7687',
        standard: 'neo4j+s://neo4j.example.org:7687',
      },
    },
  },
  kafka: {
    ...inSubnets('data', [9092, 9098]),
    external: {
      kafkaBrokers: {
        variable: 'KAFKA_BROKERS',
        description: 'Kafka brokers, joined by commas; empty for none',
        kind: 'brokers',
        standard: '',
      },
    },
  },
  redis: {
    ...inSubnets('all', [6379]),
    external: {
      redisUrl: {
        variable: 'REDIS_URL',
        description: 'Redis, for caches; empty for none',
        kind: 'address',
        example: 'redis://cache.example.org:6379',
        standard: '',
      },
    },
  },
  llm: {
    ...inSubnets('all', [443]),
    external: {
      llm: {
        url: {
          variable: 'LLM_API_BASE',
          description: 'Language model for extraction and entity linking, with the API of OpenAI',
          kind: 'address',
          example: 'https://llm.example.org/v1',
          standard: 'https://llm.example.org/v1',
        },
        model: {
          variable: 'LLM_MODEL',
          description: 'Its name',
          kind: 'model',
          standard: 'qwen2.5-72b-instruct',
        },
      },
    },
  },
  aws: {
    description:
      'Logins to AWS: the agent of EKS Pod Identity on the node; with IRSA the endpoint of STS, at port 443',
    pods: [],
    networks: [{ cidr: '169.254.170.23/32' }],
    ports: [80],
  },
  internet: {
    pods: [],
    networks: [
      {
        cidr: '0.0.0.0/0',
        except: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'],
      },
    ],
    ports: [443],
    external: {
      objectStoreUri: {
        variable: 'OBJECT_STORE_URI',
        description: 'Object storage',
        kind: 'address',
        example: 's3://medkg-artifacts',
        standard: 's3://example-medkg-artifacts',
      },
    },
  },
  airflow: {
    description: 'Where tasks of Airflow run: a guard asks vLLM for its health',
    pods: taskPods.map((labels) => ({ labels })),
    networks: [],
    ports: [],
  },
} as const satisfies Readonly<Record<string, PeerRecord>>;

/** One of them. */
export type PeerName = keyof typeof peers;

/** Whether somebody who is called is a peer, and none of our services. */
export function isPeer(called: string): called is PeerName {
  return Object.hasOwn(peers, called);
}

/** Their names, in the order of their values. */
export const peerNames: readonly PeerName[] = Object.keys(peers).filter(isPeer);

/** The row of a peer, in the type that has every optional member. */
export function peerRecord(name: PeerName): PeerRecord {
  return peers[name];
}

/** A value under `external`, with its path there. */
export interface ExternalSetting extends PeerSetting {
  readonly path: readonly string[];
}

/** The peer that a value under `external` tells of. */
export function peerOf({ variable }: ExternalSetting): PeerName {
  const found = peerNames.find((name) => toldOf(name).some((told) => told.variable === variable));
  if (found === undefined) throw new Error(`no peer is told of by ${variable}`);
  return found;
}

/** What callers of a peer are told; its address comes first. */
export function toldOf(name: PeerName): ExternalSetting[] {
  return entriesOf(name).flatMap(settingsAt);
}

/** Whether it is one value, and no group. */
export function isSetting(told: PeerSetting | PeerSettings): told is PeerSetting {
  return typeof told['variable'] === 'string';
}

type Entry = readonly [key: string, told: PeerSetting | PeerSettings];

function entriesOf(name: PeerName): readonly Entry[] {
  return Object.entries(peerRecord(name).external ?? {});
}

function settingsAt([key, told]: Entry): ExternalSetting[] {
  if (isSetting(told)) return [{ ...told, path: [key] }];
  return Object.entries(told).map(([member, setting]) => ({ ...setting, path: [key, member] }));
}

const entries = peerNames.flatMap(entriesOf);

/** The entries of `external`, in their order: values that stand alone, and then groups. */
export const externalEntries: readonly Entry[] = [
  ...entries.filter(([, told]) => isSetting(told)),
  ...entries.filter(([, told]) => !isSetting(told)),
];

/** All values under `external`, in their order. */
export const externalSettings: readonly ExternalSetting[] = externalEntries.flatMap(settingsAt);
