import { Type, type Static } from '@sinclair/typebox';
import { gpuPools, gpuTypes } from '../platform/pools';
import { image } from './service';
import { CIDR, closed, DNS_LABEL, DNS_SUBDOMAIN, flag, integer, line, oneOf, stringMap, url } from './shapes';

/** Values of the platform as a whole, a group each, with what the chart starts with. */

const optionalName = (description: string): ReturnType<typeof line> =>
  line(description, { pattern: `^$|${DNS_SUBDOMAIN}`, maxLength: 253 });

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
      interval: line('Time between two scrapes', { pattern: '^[1-9][0-9]*(s|m)$', maxLength: 8 }),
      scrapeTimeout: line('Time that a scrape may take; less than the interval', {
        pattern: '^[1-9][0-9]*(s|m)$',
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
        pattern: '^[1-9][0-9]*(s|m|h)$',
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
