import { changes } from './support/changes';
import { helms, Release } from './support/helm';
import { makeNamespace, removeNamespace } from './support/namespace';
import { difference, rolled, snapshot, type Snapshot } from './support/objects';
import { available } from './support/workloads';

describe.each(helms)('$name: an upgrade of prod changes what it should and rolls what it should', (helm) => {
  let namespace: string;
  let release: Release;
  let before: Snapshot;

  beforeAll(async () => {
    namespace = await makeNamespace('upgrade');
    release = new Release(helm, namespace);
    await release.install({ environment: 'prod' });
    await available(namespace);
    before = await snapshot(namespace);
  });
  afterEach(async () => {
    await release.rollback(1);
    await available(namespace);
  });
  afterAll(async () => {
    await release.clean();
    await removeNamespace(namespace);
  });

  test.each(changes)('$name', async ({ environment = 'prod', overrides, expected }) => {
    const start = await snapshot(namespace);
    expect(difference(before, start)).toEqual({ added: [], removed: [], changed: [] });
    await release.upgrade({ environment, overrides });
    await available(namespace);
    const after = await snapshot(namespace);
    expect({ ...difference(start, after), rolled: rolled(start, after) }).toEqual({
      added: [],
      removed: [],
      changed: [],
      rolled: [],
      ...expected,
    });
  });
});
