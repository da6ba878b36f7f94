/**
 * Damage that the tests of the charts must notice. Each replaces a text, exactly and once; `scripts/chart-mutations.mjs` applies
 * them one by one in a copy of the project, and the file of tests/unit/charts that `seenBy` names has to fail.
 * @typedef {{ what: string, seenBy: string, file: string, replace: string, by: string }} Mutation
 */

/** @type {Mutation[]} */
export const mutations = [
  {
    what: 'the containers keep their capabilities',
    seenBy: 'pods',
    file: 'lib/charts/pod/security.ts',
    replace: "capabilities: { drop: ['ALL'] }",
    by: 'capabilities: {}',
  },
  {
    what: 'the root file system can be written to',
    seenBy: 'pods',
    file: 'lib/charts/pod/security.ts',
    replace: 'readOnlyRootFilesystem: true',
    by: 'readOnlyRootFilesystem: false',
  },
  {
    what: 'the containers have no security context',
    seenBy: 'pods',
    file: 'lib/charts/pod/index.ts',
    replace: 'securityContext: CONTAINER_SECURITY,',
    by: '',
  },
  {
    what: 'a selector says nothing of the component',
    seenBy: 'selectors',
    file: 'lib/charts/helpers/labels.ts',
    replace: "'app.kubernetes.io/component': String(component)",
    by: "'app.kubernetes.io/component': 'all'",
  },
  {
    what: 'a Service selects the pods of another component',
    seenBy: 'selectors',
    file: 'lib/charts/service.ts',
    replace: 'selector: selectorLabelsOf(record.name)',
    by: "selector: selectorLabelsOf('api')",
  },
  {
    what: 'GPU pods do not tolerate the taint of their pool',
    seenBy: 'placement',
    file: 'lib/charts/pod/placement.ts',
    replace: 'key: POOL_TAINT',
    by: "key: 'other'",
  },
  {
    what: 'pods without a GPU go to nodes with one',
    seenBy: 'placement',
    file: 'lib/charts/pod/placement.ts',
    replace: "operator: 'NotIn'",
    by: "operator: 'In'",
  },
  {
    what: 'there is no liveness probe',
    seenBy: 'pods',
    file: 'lib/charts/pod/index.ts',
    replace: 'livenessProbe: probe(service, own.probes.liveness),',
    by: '',
  },
  {
    what: 'GPU servers have a minute to start',
    seenBy: 'pods',
    file: 'lib/platform/patterns.ts',
    replace: 'failureThreshold: 90',
    by: 'failureThreshold: 6',
  },
  {
    what: 'GPU servers have no limits',
    seenBy: 'pods',
    file: 'lib/charts/pod/resources.ts',
    replace: 'limits: {',
    by: 'other: {',
  },
  {
    what: 'a directory has no limit',
    seenBy: 'pods',
    file: 'lib/charts/pod/scratch.ts',
    replace: 'sizeLimit: Quantity.fromString(sizeLimit)',
    by: '',
  },
  {
    what: 'a budget blocks the drain of a single pod',
    seenBy: 'scaling',
    file: 'lib/charts/disruption-budget.ts',
    replace: 'greaterThan(minReplicasOf(values.scaling), 1)',
    by: 'greaterThan(minReplicasOf(values.scaling), 0)',
  },
  {
    what: 'an autoscaler and the chart both set the replicas',
    seenBy: 'scaling',
    file: 'lib/charts/deployment.ts',
    replace: "equals(values.scaling.mode, 'fixed')",
    by: "equals(values.scaling.mode, 'hpa')",
  },
  {
    what: 'everybody reaches the admin paths',
    seenBy: 'ingress',
    file: 'lib/charts/exposure.ts',
    replace: 'rule(path, DENY)',
    by: 'rule(path, ALLOW)',
  },
  {
    what: 'policies close one direction only',
    seenBy: 'network',
    file: 'lib/charts/network-policy.ts',
    replace: "policyTypes: ['Ingress', 'Egress']",
    by: "policyTypes: ['Ingress']",
  },
  {
    what: 'a service reads a key that it does not declare',
    seenBy: 'pods',
    file: 'lib/charts/pod/secrets.ts',
    replace: 'const keys = service.record.secrets;',
    by: "const keys = [...service.record.secrets, 'API_JWT_SECRET'];",
  },
];
