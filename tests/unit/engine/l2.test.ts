import { ApiObject, Chart, Cron } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { evaluate, symbolicApp, text, when, type Json, type Value } from '../../../lib/engine/renderers';
import { scopeWith, values } from './support';

/** The types of L2 constructs ask for plain values, and hand on what they are given. */
function plain<T>(value: Value<T>): T {
  return value as unknown as T;
}

const container = { image: plain(values.name), command: ['x', plain(values.name)] };
const podMetadata = {
  labels: { mode: plain(values.mode), fixed: 'f' },
  annotations: { name: plain(values.name) },
};
const options = { metadata: { name: plain(values.name) }, podMetadata, containers: [container] };
const size = plain(values.size);

/** An L2 workload, captured and evaluated. */
function made(make: (chart: Chart) => kplus.Resource): Json | undefined {
  const { app, symbolicValues } = symbolicApp();
  const workload = make(new Chart(app, 'chart', { disableResourceNameHashes: true }));
  return evaluate(symbolicValues.capture(ApiObject.of(workload)), scopeWith());
}

const pods = {
  metadata: { labels: { mode: 'two', fixed: 'f' }, annotations: { name: 'n' } },
  spec: { containers: [{ image: 'n', command: ['x', 'n'] }] },
};

describe('what is symbolic in an L2 workload stays where it belongs', () => {
  test.each<[string, (chart: Chart) => kplus.Resource, Json]>([
    [
      'Deployment',
      (chart) => new kplus.Deployment(chart, 'w', { ...options, replicas: size }),
      { replicas: 3, template: pods },
    ],
    [
      'StatefulSet',
      (chart) =>
        new kplus.StatefulSet(chart, 'w', {
          ...options,
          metadata: { name: 'n' },
          containers: [{ ...container, portNumber: 80 }],
          replicas: size,
        }),
      { replicas: 3, template: pods },
    ],
    [
      'DaemonSet',
      (chart) => new kplus.DaemonSet(chart, 'w', { ...options, minReadySeconds: size }),
      { minReadySeconds: 3, template: pods },
    ],
    [
      'Job',
      (chart) => new kplus.Job(chart, 'w', { ...options, backoffLimit: size }),
      { backoffLimit: 3, template: pods },
    ],
    [
      'CronJob',
      (chart) =>
        new kplus.CronJob(chart, 'w', {
          ...options,
          schedule: Cron.daily(),
          successfulJobsRetained: size,
        }),
      { successfulJobsHistoryLimit: 3, jobTemplate: { spec: { template: pods } } },
    ],
  ])('%s', (kind, make, spec) => {
    const object = made(make);
    expect(object).toMatchObject({ kind, metadata: { name: 'n' }, spec });
    expect(Object.keys((object as { metadata: object }).metadata)).not.toContain('spec');
  });

  test('what a construct throws is told, though its name is symbolic', () => {
    const containers = [{ image: 'i', command: plain(values.items) }];
    expect(() => made((chart) => new kplus.Deployment(chart, 'w', { ...options, containers }))).toThrow(
      'chart/w/Resource: this._command is not iterable',
    );
  });

  test.each<[string, () => Cron, string]>([
    [
      'a value',
      () => plain<unknown>(values.name) as Cron,
      'chart/w/Resource: .Values.name is symbolic, and has no expressionString',
    ],
    [
      'a text',
      () => plain<unknown>(text`${values.size} 3 * * *`) as Cron,
      'chart/w/Resource: printf "%d 3 * * *" (int .Values.size) is symbolic, and has no expressionString',
    ],
    ['a part', () => new Cron({ minute: plain(values.name) }), '.Values.name has no text yet'],
  ])(
    'what a construct computes with is refused: the schedule of a CronJob, as %s',
    (_what, schedule, message) => {
      const containers = [{ image: 'i' }];
      const make = (): unknown =>
        made((chart) => new kplus.CronJob(chart, 'w', { containers, schedule: schedule() }));
      expect(make).toThrow(message);
      expect(make).toThrow('takes plain values there: use the L1 class (Kube…)');
    },
  );

  test('conditions too', () => {
    const metadata = {
      labels: { on: when(values.on, values.name), off: when(values.off, values.name) } as never,
    };
    const object = made((chart) => new kplus.Deployment(chart, 'w', { ...options, podMetadata: metadata }));
    const { labels } = (object as { spec: { template: { metadata: { labels: object } } } }).spec.template
      .metadata;
    expect(labels).toMatchObject({ on: 'n' });
    expect(labels).not.toHaveProperty('off');
  });
});
