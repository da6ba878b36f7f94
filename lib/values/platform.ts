import { Type, type Static } from '@sinclair/typebox';
import { gpuPools, gpuTypes } from '../platform/pools';
import { image } from './service';
import {
  CIDR,
  closed,
  DNS_LABEL,
  DNS_SUBDOMAIN,
  flag,
  HOURS,
  integer,
  line,
  listOfPassedThrough,
  MINUTES,
  oneOf,
  optionalName,
  shared,
  stringMap,
} from './shapes';

/** Values of the platform as a whole, a group each, with what the chart starts with. */

/** Printable ASCII without `$`: an address may stand in config.yaml, where `${` is a placeholder. */
const url = (description: string, example: string): ReturnType<typeof line> =>
  line(description, { pattern: '^$|^[a-z][a-z0-9+.-]*://[!-#%-~]+$', maxLength: 2048, examples: [example] });

export const Image = closed(
  {
    registry: line('Registry of our images; global.imageRegistry wins', {
      pattern: '^[a-z0-9.-]+(:[0-9]+)?$',
      maxLength: 255,
    }),
    repositoryPrefix: line('Put before the repository of our images', {
      pattern: '^[a-z0-9._/-]*$',
      maxLength: 255,
    }),
    tag: line('Tag of our images; empty takes the version of the application', {
      pattern: '^$|^[A-Za-z0-9_][A-Za-z0-9_.-]*$',
      maxLength: 128,
    }),
    pullPolicy: oneOf('When the kubelet pulls', ['IfNotPresent', 'Always', 'Never']),
  },
  'Where our images are',
);
export const defaultImage: Static<typeof Image> = {
  registry: 'ghcr.io',
  repositoryPrefix: 'example-org/medkg-',
  tag: '',
  pullPolicy: 'IfNotPresent',
};

const pool = closed({ gpuType: oneOf('Type of the GPUs, the label gpu_type of the nodes', gpuTypes) });
export const Gpu = closed(
  {
    pools: Type.Unsafe<Record<string, Static<typeof pool>>>({
      type: 'object',
      description:
        'Pools of GPU nodes by name. Nodes carry gpu=true, gpu_type=TYPE and the taint dedicated=POOL:NoSchedule',
      propertyNames: { pattern: DNS_LABEL, maxLength: 63 },
      additionalProperties: pool,
    }),
  },
  'GPU nodes',
);
export const defaultGpu: Static<typeof Gpu> = {
  pools: Object.fromEntries(gpuPools.map(({ name, gpuType }) => [name, { gpuType }])),
};

export const PriorityClasses = closed(
  {
    create: flag('Make two PriorityClasses (cluster-wide; their names carry namespace and release)'),
    serving: integer('Priority of what answers users', 0, 1000000000),
    batch: integer('Priority of what may wait', 0, 1000000000),
  },
  'Who is evicted for whom. A service may name an existing class instead, with priorityClassName',
);
export const defaultPriorityClasses: Static<typeof PriorityClasses> = {
  create: true,
  serving: 100000,
  batch: 10000,
};

export const Monitoring = closed(
  {
    serviceMonitors: closed({
      enabled: flag("Make a ServiceMonitor a service (needs the Prometheus operator's definitions)"),
      interval: line('Time between two scrapes', { pattern: MINUTES, maxLength: 8 }),
      scrapeTimeout: line('Time that a scrape may take; less than the interval', {
        pattern: MINUTES,
        maxLength: 8,
      }),
      labels: stringMap('Labels by which the operator selects them, such as release: kube-prometheus-stack'),
    }),
    prometheusUrl: url('Prometheus, for KEDA', 'http://prometheus.monitoring:9090'),
    otlpEndpoint: url(
      'OpenTelemetry collector; empty for no traces',
      'http://otel-collector.monitoring:4318',
    ),
  },
  'Metrics and traces',
);
export const defaultMonitoring: Static<typeof Monitoring> = {
  serviceMonitors: { enabled: false, interval: '10s', scrapeTimeout: '8s', labels: {} },
  prometheusUrl: 'http://prometheus-operated.monitoring:9090',
  otlpEndpoint: 'http://otel-collector.monitoring:4318',
};

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

export const Secrets = closed(
  {
    backend: oneOf(
      'Where secrets come from: one existing Secret, the External Secrets Operator with Vault, or the Vault agent',
      ['existingSecret', 'externalSecrets', 'vaultAgent'],
    ),
    existingSecret: optionalName('Secret whose keys are named like the variables (existingSecret)'),
    rolloutToken: line('Change it to roll the pods that use secrets: the chart never sees their content', {
      pattern: '^[A-Za-z0-9._-]*$',
      maxLength: 63,
    }),
    reloader: flag(
      'Let Stakater Reloader roll the pods when a Secret changes (existingSecret, externalSecrets)',
    ),
    vault: closed({
      address: url('Vault (externalSecrets, vaultAgent)', 'https://vault.example.org:8200'),
      mount: line('Mount of the Kubernetes login', { pattern: '^[A-Za-z0-9._/-]+$', maxLength: 255 }),
      rolePrefix: line('Role of a service is this and its name', {
        pattern: '^[A-Za-z0-9._-]*$',
        maxLength: 63,
      }),
      path: line('Key-value engine, version 2', { pattern: '^[A-Za-z0-9._/-]+$', maxLength: 255 }),
      key: line(
        'Folder below the engine: each key is a secret of its own in it, its value in the field `value`',
        {
          pattern: '^[A-Za-z0-9._/-]+$',
          maxLength: 255,
        },
      ),
      audience: line('Audience of the token that logs in', {
        pattern: '^[A-Za-z0-9.:/_-]+$',
        maxLength: 255,
      }),
      refreshInterval: line('Time between two reads (externalSecrets)', {
        pattern: HOURS,
        maxLength: 8,
      }),
    }),
  },
  'Secrets: never a value here, only where to find them. A service sees the keys that it declares, and no other',
);
export const defaultSecrets: Static<typeof Secrets> = {
  backend: 'existingSecret',
  existingSecret: 'medkg-secrets',
  rolloutToken: '',
  reloader: false,
  vault: {
    address: 'https://vault.example.org:8200',
    mount: 'kubernetes',
    rolePrefix: 'medkg-',
    path: 'secret',
    key: 'medkg',
    audience: 'vault',
    refreshInterval: '1h',
  },
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

const HOST = '^$|^([a-z0-9]([-a-z0-9]*[a-z0-9])?\\.)+[a-z]{2,}$';
export const Api = closed(
  {
    basePath: line('Path below which the application serves: empty today, /v1 by its specification', {
      pattern: '^$|^(/[A-Za-z0-9._-]+)+$',
      maxLength: 255,
    }),
  },
  'The HTTP API',
);
export const defaultApi = { basePath: '' };

export const Ingress = closed(
  {
    enabled: flag('Make an Ingress to the API'),
    className: line('IngressClass', { pattern: DNS_SUBDOMAIN, maxLength: 253 }),
    host: line('Host name', { pattern: HOST, maxLength: 253, examples: ['api.example.org'] }),
    annotations: stringMap('Further annotations; keys that we set ourselves are refused'),
    alb: closed({
      scheme: oneOf('Reachable from the internet, or from the inside alone', ['internet-facing', 'internal']),
      certificateArn: line(
        'Certificate of the AWS Certificate Manager; empty lets the controller find one by host',
        { pattern: '^$|^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/[A-Za-z0-9-]+$' },
      ),
      wafAclArn: line('Web ACL in front of it; empty for none', {
        pattern: '^$|^arn:aws[a-z-]*:wafv2:[a-z0-9-]+:[0-9]{12}:regional/webacl/[A-Za-z0-9/_-]+$',
      }),
      inboundCidrs: Type.Array(line('', { pattern: CIDR }), {
        description: 'Networks that may connect at all; at least one',
        minItems: 1,
      }),
      adminCidrs: Type.Array(line('', { pattern: CIDR }), {
        description:
          'Networks that may reach the admin paths; none closes them. At most two: a rule of the load balancer takes five values, and host and path take three',
        maxItems: 2,
      }),
      sslPolicy: line('TLS policy', { pattern: '^[A-Za-z0-9-]+$', maxLength: 128 }),
    }),
  },
  'The way in from outside, by the AWS load balancer controller',
);
export const defaultIngress: Static<typeof Ingress> = {
  enabled: false,
  className: 'alb',
  host: '',
  annotations: {},
  alb: {
    scheme: 'internet-facing',
    certificateArn: '',
    wafAclArn: '',
    inboundCidrs: ['0.0.0.0/0'],
    adminCidrs: ['10.0.0.0/8'],
    sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
  },
};

export const Gateway = closed(
  {
    enabled: flag('Make an HTTPRoute to the API (needs the Gateway API)'),
    parentRef: closed({
      name: optionalName('Gateway'),
      namespace: optionalName('Its namespace; empty is ours'),
      sectionName: optionalName('Its listener; empty for all'),
    }),
    host: line('Host name', { pattern: HOST, maxLength: 253, examples: ['api.example.org'] }),
    publicPrefixes: Type.Array(line('', { pattern: '^(/[A-Za-z0-9._-]+)+$', maxLength: 255 }), {
      description:
        'Paths that are routed, below api.basePath. A route has no source match, so that nothing else is',
      minItems: 1,
      maxItems: 16,
    }),
  },
  'The way in by the Gateway API',
);
export const defaultGateway: Static<typeof Gateway> = {
  enabled: false,
  parentRef: { name: '', namespace: '', sectionName: '' },
  host: '',
  publicPrefixes: ['/health', '/version', '/retrieve', '/extract', '/facets', '/briefing'],
};

export const Hooks = closed(
  {
    validateConfiguration: flag('Let the application check its configuration before an install or upgrade'),
    backoffLimit: integer('Further attempts', 0, 10),
    activeDeadlineSeconds: integer('Seconds that it may take in all', 10, 3600),
  },
  'Jobs around an install',
);
export const defaultHooks: Static<typeof Hooks> = {
  validateConfiguration: true,
  backoffLimit: 1,
  activeDeadlineSeconds: 300,
};

export const Tests = closed(
  {
    enabled: flag('Make the pods of `helm test`'),
    image,
    timeoutSeconds: integer('Seconds that a call may take', 1, 300),
  },
  '`helm test`',
);
export const defaultTests: Static<typeof Tests> = {
  enabled: true,
  image: { registry: 'docker.io', repository: 'curlimages/curl', tag: '8.15.0', digest: '' },
  timeoutSeconds: 10,
};

export const Global = Type.Object(
  {
    imageRegistry: Type.Optional(
      line('Registry instead of all others', {
        pattern: '^$|^[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._/-]+)?$',
        maxLength: 255,
      }),
    ),
    imagePullSecrets: Type.Optional(
      Type.Unsafe<{ name: string }[]>({
        type: 'array',
        description: 'Secrets to pull images with',
        items: { $ref: '#/definitions/imagePullSecret' },
      }),
    ),
  },
  { additionalProperties: true, description: 'Shared with other charts of an umbrella: open' },
);

/** Enough of an object that it can be told from others. */
export const ExtraObject = Type.Object(
  {
    apiVersion: line('Version of its API', { minLength: 1, maxLength: 253 }),
    kind: line('Kind', { pattern: '^[A-Z][A-Za-z0-9]*$', maxLength: 63 }),
    metadata: Type.Object(
      { name: line('Name', { pattern: DNS_SUBDOMAIN, maxLength: 253 }) },
      { additionalProperties: true },
    ),
  },
  { additionalProperties: true, description: 'An object of the Kubernetes API' },
);
