/**
 * Small worlds with answers written by hand, from the reference of NetworkPolicies: an evaluator that gets them right
 * may be asked about ours.
 *
 * Each world has the namespaces `red` and `blue`. Red has the pods `web` (port http = 8080) and `db`; blue has `client`
 * and a `web` of its own. The labels of a pod are `app`: its name; those of a namespace are `team`: its name.
 */
export interface PolicyCase {
  readonly name: string;
  /** Policies in red. */
  readonly policies: readonly object[];
  /** Who reaches red's web, and whom it reaches: `end protocol port`. Left out where it says nothing. */
  readonly into?: readonly string[];
  readonly outOf?: readonly string[];
}

const WEB = { matchLabels: { app: 'web' } };
const BLUE = { matchLabels: { team: 'blue' } };
const CLIENT = { matchLabels: { app: 'client' } };
const EVERYWHERE = '0.0.0.0-255.255.255.255 all all';
const OPEN_IN = [EVERYWHERE, 'blue/client all all', 'blue/web all all', 'red/db all all'];

const from = (...peers: readonly object[]): object => ({ podSelector: WEB, ingress: [{ from: peers }] });
const atPorts = (...ports: readonly object[]): object => ({
  podSelector: WEB,
  ingress: [{ from: [{ namespaceSelector: BLUE, podSelector: CLIENT }], ports }],
});
const to = (...peers: readonly object[]): object => ({
  podSelector: WEB,
  policyTypes: ['Egress'],
  egress: [{ to: peers }],
});

export const policyCases: readonly PolicyCase[] = [
  { name: 'no policy leaves everything open', policies: [], into: OPEN_IN, outOf: OPEN_IN },
  {
    name: 'an empty selector chooses every pod of the namespace, and no rule lets nobody in',
    policies: [{ podSelector: {}, policyTypes: ['Ingress'] }],
    into: [],
    outOf: [EVERYWHERE, 'blue/client all all', 'blue/web all all'],
  },
  {
    name: 'both directions can be closed',
    policies: [{ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }],
    into: [],
    outOf: [],
  },
  {
    name: 'a policy for the way out alone leaves the way in as it is',
    policies: [{ podSelector: WEB, policyTypes: ['Egress'] }],
    into: OPEN_IN,
    outOf: [],
  },
  {
    name: 'without types, the way in is closed always, and the way out where there are rules for it',
    policies: [{ podSelector: WEB, egress: [{ to: [{ podSelector: { matchLabels: { app: 'db' } } }] }] }],
    into: [],
    outOf: ['red/db all all'],
  },
  {
    name: 'an empty rule lets everybody in',
    policies: [{ podSelector: WEB, ingress: [{}] }],
    into: OPEN_IN,
  },
  {
    name: 'a policy for other pods says nothing about this one',
    policies: [{ podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress', 'Egress'] }],
    into: [EVERYWHERE, 'blue/client all all', 'blue/web all all'],
    outOf: [EVERYWHERE, 'blue/client all all', 'blue/web all all'],
  },
  {
    name: 'a pod selector alone means the own namespace',
    policies: [from({ podSelector: {} })],
    into: ['red/db all all'],
  },
  {
    name: 'a namespace selector alone means all of its pods',
    policies: [from({ namespaceSelector: BLUE })],
    into: ['blue/client all all', 'blue/web all all'],
  },
  {
    name: 'an empty namespace selector means every namespace, and no address',
    policies: [from({ namespaceSelector: {} })],
    into: ['blue/client all all', 'blue/web all all', 'red/db all all'],
  },
  {
    name: 'two selectors of one peer must both hold',
    policies: [from({ namespaceSelector: BLUE, podSelector: CLIENT })],
    into: ['blue/client all all'],
  },
  {
    name: 'of two peers, one is enough',
    policies: [from({ namespaceSelector: BLUE }, { podSelector: { matchLabels: { app: 'db' } } })],
    into: ['blue/client all all', 'blue/web all all', 'red/db all all'],
  },
  {
    name: 'expressions choose as well',
    policies: [
      from({
        namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'Exists' }] },
        podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['client', 'db'] }] },
      }),
    ],
    into: ['blue/web all all'],
  },
  {
    name: 'a block has no addresses that it excepts, and no pods',
    policies: [from({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } })],
    into: ['10.0.0.0-10.0.255.255,10.2.0.0-10.255.255.255 all all'],
  },
  {
    name: 'blocks add up on the way out',
    policies: [to({ ipBlock: { cidr: '10.0.0.0/9' } }, { ipBlock: { cidr: '10.128.0.0/9' } })],
    outOf: ['10.0.0.0-10.255.255.255 all all'],
  },
  {
    name: 'a named port is the one of the pod that is called',
    policies: [atPorts({ port: 'http', protocol: 'TCP' })],
    into: ['blue/client TCP 8080'],
  },
  {
    name: 'a name that the pod has not opens nothing',
    policies: [atPorts({ port: 'metrics', protocol: 'TCP' })],
    into: [],
  },
  {
    name: 'a range of ports has both of its ends',
    policies: [atPorts({ port: 100, endPort: 102, protocol: 'TCP' })],
    into: ['blue/client TCP 100', 'blue/client TCP 101', 'blue/client TCP 102'],
  },
  {
    name: 'a port without a protocol is of TCP, and UDP must be named',
    policies: [atPorts({ port: 53 }, { port: 54, protocol: 'UDP' })],
    into: ['blue/client TCP 53', 'blue/client UDP 54'],
  },
  {
    name: 'a protocol without a port is all of its ports',
    policies: [atPorts({ protocol: 'TCP' })],
    into: ['blue/client TCP all'],
  },
  {
    name: 'two policies add up',
    policies: [
      from({ namespaceSelector: BLUE, podSelector: CLIENT }),
      { podSelector: WEB, ingress: [{ from: [{ podSelector: {} }] }] },
    ],
    into: ['blue/client all all', 'red/db all all'],
  },
  {
    name: 'what one end opens, the other one must open too',
    policies: [
      {
        podSelector: { matchLabels: { app: 'db' } },
        ingress: [{ from: [{ podSelector: WEB }], ports: [{ port: 1 }] }],
      },
      { podSelector: WEB, policyTypes: ['Egress'], egress: [{ ports: [{ port: 1 }, { port: 2 }] }] },
    ],
    outOf: [
      '0.0.0.0-255.255.255.255 TCP 1',
      '0.0.0.0-255.255.255.255 TCP 2',
      'blue/client TCP 1',
      'blue/client TCP 2',
      'blue/web TCP 1',
      'blue/web TCP 2',
      'red/db TCP 1',
    ],
  },
];

/** The world of a case, its namespaces told apart from those of others. */
export function worldOf({ policies }: PolicyCase, prefix: string): object[] {
  const namespace = (name: string): object => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    // A team is of one world, so that no selector looks into another one.
    metadata: { name: `${prefix}${name}`, labels: { team: name, world: prefix } },
  });
  const pod = (where: string, app: string): object => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: app, namespace: `${prefix}${where}`, labels: { app } },
    spec: { containers: [{ name: app, image: app, ports: [{ name: 'http', containerPort: 8080 }] }] },
  });
  return [
    namespace('red'),
    namespace('blue'),
    ...[
      ['red', 'web'],
      ['red', 'db'],
      ['blue', 'client'],
      ['blue', 'web'],
    ].map(([where = '', app = '']) => pod(where, app)),
    ...policies.map((spec, i) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `policy-${String(i)}`, namespace: `${prefix}red` },
      spec,
    })),
  ];
}
