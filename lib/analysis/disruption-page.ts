import type { JsonObject } from '../engine';
import { disruptionsOf, type Disruption } from './disruption';

/** `docs/disruption.md`: what updates and drains do to each service, in each environment. */
export function disruptionPage(environments: ReadonlyMap<string, readonly JsonObject[]>): string {
  return [
    '# What updates and drains take away',
    '',
    '<!-- Made from lib/charts and values/ by `npm run docs`; a test fails when it is stale. -->',
    '',
    'How many pods of a service go on answering, at the least, while an update replaces them, and while nodes are drained one',
    'after the other. **0** is downtime: from the end of the last pod until the next one is ready, which may take as long as',
    '[a start](application-contract.md) of the service.',
    '',
    '- An update goes by `services.<name>.rollout`, and asks no budget. Servers with a GPU are replaced one by one, without a',
    '  spare GPU: with a single pod that is downtime, and the notes of the chart name these services. To have none, run two',
    '  pods, or keep a GPU free and set `rollout: { maxSurge: 1, maxUnavailable: 0 }`.',
    '- A drain goes by the PodDisruptionBudget, which every service with two pods or more has. A single pod has none: it would',
    '  block every drain.',
    '- A pod that is not ready never blocks a drain (`unhealthyPodEvictionPolicy: AlwaysAllow`). One that is ready does, while',
    '  it is the last one that the budget allows: when the update of a server with a GPU hangs, `helm rollback` first.',
    '- `pods` is the least number. An autoscaler may run more, and then more are left.',
    '',
    'Tests on a control plane see exactly these numbers, by a watch of all pods, in updates of every service and in drains of',
    'every node.',
    ...[...environments].flatMap(([name, objects]) => section(name, disruptionsOf(objects))),
    '',
  ].join('\n');
}

function section(environment: string, disruptions: readonly Disruption[]): string[] {
  return [
    '',
    `## ${environment}`,
    '',
    '| service | pods | left by an update | left by a drain |',
    '| --- | ---: | ---: | ---: |',
    ...disruptions.map(
      ({ service, pods, update, drain }) => `| ${service} | ${pods} | ${left(update)} | ${left(drain)} |`,
    ),
  ];
}

function left(pods: number): string {
  return pods === 0 ? '**0**' : String(pods);
}
