import { rmSync } from 'node:fs';
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
      await release.install({ environment: 'prod', chart: earlier.folder });
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
