import {
  KubeRole,
  KubeRoleBinding,
  type KubeRoleBindingProps,
  type KubeRoleProps,
} from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { eachOf, orElse, templated, type References } from '../../template';
import { platformMetadata } from '../metadata';
import { Part } from '../part';
import { release } from '../release';
import { values } from '../values';
import { FLOWS } from './names';

/** What starts and follows the pods of steps: no exec, no nodes, no secrets. */
const RULES = [
  { apiGroups: [''], resources: ['pods'], verbs: ['create', 'get', 'list', 'watch', 'patch', 'delete'] },
  { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
  { apiGroups: [''], resources: ['events'], verbs: ['list'] },
];

/** The rights of Airflow's workers, in the namespace in which the pods run: that of the release. */
export class FlowAccess extends Part {
  constructor(scope: Construct) {
    super(scope, 'access', { source: 'lib/charts/flows/access.ts', when: values.airflow.enabled });
    const metadata = platformMetadata(FLOWS);
    new KubeRole(this, 'role', templated<KubeRoleProps>({ metadata, rules: RULES }));
    new KubeRoleBinding(
      this,
      'role-binding',
      templated<KubeRoleBindingProps>({
        metadata,
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name },
        subjects: [
          eachOf(
            values.airflow.serviceAccounts as unknown as References<readonly string[]>,
            'account',
            (account) => ({
              kind: 'ServiceAccount',
              name: account,
              namespace: orElse(values.airflow.namespace, release.namespace),
            }),
          ),
        ],
      }),
    );
  }
}
