import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { helms, Release } from './support/helm';
import { earlierChart, type EarlierChart } from './support/history';
import { makeNamespace, removeNamespace } from './support/namespace';
import { snapshot } from './support/objects';
import { warningsIn } from './support/run';
import { available } from './support/workloads';

let earlier: EarlierChart;
beforeAll(async () => {
  earlier = await earlierChart();
  process.stdout.write(`upgrade path: from ${earlier.from}\n`);
});
afterAll(() => rmSync(earlier.folder, { recursive: true, force: true }));

test.each(helms)(
  '$name: prod of the chart before this one upgrades, and no object is made anew',
  async (helm) => {
    const namespace = await makeNamespace('path');
    const release = new Release(helm, namespace);
    try {
      // Its own values: it may not know yet what ours switch off.
      const [chart, file] = [earlier.folder, join(earlier.folder, 'values-prod.yaml')];
      await release.install({ environment: 'prod', chart, file });
      await available(namespace);
      const before = await snapshot(namespace);
      expect(warningsIn(await release.upgrade({ environment: 'prod' }))).toEqual([]);
      await available(namespace);
      const after = await snapshot(namespace);
      const both = [...after].filter(([name]) => before.has(name));
      const anew = both.filter(([name, { metadata }]) => metadata.uid !== before.get(name)?.metadata.uid);
      expect(both.length).toBeGreaterThan(0);
      expect(anew.map(([name]) => name)).toEqual([]);
    } finally {
      await release.clean();
      await removeNamespace(namespace);
    }
  },
);
