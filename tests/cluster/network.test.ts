import type { V1NetworkPolicy } from '@kubernetes/client-node';
import type { PeerName } from '../../lib/platform/peers';
import { services } from '../../lib/platform/services';
import type { JsonObject } from '../../lib/engine';
import { scopeOf } from '../support/platform';
import { connections } from './support/analyzer';
import type { Environment } from './support/environment';
import { helms, Release } from './support/helm';
import { expectedLines, type Choices, type Place } from './support/model-calls';
import { makeNamespace, removeNamespace } from './support/namespace';
import { allowed, lookAt, type World } from './support/network-world';
import { policyCases, worldOf } from './support/policy-cases';
import { peersApart, strangersApart, usualStrangers, type Stranger } from './support/strangers';

const [helm] = helms;
if (helm === undefined) throw new Error('no Helm');

/** A release, in surroundings. */
interface Variant {
  readonly name: string;
  readonly environment: Environment;
  readonly overrides: JsonObject;
  readonly choices: Choices;
  readonly strangers: readonly Stranger[];
}

const variants: readonly Variant[] = [
  ...(['dev', 'staging', 'prod'] as const).map((environment) => ({
    name: environment,
    environment,
    overrides: {},
    choices: {},
    strangers: usualStrangers,
  })),
  {
    name: 'prod with the Vault agent, a model a pod, and each peer at a place of its own',
    environment: 'prod',
    overrides: {
      secrets: { backend: 'vaultAgent' },
      services: { qwenEmbedVllm: { modelCache: { mode: 'perPod' } } },
      network: { peers: peersApart },
    },
    choices: { vaultAgent: true, modelPerPod: true },
    strangers: strangersApart,
  },
];

const [smallest] = variants;
if (smallest === undefined) throw new Error('no variant');

const releases: Release[] = [];
const worlds = new Map<Variant, Promise<World>>();

/** Installs a variant when it is first asked for. */
function world(variant: Variant): Promise<World> {
  const known = worlds.get(variant) ?? install(variant);
  worlds.set(variant, known);
  return known;
}

const install = async ({ environment, overrides, strangers }: Variant): Promise<World> => {
  const release = new Release(helm, await makeNamespace('network'));
  releases.push(release);
  await release.install({ environment, overrides });
  return lookAt(release, strangers);
};

afterAll(() =>
  Promise.all(
    releases.map(async (release) => {
      await release.clean();
      await removeNamespace(release.namespace);
    }),
  ),
);

/** The places of the peers, by the values. */
function placesOf({ environment, overrides }: Variant): Record<PeerName, Place> {
  const { network } = scopeOf(environment, overrides).values;
  // The schema of the values says so.
  return (network as unknown as { peers: Record<PeerName, Place> }).peers;
}

describe('the analyzer', () => {
  const prefixOf = (i: number): string => `world-${String(i)}-`;
  let answers: readonly (readonly string[])[];
  beforeAll(async () => {
    const lines = await connections(policyCases.flatMap((one, i) => worldOf(one, prefixOf(i))));
    answers = lines.map((line) => line.split(' '));
  });

  test.each(policyCases.map((one, i) => ({ ...one, prefix: prefixOf(i) })))(
    'knows: $name',
    ({ prefix, into, outOf }) => {
      const web = `${prefix}red/web`;
      /** What is of the same world, or an address. */
      const inside = (ends: readonly string[]): string[] =>
        ends
          .filter((end) => end.startsWith(prefix) || /^\d/.test(end))
          .map((end) => end.replace(prefix, ''))
          .sort();
      const callers = answers.flatMap(([from, , to, ...what]) =>
        to === web ? [[from, ...what].join(' ')] : [],
      );
      const called = answers.flatMap(([from, , ...what]) => (from === web ? [what.join(' ')] : []));
      if (into !== undefined) expect(inside(callers)).toEqual(into);
      if (outOf !== undefined) expect(inside(called)).toEqual(outOf);
    },
  );
});

describe.each(variants)('$name', (variant) => {
  test('every pod is looked at: of the services, of the download, and of the hooks', async () => {
    const { ends } = await world(variant);
    const disabled = variant.environment === 'dev' ? ['splade', 'qwen-embed-vllm', 'mineru'] : [];
    const download = ['staging', 'prod'].includes(variant.name) ? ['qwen-embed-vllm-prefetch'] : [];
    const others = ['configuration-check', 'newcomer', 'release-test'];
    expect(new Set(ends.flatMap(({ component }) => component ?? []))).toEqual(
      new Set([
        ...services.map(({ name }) => name).filter((name) => !disabled.includes(name)),
        ...download,
        ...others,
      ]),
    );
  });

  test('exactly what the model says gets through, in both directions, at every port', async () => {
    const installed = await world(variant);
    const expected = expectedLines(installed.ends, placesOf(variant), variant.choices);
    expect(await allowed(installed)).toEqual(expected);
  });
});

describe('the matrix tells', () => {
  /** What is open now that was not, and the other way round, when policies are changed. */
  const changes = async (
    change: (policy: V1NetworkPolicy) => readonly V1NetworkPolicy[],
  ): Promise<Changes> => {
    const installed = await world(smallest);
    const before = await allowed(installed);
    const after = await allowed({ ...installed, policies: installed.policies.flatMap(change) });
    return {
      gained: after.filter((line) => !before.includes(line)),
      lost: before.filter((line) => !after.includes(line)),
    };
  };
  const without = (name: string) => (policy: V1NetworkPolicy) =>
    policy.metadata?.name === name ? [] : [policy];

  test('of a service that is closed, since its policy is missing', async () => {
    const { gained, lost } = await changes(without('medkg-catalog'));
    expect(gained).toEqual([]);
    expect(lost).toContainEqual(expect.stringMatching(/medkg-api-\S+ -> \S+medkg-catalog-\S+ TCP 8080$/));
    expect(lost.filter((line) => !line.includes('medkg-catalog-'))).toEqual([]);
  });

  test('of pods that are open, since the policy that closes everything is missing', async () => {
    const { gained, lost } = await changes(without('medkg-platform-default-deny'));
    expect(lost).toEqual([]);
    expect(gained).toContainEqual(
      expect.stringMatching(/newcomer -> 0\.0\.0\.0-255\.255\.255\.255 all all$/),
    );
    expect(gained.filter((line) => !line.includes('/newcomer'))).toEqual([]);
  });

  test('of a rule that opens more than its port', async () => {
    const { gained } = await changes((policy) => [
      policy.metadata?.name === 'medkg-catalog' ? anyPort(policy) : policy,
    ]);
    expect(gained).not.toEqual([]);
    expect(gained.filter((line) => !/ -> \S+medkg-catalog-\S+ all all$/.test(line))).toEqual([]);
  });
});

interface Changes {
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/** The same callers, at every port. */
function anyPort(policy: V1NetworkPolicy): V1NetworkPolicy {
  const wider = structuredClone(policy);
  for (const rule of wider.spec?.ingress ?? []) delete rule.ports;
  return wider;
}
