import { steps } from '../../../lib/platform/flows/steps';
import { peerNames, type PeerName } from '../../../lib/platform/peers';
import type { JsonObject } from '../../../lib/engine';
import { records, render, renderFlows, rendered, variants } from '../../support/platform';
import { passes, type End } from '../../support/traffic';

const NAMESPACE = 'medkg';
const PREFETCH = 'qwen-embed-vllm-prefetch';

/** Every peer at an address and a port of its own, so that one cannot be taken for another. */
const address = (peer: PeerName): string => `192.0.2.${peerNames.indexOf(peer) + 1}`;
const portOf = (peer: PeerName): number => 7000 + peerNames.indexOf(peer);
const apart: JsonObject = {
  network: {
    peers: Object.fromEntries(
      peerNames.map((peer) => [
        peer,
        { selectors: [], blocks: [{ cidr: `${address(peer)}/32`, except: [] }], ports: [portOf(peer)] },
      ]),
    ),
  },
};

const platform = renderFlows(apart);
const policies = platform.all('NetworkPolicy');
const pods = platform.pods().map(({ component, template }) => ({
  component,
  end: { labels: template.metadata.labels ?? {}, namespace: NAMESPACE },
}));
const podOf = (component: string): End => {
  const pod = pods.find((candidate) => candidate.component === component);
  if (pod === undefined) throw new Error(`no pod of ${component}`);
  return pod.end;
};
const recordOf = (component: string): (typeof records)[number] | undefined =>
  records.find(({ name }) => name === component);
const callsOf = (component: string): readonly string[] => recordOf(component)?.calls ?? [];

/** What the description says, written down a second time. */
function mayCall(from: string, to: string): boolean {
  if (from === 'release-test') return to === 'api';
  return callsOf(from).includes(to);
}

function mayReach(from: string, peer: PeerName): boolean {
  if (from === PREFETCH) return peer === 'dns' || peer === 'internet';
  if (from === 'release-test') return peer === 'dns';
  const calls = callsOf(from);
  return peer === 'dns' ? calls.length > 0 : calls.includes(peer);
}

function mayEnter(peer: PeerName, to: string): boolean {
  const record = recordOf(to);
  if (record === undefined) return false;
  return (
    peer === 'monitoring' ||
    (peer === 'edge' && record.exposed === true) ||
    (peer === 'airflow' && record.vllm !== undefined)
  );
}

test('the pods of the matrix are the services, the check, the download and the test', () => {
  expect(pods.map(({ component }) => component).sort()).toEqual(
    [...records.map(({ name }) => name), PREFETCH, 'configuration-check', 'release-test'].sort(),
  );
});

test('between two components exactly the calls of the records get through', () => {
  for (const from of pods) {
    for (const to of pods) {
      if (from === to) continue;
      const port = recordOf(to.component)?.port.container ?? 8080;
      const open = passes(policies, NAMESPACE, { from: from.end, to: to.end, port });
      expect([from.component, to.component, open]).toEqual([
        from.component,
        to.component,
        mayCall(from.component, to.component),
      ]);
      expect(passes(policies, NAMESPACE, { from: from.end, to: to.end, port: 22 })).toBe(false);
    }
  }
});

test('out to each peer exactly those get who call it', () => {
  for (const { component, end } of pods) {
    for (const peer of peerNames) {
      const open = passes(policies, NAMESPACE, { from: end, to: { ip: address(peer) }, port: portOf(peer) });
      expect([component, peer, open]).toEqual([component, peer, mayReach(component, peer)]);
      expect(passes(policies, NAMESPACE, { from: end, to: { ip: address(peer) }, port: 22 })).toBe(false);
    }
  }
});

test('names are asked for by UDP and by TCP, everything else by TCP', () => {
  for (const peer of peerNames) {
    const open = passes(policies, NAMESPACE, {
      from: podOf('api'),
      to: { ip: address(peer) },
      port: portOf(peer),
      protocol: 'UDP',
    });
    expect([peer, open]).toEqual([peer, peer === 'dns']);
  }
});

test('in from a peer gets monitoring to every service, the edge to the API, Airflow to vLLM, and nobody else', () => {
  for (const { component, end } of pods) {
    for (const peer of peerNames) {
      const port = recordOf(component)?.port.container ?? 8080;
      const open = passes(policies, NAMESPACE, { from: { ip: address(peer) }, to: end, port });
      expect([peer, component, open]).toEqual([peer, component, mayEnter(peer, component)]);
    }
  }
});

test('pods of another release, or of another namespace, do not get in', () => {
  const labels = { 'app.kubernetes.io/instance': 'other', 'app.kubernetes.io/component': 'eval' };
  const ours = { ...labels, 'app.kubernetes.io/instance': 'medkg' };
  for (const from of [
    { labels, namespace: NAMESPACE },
    { labels: ours, namespace: 'elsewhere' },
  ]) {
    expect(passes(policies, NAMESPACE, { from, to: podOf('api'), port: 8080 })).toBe(false);
  }
});

test('Vault is reached by those with secrets, where the agent brings them', () => {
  const byAgent = render('prod', { ...apart, secrets: { backend: 'vaultAgent' } });
  for (const { component, end } of pods) {
    const reach = (from: typeof policies): boolean =>
      passes(from, NAMESPACE, { from: end, to: { ip: address('vault') }, port: portOf('vault') });
    const hasSecrets = (recordOf(component)?.secrets.length ?? 0) > 0;
    expect([component, reach(byAgent.all('NetworkPolicy'))]).toEqual([component, hasSecrets]);
    expect(reach(policies)).toBe(false);
  }
});

test('a server that fetches its own model gets out for it, and for nothing else', () => {
  const perPod = render('prod', {
    ...apart,
    services: { qwenEmbedVllm: { modelCache: { mode: 'perPod' } } },
  }).all('NetworkPolicy');
  const open = peerNames.filter((peer) =>
    passes(perPod, NAMESPACE, {
      from: podOf('qwen-embed-vllm'),
      to: { ip: address(peer) },
      port: portOf(peer),
    }),
  );
  expect(open).toEqual(['dns', 'internet']);
});

describe('with the chart as it is', () => {
  const standard = rendered.prod.all('NetworkPolicy');
  const reaches = (component: string, to: End, port: number): boolean =>
    passes(standard, NAMESPACE, { from: podOf(component), to, port });
  const clusterDns = { labels: { 'k8s-app': 'kube-dns' }, namespace: 'kube-system' };

  test('the internet has no private networks, and no metadata of the machine', () => {
    expect(reaches('ingest', { ip: '130.14.29.110' }, 443)).toBe(true);
    for (const ip of ['10.0.0.1', '172.16.0.1', '192.168.0.1', '100.64.0.1', '169.254.169.254']) {
      expect([ip, reaches('ingest', { ip }, 443)]).toEqual([ip, false]);
    }
    expect(reaches('ingest', { ip: '130.14.29.110' }, 80)).toBe(false);
    expect(reaches('splade', { ip: '130.14.29.110' }, 443)).toBe(false);
  });

  test('logins to AWS are handed out by the agent on the node, and nothing else of the node is reached', () => {
    expect(reaches('ingest', { ip: '169.254.170.23' }, 80)).toBe(true);
    expect(reaches('ingest', { ip: '169.254.170.23' }, 443)).toBe(false);
    expect(reaches('ingest', { ip: '169.254.169.254' }, 80)).toBe(false);
    expect(reaches('splade', { ip: '169.254.170.23' }, 80)).toBe(false);
  });

  test('names are answered by the cluster and by the node', () => {
    expect(reaches('api', clusterDns, 53)).toBe(true);
    expect(reaches('api', { ip: '169.254.20.10' }, 53)).toBe(true);
    expect(reaches('api', { labels: {}, namespace: 'kube-system' }, 53)).toBe(false);
    expect(reaches('qwen-embed-vllm', clusterDns, 53)).toBe(false);
  });

  test('the check of the configuration talks to nobody', () => {
    expect(reaches('configuration-check', clusterDns, 53)).toBe(false);
  });
});

test.each(variants)('%s: everything is closed first', (_variant, { objects }) => {
  const denial = objects.find(({ metadata }) => metadata.name === 'medkg-platform-default-deny');
  expect(denial).toMatchObject({
    spec: {
      podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'medkg' } },
      policyTypes: ['Ingress', 'Egress'],
    },
  });
  expect(denial).not.toHaveProperty('spec.ingress');
  expect(denial).not.toHaveProperty('spec.egress');
});

test('policies can be left to somebody else', () => {
  expect(render('prod', { network: { policies: false } }).all('NetworkPolicy')).toEqual([]);
});

describe('steps of flows', () => {
  const files = [...platform.flowFiles()].filter(([, { kind }]) => kind === 'Pod');
  const ends = new Map(
    files.map(([file]) => [
      file.replace(/\.json$/, ''),
      { labels: platform.step(file.replace(/\.json$/, '')).metadata.labels ?? {}, namespace: NAMESPACE },
    ]),
  );

  test.each(steps.map(({ name, service }) => [name, service]))(
    '%s calls whom %s calls, and nobody else',
    (name, service) => {
      const from = ends.get(name);
      const calls = callsOf(service);
      if (from === undefined) throw new Error(`no pod of ${name}`);
      for (const { component, end } of pods) {
        const port = recordOf(component)?.port.container ?? 8080;
        expect([component, passes(policies, NAMESPACE, { from, to: end, port })]).toEqual([
          component,
          calls.includes(component),
        ]);
        expect([component, passes(policies, NAMESPACE, { from: end, to: from, port: 8080 })]).toEqual([
          component,
          false,
        ]);
      }
      for (const peer of peerNames.filter((one) => one !== 'dns' && one !== 'vault'))
        expect([
          peer,
          passes(policies, NAMESPACE, { from, to: { ip: address(peer) }, port: portOf(peer) }),
        ]).toEqual([peer, calls.includes(peer)]);
    },
  );
});
