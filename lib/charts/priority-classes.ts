import { KubePriorityClass, type KubePriorityClassProps } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { DescribedConstruct, type Value, templated, text } from '../engine';
import { clusterNameOf } from './helpers/names';
import { platformMetadata } from './metadata';
import { values } from './values';

/** The name of a class carries its value, which Kubernetes lets nobody change. */
export function priorityClassName(level: 'serving' | 'batch'): Value<string> {
  return clusterNameOf(level, text`${values.priorityClasses[level]}`);
}

/** What answers users goes before what may wait. */
export class PriorityClasses extends DescribedConstruct {
  constructor(scope: Construct, component: string) {
    super(scope, 'priorities', {
      source: 'lib/charts/priority-classes.ts',
      when: values.priorityClasses.create,
    });
    for (const [level, description] of [
      ['serving', 'Answers users: pre-empts work that may wait'],
      ['batch', 'May wait for a node'],
    ] as const) {
      const { labels } = platformMetadata(component);
      new KubePriorityClass(
        this,
        `priority-class-${level}`,
        templated<KubePriorityClassProps>({
          metadata: { name: priorityClassName(level), labels },
          value: values.priorityClasses[level],
          // What may wait takes nobody's place.
          ...(level === 'batch' ? { preemptionPolicy: 'Never' } : {}),
          description,
        }),
      );
    }
  }
}
