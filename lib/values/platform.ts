import { Type, type Static } from '@sinclair/typebox';
import { CIDR, closed, flag, integer, line, listOfPassedThrough, shared, url } from './shapes';

/** What runs elsewhere, and which calls get through. */

export const External = closed(
  {
    opensearchUrl: url('OpenSearch', 'https://search.example.org'),
    neo4jUri: url('Neo4j', 'neo4j+s://graph.example.org:7687'),
    kafkaBrokers: line('Kafka brokers, joined by commas; empty for none', {
      pattern: '^[A-Za-z0-9.,:_-]*$',
      maxLength: 2048,
    }),
    redisUrl: url('Redis, for caches; empty for none', 'redis://cache.example.org:6379'),
    objectStoreUri: url('Object storage', 's3://medkg-artifacts'),
    llm: closed({
      url: url(
        'Language model for extraction and entity linking, with the API of OpenAI',
        'https://llm.example.org/v1',
      ),
      model: line('Its name', { pattern: '^[A-Za-z0-9._/:-]+$', maxLength: 255 }),
    }),
  },
  'What runs elsewhere',
);
export const defaultExternal: Static<typeof External> = {
  opensearchUrl: 'https://opensearch.example.org:9200',
  neo4jUri: 'neo4j+s://neo4j.example.org:7687',
  kafkaBrokers: '',
  redisUrl: '',
  objectStoreUri: 's3://example-medkg-artifacts',
  llm: { url: 'https://llm.example.org/v1', model: 'qwen2.5-72b-instruct' },
};

const peer = closed({
  selectors: listOfPassedThrough('Pods, by podSelector and namespaceSelector'),
  blocks: Type.Array(
    closed({
      cidr: line('Network', { pattern: CIDR }),
      except: Type.Array(line('', { pattern: CIDR }), {
        description: 'Networks inside of it that do not belong',
      }),
    }),
    { description: 'Networks' },
  ),
  ports: Type.Array(integer('', 1, 65535), {
    description: 'TCP ports; of those who call us our own port counts',
  }),
});
/** Ends of calls that are not ours, by pods and networks. */
export const peerShape = shared('peer', peer);

export const Network = closed(
  {
    policies: flag('Make NetworkPolicies: everything is closed, and the calls of the model are opened'),
    peers: closed({
      edge: peerShape,
      monitoring: peerShape,
      telemetry: peerShape,
      vault: peerShape,
      dns: peerShape,
      opensearch: peerShape,
      neo4j: peerShape,
      kafka: peerShape,
      redis: peerShape,
      llm: peerShape,
      aws: {
        ...peerShape,
        description:
          'Logins to AWS: the agent of EKS Pod Identity on the node; with IRSA the endpoint of STS, at port 443',
      },
      internet: peerShape,
      airflow: { ...peerShape, description: 'Where tasks of Airflow run: a guard asks vLLM for its health' },
    }),
  },
  'Who may talk to whom. A peer without selectors and networks is closed',
);
export const defaultNetwork: Static<typeof Network> = {
  policies: true,
  peers: {
    edge: { selectors: [], blocks: [{ cidr: '10.0.0.0/16', except: [] }], ports: [] },
    monitoring: {
      selectors: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
      blocks: [],
      ports: [],
    },
    telemetry: {
      selectors: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
      blocks: [],
      ports: [4317, 4318],
    },
    vault: {
      selectors: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'vault' } } }],
      blocks: [],
      ports: [8200],
    },
    dns: {
      selectors: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
          podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
        },
      ],
      blocks: [{ cidr: '169.254.20.10/32', except: [] }],
      ports: [53],
    },
    opensearch: { selectors: [], blocks: [{ cidr: '10.0.0.0/16', except: [] }], ports: [443, 9200] },
    neo4j: { selectors: [], blocks: [{ cidr: '10.0.0.0/16', except: [] }], ports: [7687] },
    kafka: { selectors: [], blocks: [{ cidr: '10.0.0.0/16', except: [] }], ports: [9092, 9098] },
    redis: { selectors: [], blocks: [{ cidr: '10.0.0.0/16', except: [] }], ports: [6379] },
    llm: { selectors: [], blocks: [{ cidr: '10.0.0.0/16', except: [] }], ports: [443] },
    aws: { selectors: [], blocks: [{ cidr: '169.254.170.23/32', except: [] }], ports: [80] },
    internet: {
      selectors: [],
      blocks: [
        {
          cidr: '0.0.0.0/0',
          except: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'],
        },
      ],
      ports: [443],
    },
    airflow: {
      // Where tasks run: with LocalExecutor that is the scheduler.
      selectors: ['worker', 'scheduler'].map((component) => ({
        podSelector: { matchLabels: { tier: 'airflow', component } },
      })),
      blocks: [],
      ports: [],
    },
  },
};
