import {
  KubeRole,
  KubeRoleBinding,
  type KubeRoleBindingProps,
  type KubeRoleProps,
} from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import {
  DescribedConstruct,
  type References,
  type Value,
  and,
  eachOf,
  nonEmpty,
  orElse,
  release,
  templated,
} from '../../engine';
import { platformMetadata } from '../metadata';
import { values } from '../values';
import { FLOWS } from './names';

const SOURCE = 'lib/charts/flows/access.ts';

/** What starts and follows the pods of steps: no exec, no nodes, no secrets. */
const RULES = [
  { apiGroups: [''], resources: ['pods'], verbs: ['create', 'get', 'list', 'watch', 'patch', 'delete'] },
  { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
  { apiGroups: [''], resources: ['events'], verbs: ['list'] },
];

/** The rights of Airflow where the pods of steps run: in the namespace of the release. */
export class FlowAccess extends DescribedConstruct {
  constructor(scope: Construct) {
    super(scope, 'access', { source: SOURCE, when: values.airflow.enabled });
    bindRole(this, '', platformMetadata(FLOWS));
  }
}

/** The same where Airflow is, if that is another namespace: its scheduler starts its workers there. */
export class AirflowAccess extends DescribedConstruct {
  constructor(scope: Construct) {
    const { enabled, namespace } = values.airflow;
    super(scope, 'airflow-access', { source: SOURCE, when: and(enabled, nonEmpty(namespace)) });
    bindRole(this, 'airflow-', { ...platformMetadata(FLOWS, 'airflow'), namespace });
  }
}

function bindRole(
  scope: Construct,
  prefix: string,
  metadata: ReturnType<typeof platformMetadata> & { readonly namespace?: Value<string> },
): void {
  new KubeRole(scope, `${prefix}role`, templated<KubeRoleProps>({ metadata, rules: RULES }));
  new KubeRoleBinding(
    scope,
    `${prefix}role-binding`,
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
