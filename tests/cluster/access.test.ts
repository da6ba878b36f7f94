import { V1SubjectAccessReview, V1SubjectAccessReviewSpec, type V1PolicyRule } from '@kubernetes/client-node';
import type { ServiceRecord } from '../../lib/platform/model';
import { services } from '../../lib/platform/services';
import { authorization, core } from './support/cluster';
import { eventually } from './support/eventually';
import { helms, Release } from './support/helm';
import { apply, kubectl } from './support/kubectl';
import { makeNamespace, removeNamespace } from './support/namespace';
import { available, COMPONENT, podsIn } from './support/workloads';

const [helm] = helms;
if (helm === undefined) throw new Error('no Helm');

const records: readonly ServiceRecord[] = services;

/** Something that one may ask for. */
interface Deed {
  readonly verb: string;
  readonly resource: string;
  readonly group?: string;
  readonly subresource?: string;
}

/** What an account of ours has no business with: verb, resource, and the group and subresource where there is one. */
const FOREIGN: readonly Deed[] = [
  ...['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'].map((verb) => ({
    verb,
    resource: 'secrets',
  })),
  ...['get', 'list', 'create', 'delete', 'patch'].map((verb) => ({ verb, resource: 'pods' })),
  ...['exec', 'attach', 'portforward', 'log', 'proxy', 'ephemeralcontainers', 'eviction'].map(
    (subresource) => ({ verb: 'create', resource: 'pods', subresource }),
  ),
  ...['list', 'update', 'patch', 'delete'].map((verb) => ({ verb, resource: 'configmaps' })),
  ...['get', 'list', 'patch'].map((verb) => ({ verb, resource: 'nodes' })),
  { verb: 'create', resource: 'serviceaccounts', subresource: 'token' },
  ...['users', 'groups', 'serviceaccounts'].map((resource) => ({ verb: 'impersonate', resource })),
  { verb: 'create', resource: 'tokenreviews', group: 'authentication.k8s.io' },
  { verb: 'create', resource: 'subjectaccessreviews', group: 'authorization.k8s.io' },
  { verb: 'create', resource: 'rolebindings', group: 'rbac.authorization.k8s.io' },
  { verb: 'escalate', resource: 'roles', group: 'rbac.authorization.k8s.io' },
  { verb: 'bind', resource: 'clusterroles', group: 'rbac.authorization.k8s.io' },
  { verb: 'patch', resource: 'deployments', group: 'apps' },
  { verb: 'update', resource: 'deployments', group: 'apps', subresource: 'scale' },
  { verb: 'create', resource: 'jobs', group: 'batch' },
  { verb: 'delete', resource: 'networkpolicies', group: 'networking.k8s.io' },
  { verb: 'list', resource: 'namespaces' },
  { verb: 'create', resource: 'certificatesigningrequests', group: 'certificates.k8s.io' },
  { verb: 'patch', resource: 'validatingwebhookconfigurations', group: 'admissionregistration.k8s.io' },
  { verb: 'get', resource: 'externalsecrets', group: 'external-secrets.io' },
];

/** What a Role or a binding says of where it counts, and for whom. */
interface Rbac {
  readonly metadata: { readonly namespace?: string };
  readonly subjects?: readonly { readonly namespace?: string }[];
}

/** What Kubernetes gives to everybody who is signed in. */
const EVERYBODYS = ['selfsubjectreviews', 'selfsubjectaccessreviews', 'selfsubjectrulesreviews'];

let namespace: string;
let release: Release;
beforeAll(async () => {
  namespace = await makeNamespace('access');
  release = new Release(helm, namespace);
  await release.install({ environment: 'prod' });
  await available(namespace);
});
afterAll(async () => {
  await release.clean();
  await removeNamespace(namespace);
});

async function allowed(account: string, deed: Deed, where: string | undefined): Promise<boolean> {
  const spec = Object.assign(new V1SubjectAccessReviewSpec(), {
    user: `system:serviceaccount:${namespace}:${account}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
    resourceAttributes: { ...deed, namespace: where },
  });
  const review = await authorization.createSubjectAccessReview({
    body: Object.assign(new V1SubjectAccessReview(), { spec }),
  });
  return review.status?.allowed === true;
}

/** All that an account may do in its namespace, as the API server tells it. */
async function rulesOf(account: string): Promise<readonly V1PolicyRule[]> {
  const body = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectRulesReview',
    spec: { namespace },
  };
  const { stdout } = await kubectl(
    [
      'create',
      '--validate=false',
      '--as',
      `system:serviceaccount:${namespace}:${account}`,
      '--output=json',
      '-f',
      '-',
    ],
    JSON.stringify(body),
  );
  return (JSON.parse(stdout) as { status: { resourceRules: V1PolicyRule[] } }).status.resourceRules;
}

/** A Role with one rule, bound to an account. */
function grant(account: string, rule: object): object {
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  const metadata = { name: 'given' };
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'given' };
  const subjects = [{ kind: 'ServiceAccount', name: account, namespace }];
  const items = [
    { apiVersion, kind: 'Role', metadata, rules: [rule] },
    { apiVersion, kind: 'RoleBinding', metadata, roleRef, subjects },
  ];
  return { apiVersion: 'v1', kind: 'List', items };
}

test('each service has an account of its own, and the check of the configuration leaves none', async () => {
  const { items } = await core.listNamespacedServiceAccount({ namespace });
  expect(items.map(({ metadata }) => metadata?.name).sort()).toEqual(
    ['default', ...records.map(({ name }) => `medkg-${name}`)].sort(),
  );
});

test('the table has forty verbs and more, all different', () => {
  expect(FOREIGN.length).toBeGreaterThanOrEqual(40);
  expect(new Set(FOREIGN.map((attributes) => JSON.stringify(attributes))).size).toBe(FOREIGN.length);
});

test('no service declares a permission, and no account has a Role', async () => {
  expect(records.filter(({ kubernetes }) => kubernetes !== undefined)).toEqual([]);
  const { stdout } = await kubectl([
    'get',
    'roles,rolebindings,clusterrolebindings',
    '--namespace',
    namespace,
    '--output=json',
  ]);
  const { items } = JSON.parse(stdout) as { items: readonly Rbac[] };
  const ours = items.filter(
    ({ metadata, subjects = [] }) =>
      metadata.namespace === namespace || subjects.some((subject) => subject.namespace === namespace),
  );
  expect(ours).toEqual([]);
});

test('a permission that somebody gives is seen, and its end too', async () => {
  const deed = { verb: 'get', resource: 'secrets' };
  const rule = { apiGroups: [''], resources: [deed.resource], verbs: [deed.verb] };
  const given = JSON.stringify(grant('medkg-eval', rule));
  expect(await allowed('medkg-eval', deed, namespace)).toBe(false);
  await apply(given, '--namespace', namespace);
  await eventually(async () => expect(await allowed('medkg-eval', deed, namespace)).toBe(true));
  expect(await rulesOf('medkg-eval')).toContainEqual(expect.objectContaining(rule));
  expect(await allowed('medkg-api', deed, namespace)).toBe(false);
  expect(await allowed('medkg-eval', deed, 'kube-system')).toBe(false);
  await kubectl(['delete', '--namespace', namespace, '-f', '-'], given);
  await eventually(async () => expect(await allowed('medkg-eval', deed, namespace)).toBe(false));
});

describe.each(records)('the account of $name', ({ name, kubernetes = [] }) => {
  const account = `medkg-${name}`;

  test.each(['its namespace', 'another namespace', 'the cluster'])(
    'may do nothing foreign in %s',
    async (where) => {
      const place = {
        'its namespace': namespace,
        'another namespace': 'kube-system',
        'the cluster': undefined,
      }[where];
      const answers = await Promise.all(FOREIGN.map((deed) => allowed(account, deed, place)));
      expect(FOREIGN.filter((_, i) => answers[i])).toEqual([]);
    },
  );

  test('has no other rule', async () => {
    const others = (await rulesOf(account)).filter(
      ({ resources = [] }) => !resources.every((resource) => EVERYBODYS.includes(resource)),
    );
    expect(others).toEqual(kubernetes.map((rule) => expect.objectContaining(rule) as V1PolicyRule));
  });
});

test('no pod mounts a token that it does not need', async () => {
  const pods = await podsIn(namespace);
  const withToken = pods.filter(({ spec }) =>
    spec?.volumes?.some(({ projected }) =>
      projected?.sources?.some(({ serviceAccountToken }) => serviceAccountToken !== undefined),
    ),
  );
  const needing = records.filter(({ kubernetes }) => kubernetes !== undefined).map(({ name }) => name);
  expect([...new Set(withToken.map(({ metadata }) => metadata?.labels?.[COMPONENT]))]).toEqual(needing);
});

test('with the Vault agent, the pods with secrets get a token for Vault alone', async () => {
  const backend = {
    secrets: { backend: 'vaultAgent' },
    network: { peers: { vault: { blocks: [{ cidr: '10.0.0.0/8', except: [] }], ports: [8200] } } },
  };
  await release.upgrade({ environment: 'prod', overrides: backend });
  await available(namespace);
  const tokens = (await podsIn(namespace)).flatMap(({ metadata, spec }) =>
    (spec?.volumes ?? []).flatMap(({ projected }) =>
      (projected?.sources ?? []).flatMap(({ serviceAccountToken }) =>
        serviceAccountToken === undefined
          ? []
          : [{ component: metadata?.labels?.[COMPONENT], audience: serviceAccountToken.audience }],
      ),
    ),
  );
  expect([...new Set(tokens.map(({ component }) => component))].sort()).toEqual(
    records
      .filter(({ secrets }) => secrets.length > 0)
      .map(({ name }) => name)
      .sort(),
  );
  expect([...new Set(tokens.map(({ audience }) => audience))]).toEqual(['vault']);
});
