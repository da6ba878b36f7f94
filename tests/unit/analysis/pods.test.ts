import { podTemplateOf } from '../../../lib/analysis';
import type { JsonObject } from '../../../lib/engine';

const POD = { containers: [{ name: 'main' }] };
const metadata = { labels: { app: 'x' } };
const template = { metadata, spec: POD };
const of = (kind: string, spec: JsonObject): JsonObject => ({ kind, metadata: { name: 'x' }, spec });

test.each(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'Rollout'])(
  'the pods of a %s',
  (kind) => {
    expect(podTemplateOf(of(kind, { template }))).toEqual(template);
  },
);

test('the pods of a CronJob are those of its Jobs', () => {
  expect(podTemplateOf(of('CronJob', { jobTemplate: { spec: { template } } }))).toEqual(template);
});

test('a pod of its own', () => {
  expect(podTemplateOf({ kind: 'Pod', metadata, spec: POD })).toEqual(template);
});

test('a template of something else is none', () => {
  expect(podTemplateOf(of('SealedSecret', { template: { metadata, type: 'Opaque' } }))).toBeUndefined();
  expect(podTemplateOf(of('Certificate', { secretTemplate: {} }))).toBeUndefined();
  expect(podTemplateOf({ kind: 'ConfigMap', data: { spec: 'text' } })).toBeUndefined();
});
