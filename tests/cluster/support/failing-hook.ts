/** Makes the pods of the configuration's check end with an error, in one namespace. */
export function failingHook(namespace: string): readonly object[] {
  const metadata = { name: namespace };
  const selector = { matchLabels: { 'kubernetes.io/metadata.name': namespace } };
  const expression = 'Object{metadata: Object.metadata{annotations: {"fake/exit-code": "1"}}}';
  const matchConstraints = {
    namespaceSelector: selector,
    objectSelector: { matchLabels: { 'app.kubernetes.io/component': 'configuration-check' } },
    resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
  };
  const apiVersion = 'admissionregistration.k8s.io/v1';
  const mutations = [{ patchType: 'ApplyConfiguration', applyConfiguration: { expression } }];
  return [
    {
      apiVersion,
      kind: 'MutatingAdmissionPolicy',
      metadata,
      spec: { matchConstraints, mutations, reinvocationPolicy: 'Never' },
    },
    { apiVersion, kind: 'MutatingAdmissionPolicyBinding', metadata, spec: { policyName: namespace } },
  ];
}
