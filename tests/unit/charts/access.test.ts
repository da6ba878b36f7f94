import { describePlatform } from '../../../lib/umbrella';
import type { ServiceRecord } from '../../../lib/platform/model';
import { Platform, records, rendered, scopeOf } from '../../support/platform';

/** A record that asks something of the Kubernetes API: none of ours does. */
const RULES: NonNullable<ServiceRecord['kubernetes']> = [
  { apiGroups: ['batch'], resources: ['jobs'], verbs: ['create', 'get'] },
];
const asking = records.map((record) => (record.name === 'eval' ? { ...record, kubernetes: RULES } : record));

test('no service has a Role today', () => {
  expect(records.filter(({ kubernetes }) => kubernetes !== undefined)).toEqual([]);
  expect(rendered.dev.objects.filter(({ kind }) => /Role/.test(kind))).toEqual([]);
});

describe('a record with rules', () => {
  const platform = new Platform(scopeOf('dev'), describePlatform(asking));

  test('gets a Role with exactly those', () => {
    expect(platform.all('Role').map(({ metadata, rules }) => [metadata.name, rules])).toEqual([
      ['medkg-eval', RULES],
    ]);
    expect(platform.objects.filter(({ kind }) => /^ClusterRole/.test(kind))).toEqual([]);
  });

  test('gets them bound to its own account', () => {
    const binding = platform.one('RoleBinding', 'eval');
    expect(binding.roleRef).toEqual({
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'Role',
      name: 'medkg-eval',
    });
    expect(binding.subjects).toEqual([
      expect.objectContaining({ kind: 'ServiceAccount', name: platform.pod('eval').spec.serviceAccountName }),
    ]);
  });

  test('gets a token in its pods, and nobody else does', () => {
    expect(
      platform
        .pods()
        .filter(({ template }) => template.spec.automountServiceAccountToken === true)
        .map(({ name }) => name),
    ).toEqual(['Deployment/medkg-eval']);
  });
});
