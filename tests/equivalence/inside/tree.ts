import { Type } from '@sinclair/typebox';
import type { Catalogue, JsonObject } from '../../../lib/engine';
import { catalogueOf, toYaml } from '../../../lib/engine/renderers';

/** A chart with values and with charts inside, and nothing else: how its values come about is looked at. */
export interface ChartTree {
  readonly name: string;
  readonly defaults: JsonObject;
  readonly tags?: readonly string[];
  readonly inside?: readonly ChartTree[];
}

/** Its values, as the engine knows them; any value may stand anywhere. */
export function catalogueOfTree({ name, defaults, inside = [] }: ChartTree): Catalogue {
  return catalogueOf({
    chart: name,
    schema: Type.Object({}),
    defaults,
    dependencies: inside.map((inner) => ({
      catalogue: catalogueOfTree(inner),
      condition: `${inner.name}.enabled`,
      tags: inner.tags ?? [],
    })),
  });
}

/** The files of the chart. */
export function filesOfTree(tree: ChartTree, folder = ''): Map<string, string> {
  const { name, defaults, inside = [] } = tree;
  const dependencies = inside.map((inner) => ({
    name: inner.name,
    version: '0.1.0',
    condition: `${inner.name}.enabled`,
    tags: [...(inner.tags ?? [])],
  }));
  return new Map([
    [
      `${folder}Chart.yaml`,
      toYaml({ apiVersion: 'v2', name, version: '0.1.0', ...(inside.length === 0 ? {} : { dependencies }) }),
    ],
    [`${folder}values.yaml`, JSON.stringify(defaults)],
    ...inside.flatMap((inner) => [...filesOfTree(inner, `${folder}charts/${inner.name}/`)]),
  ]);
}
