/** What the API server lets nobody change in an object that is there: of installed releases it has to stay as it is. */
import { isDeepStrictEqual } from 'node:util';
import fields from './immutable-fields.json';
import type { KubeObject } from '../../support/kubernetes';
import { variants } from '../../support/platform';

type Fields = Readonly<Record<string, unknown>>;

/** The fields of each kind; a kind without any may be changed as one likes. */
const IMMUTABLE: Readonly<Record<string, readonly string[]>> = {
  ConfigMap: ['immutable'],
  CronJob: [],
  DaemonSet: ['spec.selector'],
  Deployment: ['spec.selector'],
  ExternalSecret: [],
  HorizontalPodAutoscaler: [],
  HTTPRoute: [],
  Ingress: [],
  // Nearly all of a Job: a hash of its pod template is in its name.
  Job: [],
  NetworkPolicy: [],
  PersistentVolumeClaim: ['spec.accessModes', 'spec.storageClassName', 'spec.volumeMode', 'spec.selector'],
  PodDisruptionBudget: [],
  PriorityClass: ['value', 'preemptionPolicy'],
  Role: [],
  RoleBinding: ['roleRef'],
  ScaledObject: [],
  SecretStore: [],
  Service: ['spec.clusterIP', 'spec.ipFamilies'],
  ServiceAccount: [],
  ServiceMonitor: [],
  StatefulSet: ['spec.selector', 'spec.serviceName', 'spec.podManagementPolicy', 'spec.volumeClaimTemplates'],
};

const HASH = /-[0-9a-f]{8}$/;
const recorded: Readonly<Record<string, Fields>> = fields;
/** Hooks are deleted before they are made anew. */
const objects = variants
  .flatMap(([, platform]) => platform.objects)
  .filter(({ metadata }) => metadata.annotations?.['helm.sh/hook'] === undefined);

function identityOf({ kind, metadata: { name } }: KubeObject): string {
  return `${kind}/${kind === 'Job' ? name.replace(HASH, '') : name}`;
}

/** The fields that an object has, of those that cannot be changed. */
function immutableOf(object: KubeObject): Fields {
  const paths = IMMUTABLE[object.kind] ?? [];
  const found = paths.map((path) => [path, at(object, path.split('.'))] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

function at(value: unknown, [first, ...rest]: readonly string[]): unknown {
  if (first === undefined || typeof value !== 'object' || value === null) return value;
  return at((value as Record<string, unknown>)[first], rest);
}

/** What an operator would have to do, where the fields of an object differ from the recorded ones. */
function complaint(object: KubeObject): string[] {
  const [identity, now] = [identityOf(object), immutableOf(object)];
  const before = recorded[identity];
  if (before === undefined || isDeepStrictEqual(before, now)) return [];
  return [
    `${identity} would change from ${JSON.stringify(before)} to ${JSON.stringify(now)}, which the API server refuses: ` +
      `each operator would have to delete the object before the upgrade. Give it another name instead, or leave the field.`,
  ];
}

test('what cannot be changed stays as it is in installed releases', () => {
  expect([...new Set(objects.flatMap(complaint))]).toEqual([]);
});

test('each object with such fields is recorded: what is printed here belongs into immutable-fields.json', () => {
  const missing = objects.filter(
    (object) => Object.keys(immutableOf(object)).length > 0 && recorded[identityOf(object)] === undefined,
  );
  expect(Object.fromEntries(missing.map((object) => [identityOf(object), immutableOf(object)]))).toEqual({});
});

test('nothing is recorded that is gone', () => {
  const names = new Set(objects.map(identityOf));
  expect(Object.keys(recorded).filter((identity) => !names.has(identity))).toEqual([]);
});

test('it is known of each kind what cannot be changed', () => {
  expect([...new Set(objects.map(({ kind }) => kind))].filter((kind) => !(kind in IMMUTABLE))).toEqual([]);
});

test('the name of a Job says which pod template it has', () => {
  const jobs = objects.filter(({ kind }) => kind === 'Job').map(({ metadata }) => metadata.name);
  expect(jobs.length).toBeGreaterThan(0);
  expect(jobs.filter((name) => !HASH.test(name))).toEqual([]);
});
