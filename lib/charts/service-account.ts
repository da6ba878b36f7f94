import {
  KubeRole,
  KubeRoleBinding,
  KubeServiceAccount,
  type KubeRoleBindingProps,
  type KubeRoleProps,
  type KubeServiceAccountProps,
} from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { DescribedConstruct, type Value, choose, orElse, spreadMap, templated } from '../engine';
import { nameOf } from './helpers/names';
import { serviceMetadata } from './metadata';
import type { ServiceScope } from './scope';

/** The name of the account that a service's pods run as. */
export function serviceAccountName({ record, values }: ServiceScope): Value<string> {
  const { name, create } = values.serviceAccount;
  // Without an account of its own a pod runs as the one that every namespace has.
  return orElse(name, choose(create, nameOf(record.name), 'default'));
}

/** The account of a service: one of its own, so that each can be given what it needs and no more. */
export class ServiceAccount extends DescribedConstruct {
  constructor(scope: Construct, service: ServiceScope) {
    super(scope, 'account', {
      source: 'lib/charts/service-account.ts',
      when: service.values.serviceAccount.create,
    });
    new KubeServiceAccount(
      this,
      'service-account',
      templated<KubeServiceAccountProps>({
        metadata: {
          ...serviceMetadata(service),
          name: serviceAccountName(service),
          annotations: spreadMap(service.values.serviceAccount.annotations),
        },
        automountServiceAccountToken: false,
      }),
    );
  }
}

/** What a service may ask of the Kubernetes API; only for those whose record says that they ask. */
export class KubernetesAccess extends DescribedConstruct {
  constructor(
    scope: Construct,
    service: ServiceScope,
    rules: NonNullable<ServiceScope['record']['kubernetes']>,
  ) {
    super(scope, 'access', { source: 'lib/charts/service-account.ts' });
    const metadata = serviceMetadata(service);
    new KubeRole(
      this,
      'role',
      templated<KubeRoleProps>({
        metadata,
        rules: rules.map(({ apiGroups, resources, verbs }) => ({
          apiGroups: [...apiGroups],
          resources: [...resources],
          verbs: [...verbs],
        })),
      }),
    );
    new KubeRoleBinding(
      this,
      'role-binding',
      templated<KubeRoleBindingProps>({
        metadata,
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name },
        subjects: [{ kind: 'ServiceAccount', name: serviceAccountName(service) }],
      }),
    );
  }
}
