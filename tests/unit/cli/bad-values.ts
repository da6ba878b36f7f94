import { ENVIRONMENTS } from '../../../lib/umbrella/environments';

/** What can be wrong with values, and what the program says of it. */
export interface BadValues {
  readonly name: string;
  /** The text of a values file; further files stand in `more`. */
  readonly file?: string;
  readonly more?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Parts of what is told; the place is `mine.yaml:LINE:COLUMN`. */
  readonly tells: readonly string[];
}

const READING: readonly BadValues[] = [
  {
    name: 'a file that is not there',
    args: ['-f', 'none.yaml'],
    tells: ['none.yaml:1:1: the file does not exist'],
  },
  {
    name: 'a folder instead of a file',
    args: ['-f', 'values'],
    tells: ['values:1:1: this is a directory, not a file'],
  },
  { name: 'a path through a file', args: ['-f', 'values/dev.yaml/x'], tells: ['the file does not exist'] },
  { name: 'a syntax error', file: 'image:\n  tag: [1.0\n', tells: ['mine.yaml:3:1: YAML syntax'] },
  { name: 'an unclosed quote', file: 'image:\n  tag: "1.0\n', tells: ['mine.yaml:', 'YAML syntax'] },
  {
    name: 'a tab that indents',
    file: 'image:\n\ttag: x\n',
    tells: ['mine.yaml:2:1', 'Tabs are not allowed'],
  },
  {
    name: 'a key given twice',
    file: 'image:\n  tag: a\n  tag: b\n',
    tells: ['mine.yaml:3:3: image.tag: the key "tag" is given twice; first in line 2'],
  },
  {
    name: 'two documents',
    file: 'image: {}\n---\nimage: {}\n',
    tells: ['mine.yaml:2:1', 'must be one document'],
  },
  { name: 'a list at the top', file: '- image\n', tells: ['mine.yaml:1:1', 'must be a map, not a list'] },
  { name: 'a text at the top', file: 'image\n', tells: ['must be a map, not a scalar'] },
  {
    name: '10 MB',
    file: `image: {tag: "${'x'.repeat(10 * 1024 * 1024)}"}\n`,
    tells: ['mine.yaml:1:1: the values are larger than 1 MiB'],
  },
  {
    name: 'anchors that explode',
    file: bomb(),
    tells: ['mine.yaml:', 'aliases make more than 10000 values'],
  },
  {
    name: 'an alias without an anchor',
    file: 'image: *none\n',
    tells: ['mine.yaml:1:1', 'the alias "*none" has no anchor'],
  },
  {
    name: 'an anchor that holds itself',
    file: 'image: &a\n  tag: *a\n',
    tells: ['the anchor "&a" contains itself'],
  },
  {
    name: 'an integer beyond 2^53',
    file: 'hooks:\n  backoffLimit: 9007199254740993\n',
    tells: ['mine.yaml:2:3', 'beyond 2^53'],
  },
  {
    name: 'bytes that are no text',
    file: 'image: {tag: "\u0000"}\n',
    tells: ['mine.yaml:1:15', 'control character'],
  },
  { name: 'a directive', file: '%YAML 1.1\n---\nimage: {}\n', tells: ['mine.yaml:1:1', 'directives'] },
  {
    name: '--set without a value',
    args: ['--set', 'image.tag'],
    tells: ['--set:1:1: in "image.tag": the key "tag" has no value'],
  },
  { name: '--set into a scalar', args: ['--set', 'environment=dev,environment.x=1'], tells: ['--set:1:17'] },
  {
    name: 'two files, each with a fault',
    file: 'image: [\n',
    more: { 'other.yaml': 'image: {a: 1, a: 2}\n' },
    args: ['-f', 'other.yaml'],
    tells: ['mine.yaml:2:1', 'other.yaml:1:15'],
  },
];

const SCHEMA: readonly BadValues[] = [
  {
    name: 'a typo at the top',
    file: 'imgae: {}\n',
    tells: ['mine.yaml:1:1: imgae: no such value; did you mean "image"?'],
  },
  {
    name: 'a typo in a service',
    file: 'services:\n  api:\n    enabeld: true\n',
    tells: ['mine.yaml:3:5: services.api.enabeld: no such value; did you mean "enabled"?'],
  },
  {
    name: 'a typo in the name of a service',
    file: 'services:\n  spalde: {}\n',
    tells: ['mine.yaml:2:3: services.spalde: no such value; did you mean "splade"?'],
  },
  {
    name: 'the name of a service with dashes',
    args: ['--set', 'services.qwen-embed-vllm.enabled=false'],
    tells: ['services.qwen-embed-vllm: no such value; did you mean "qwenEmbedVllm"?'],
  },
  {
    name: 'a key that belongs further down',
    args: ['--set', 'services.api.replicas=3'],
    tells: ['services.api.replicas: no such value; did you mean "scaling.fixed.replicas"?'],
  },
  {
    name: 'a key like no other',
    file: 'image:\n  xyz: 1\n',
    tells: [
      'mine.yaml:2:3: image.xyz: no such value; known here: registry, repositoryPrefix, tag, pullPolicy',
    ],
  },
  {
    name: 'a knob that a kind of service lacks',
    args: ['--set', 'services.parser.exposure.type=NodePort'],
    tells: ['services.parser.exposure: no such value'],
  },
  {
    name: 'a text for a number',
    file: 'services:\n  api:\n    servicePort: "80"\n',
    tells: ['mine.yaml:3:5: services.api.servicePort: must be a whole number, not the text "80"'],
  },
  {
    name: 'a number for a text',
    file: 'image: {tag: 1.10}\n',
    tells: ['mine.yaml:1:9: image.tag: must be text, not 1.1'],
  },
  {
    name: 'a text for yes or no',
    file: 'ingress: {enabled: "yes"}\n',
    tells: ['ingress.enabled: must be true or false, not the text "yes"'],
  },
  {
    name: '--set-string for yes or no',
    args: ['--set-string', 'ingress.enabled=true'],
    tells: ['--set-string:1:1: in "ingress.enabled=true": ingress.enabled: must be true or false'],
  },
  {
    name: 'a list for a map',
    file: 'defaults: {labels: [a]}\n',
    tells: ['defaults.labels: must be a map, not a list'],
  },
  {
    name: 'a map for a list',
    file: 'extraObjects: {a: b}\n',
    tells: ['extraObjects: must be a list, not a map'],
  },
  {
    name: 'a fraction for a whole number',
    file: 'hooks: {backoffLimit: 1.5}\n',
    tells: ['hooks.backoffLimit: must be a whole number, not 1.5'],
  },
  {
    name: 'below the least',
    file: 'services: {api: {scaling: {fixed: {replicas: -1}}}}\n',
    tells: ['services.api.scaling.fixed.replicas: must be at least 0, not -1'],
  },
  {
    name: 'above the greatest',
    file: 'services: {api: {servicePort: 65536}}\n',
    tells: ['services.api.servicePort: must be at most 65535, not 65536'],
  },
  {
    name: 'a word that is none of some',
    file: 'environment: production\n',
    tells: [
      `mine.yaml:1:1: environment: must be one of ${ENVIRONMENTS.join(', ')}, not the text "production"`,
    ],
  },
  {
    name: 'a mode that is not there',
    args: ['--set', 'services.api.scaling.mode=vpa'],
    tells: ['services.api.scaling.mode: must be one of fixed, hpa, keda, not the text "vpa"'],
  },
  {
    name: 'no quantity',
    file: 'services: {api: {resources: {requests: {memory: 2GB}}}}\n',
    tells: ['services.api.resources.requests.memory: must be a quantity such as 500m, 2 or 1.5Gi'],
  },
  {
    name: 'a resource with capitals',
    args: ['--set', 'services.api.resources.limits.CPU=1'],
    tells: ['services.api.resources.limits.CPU: this key must be lower-case letters'],
  },
  {
    name: 'no network',
    args: ['--set', 'ingress.alb.inboundCidrs[0]=10.0.0.0'],
    tells: ['ingress.alb.inboundCidrs[0]: must be a network such as 10.0.0.0/16, not the text "10.0.0.0"'],
  },
  {
    name: 'no digest',
    args: ['--set', 'services.api.image.digest=latest'],
    tells: ['services.api.image.digest: must be sha256: and 64 hexadecimal digits, or empty'],
  },
  {
    name: 'no address',
    args: ['--set', 'external.opensearchUrl=opensearch'],
    tells: ['external.opensearchUrl: must be text such as https://search.example.org'],
  },
  {
    name: 'a name with capitals',
    args: ['--set', 'fullnameOverride=MedKG'],
    tells: ['fullnameOverride: must be'],
  },
  {
    name: 'a name that is too long',
    args: ['--set', `fullnameOverride=${'a'.repeat(64)}`],
    tells: ['fullnameOverride: must have at most 63 characters, not 64'],
  },
  {
    name: 'a list that may not be empty',
    file: 'ingress: {alb: {inboundCidrs: []}}\n',
    tells: ['ingress.alb.inboundCidrs: must have at least 1 entry, not 0'],
  },
  {
    name: 'a list that is too long',
    file: `ingress: {alb: {adminCidrs: [${Array(6).fill('10.0.0.0/8').join(', ')}]}}\n`,
    tells: ['ingress.alb.adminCidrs: must have at most 2 entries, not 6'],
  },
  {
    name: 'null for what must be there',
    file: 'services:\n  api:\n    image: {repository: null}\n',
    tells: ['services.api.image.repository: is missing: null deletes a default'],
  },
  {
    name: 'a control character',
    file: 'services: {api: {args: ["a\\u0007"]}}\n',
    tells: ['services.api.args[0]: must be one line without control characters'],
  },
  {
    name: 'a commit that is none',
    args: ['--set', 'services.qwenEmbedVllm.model.revision=main'],
    tells: ['services.qwenEmbedVllm.model.revision: must be a commit: 40 hexadecimal digits'],
  },
  {
    name: 'a variable whose name is none',
    file: 'defaults: {extraEnv: [{name: "1A", value: x}]}\n',
    tells: ['mine.yaml:', 'defaults.extraEnv[0].name: must be'],
  },
  {
    name: 'a variable without a name',
    file: 'defaults: {extraEnv: [{value: x}]}\n',
    tells: ['defaults.extraEnv[0].name: is missing: it must be letters'],
  },
];

const RULES: readonly BadValues[] = [
  {
    name: 'an autoscaler with its bounds the wrong way round',
    args: ['--set', 'services.api.scaling.mode=hpa,services.api.scaling.hpa.minReplicas=21'],
    tells: ['--set:1:31', 'services.api.scaling.hpa.minReplicas: must not be above scaling.hpa.maxReplicas'],
  },
  {
    name: 'KEDA with its bounds the wrong way round',
    args: ['--set', 'services.splade.scaling.mode=keda,services.splade.scaling.keda.minReplicas=99'],
    tells: ['services.splade.scaling.keda.minReplicas: must not be above'],
  },
  {
    name: 'KEDA with a second target that belongs to no query',
    file: 'services: {api: {scaling: {mode: keda, keda: {secondThreshold: "2"}}}}\n',
    tells: ['services.api.scaling.keda.secondThreshold: must be empty, or scaling.keda.secondQuery given'],
  },
  {
    name: 'an Ingress without a host',
    file: 'ingress:\n  enabled: true\n  host: ""\n',
    tells: ['mine.yaml:3:3: ingress.host: must be given when ingress.enabled is true'],
  },
  {
    name: 'an Ingress without what it leads to',
    args: ['--set', 'ingress.enabled=true,ingress.host=a.example.org,services.api.enabled=false'],
    tells: ['ingress.enabled: must be false while services.api.enabled is false'],
  },
  {
    name: 'a route without a Gateway',
    args: ['--set', 'gateway.enabled=true'],
    tells: ['gateway.host: must be given', 'gateway.parentRef.name: must name a Gateway'],
  },
  {
    name: 'External Secrets without a store',
    args: ['--set', 'secrets.backend=externalSecrets,secrets.vault.address='],
    tells: ['secrets.vault.address: must be given when secrets.backend is externalSecrets'],
  },
  {
    name: 'no Secret to take secrets from',
    args: ['--set', 'secrets.backend=existingSecret,secrets.existingSecret='],
    tells: ['secrets.existingSecret: must name a Secret'],
  },
  {
    name: 'a type of GPU without a row',
    file: 'gpu: {pools: {vllm-gpu: {gpuType: a10g}}}\nservices:\n  qwenEmbedVllm:\n    enabled: true\n    profiles: {a10g: null}\n',
    tells: ['services.qwenEmbedVllm.profiles: must have a row for the type of GPU'],
  },
  {
    name: 'a GPU service without its pool',
    args: ['--set', 'services.splade.enabled=true,services.splade.gpu.pool=none'],
    tells: ['services.splade.gpu.pool: must be a pool of gpu.pools'],
  },
  {
    name: 'a selector label taken over by a service',
    file: 'services:\n  api:\n    podLabels:\n      app.kubernetes.io/component: mine\n',
    tells: ['mine.yaml:3:5: services.api.podLabels: must not set a label under app.kubernetes.io/'],
  },
  {
    name: 'a selector label taken over by all',
    args: ['--set', 'defaults.labels.app\\.kubernetes\\.io/instance=mine'],
    tells: ['defaults.labels: must not set a label under app.kubernetes.io/'],
  },
  {
    name: 'a rollout that can never begin',
    args: ['--set', 'services.api.rollout.maxSurge=0'],
    tells: ['services.api.rollout: must let a pod be added or be missing'],
  },
  {
    name: 'a pause that outlives the pod',
    args: ['--set', 'services.api.preStopSeconds=60'],
    tells: ['services.api.preStopSeconds: must be less than terminationGracePeriodSeconds'],
  },
  {
    name: 'a claim that is not named',
    args: [
      '--set',
      'services.qwenEmbedVllm.enabled=true,services.qwenEmbedVllm.modelCache.mode=existingClaim',
    ],
    tells: ['services.qwenEmbedVllm.modelCache.existingClaim: must name a claim'],
  },
  {
    name: 'a GPU among the resources',
    args: ['--set', 'services.splade.resources.limits.nvidia\\.com/gpu=2'],
    tells: ['services.splade.resources.limits: must not set nvidia.com/gpu'],
  },
  {
    name: 'several relations at once, and a breach of the schema',
    args: ['--set', 'gateway.enabled=true,services.api.rollout.maxSurge=0,image.tga=1'],
    tells: ['gateway.host', 'services.api.rollout', 'image.tga', '4 problems'],
  },
];

/** What only our own validation knows: it looks at the objects. */
const OBJECTS: readonly BadValues[] = [
  {
    name: 'a volume of a name that is taken',
    file: 'services: {api: {extraVolumes: [{name: tmp, emptyDir: {}}]}}\n',
    tells: ['mine.yaml:1:18: services.api.extraVolumes: gives the volume name "tmp" a second time'],
  },
  {
    name: 'a mount on a path that is taken',
    file: 'services: {api: {extraVolumeMounts: [{name: tmp, mountPath: /tmp}]}}\n',
    tells: ['services.api.extraVolumeMounts: gives the mount path "/tmp" a second time'],
  },
  {
    name: 'a container of a name that is taken',
    file: 'services: {api: {extraContainers: [{name: api, image: x}]}}\n',
    tells: ['services.api.extraContainers: gives the container name "api" a second time'],
  },
  {
    name: 'a port of a name that is taken',
    file: 'services: {api: {extraContainers: [{name: side, image: x, ports: [{name: http, containerPort: 1}]}]}}\n',
    tells: ['services.api.extraContainers: gives the port name "http" a second time'],
  },
  {
    name: 'an object that is there already',
    file: 'extraObjects: [{apiVersion: v1, kind: Service, metadata: {name: medkg-api}}]\n',
    tells: ['mine.yaml:1:1: extraObjects: makes Service/medkg-api a second time'],
  },
];

export const BAD_VALUES: readonly BadValues[] = [...READING, ...SCHEMA, ...RULES, ...OBJECTS];

/** Ten levels of ten aliases each: ten thousand million values. */
function bomb(): string {
  const levels = Array.from(
    { length: 10 },
    (_, i) => `l${i + 1}: &l${i + 1} [${Array(10).fill(`*l${i}`).join(', ')}]`,
  );
  return `l0: &l0 [x]\n${levels.join('\n')}\n`;
}
