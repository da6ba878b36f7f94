import type { V1Pod } from '@kubernetes/client-node';
import { api } from '../../lib/platform/services/api';
import { helms, Release } from '../cluster/support/helm';
import type { Outcome } from '../cluster/support/run';
import { removeNamespace } from '../cluster/support/namespace';
import { namespaceWithSecret } from './support/namespace';
import { onePod } from './support/pods';
import { answered, tell } from './support/stub';
import { alone } from './support/values';

const BASE = '/v1';

const [installer] = helms;
if (installer === undefined) throw new Error('no Helm');
let namespace: string;
let pod: V1Pod;

beforeAll(async () => {
  namespace = await namespaceWithSecret('release-test');
  await new Release(installer, namespace).install(alone({ api: {} }, { api: { basePath: BASE } }));
  pod = await onePod(namespace, api.name);
});
afterAll(async () => {
  await new Release(installer, namespace).clean();
  await removeNamespace(namespace);
});

describe.each(helms)('helm test of $name', (helm) => {
  const testRelease = (): Promise<Outcome> => new Release(helm, namespace).test();

  test('asks the api for its health and its version, through its Service', async () => {
    const before = (await answered(pod, api.name)).length;
    await testRelease();
    const requests = (await answered(pod, api.name)).slice(before);
    const version = requests.find(({ request }) => request === `GET ${BASE}/version`);
    expect(version).toEqual(expect.objectContaining({ status: 200 }));
    // The kubelet asks for the health too, but not from a pod.
    expect(requests).toContainEqual({ from: version?.from, request: `GET ${BASE}/health`, status: 200 });
  });

  test('fails, and says why, when the api answers with an error', async () => {
    await tell(pod, api.name, api.port.container, `${BASE}/version?status=500`);
    await expect(testRelease()).rejects.toThrow(/returned error: 500/);
    await tell(pod, api.name, api.port.container, `${BASE}/version?status=200`);
    await testRelease();
  });
});
