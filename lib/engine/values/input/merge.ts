import type { MapNode, TreeNode } from './tree';

/**
 * The values of two files in one map; the later wins. Maps merge deeply, lists and scalars replace. A null
 * replaces like any scalar: what it deletes is decided later, against the chart's defaults (see `coalesce`).
 */
export function mergeMaps(earlier: MapNode, later: MapNode): MapNode {
  const entries = new Map(earlier.entries);
  for (const [key, value] of later.entries) entries.set(key, mergeValue(entries.get(key), value));
  return { kind: 'map', entries, at: later.at ?? earlier.at };
}

function mergeValue(earlier: TreeNode | undefined, later: TreeNode): TreeNode {
  return earlier?.kind === 'map' && later.kind === 'map' ? mergeMaps(earlier, later) : later;
}
