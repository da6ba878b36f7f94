/**
 * Things that could be wrong with the chart and that only a running cluster shows; each with the scenario that must fail.
 * `scenario`: the file in this folder, and a part of the test's name; `failure`: what that test says then. Without
 * `replace` the file is added.
 * @typedef {object} Mutation
 * @property {string} what
 * @property {string} file
 * @property {string} [replace]
 * @property {string} by
 * @property {[file: string, test: string]} scenario
 * @property {RegExp} failure
 */

/** @type {Mutation[]} */
export const mutations = [
  {
    what: 'the account of the configuration check is made after its Job',
    file: 'templates/configuration-check/service-account.yaml',
    replace: 'helm.sh/hook-weight: "-20"',
    by: 'helm.sh/hook-weight: "0"',
    scenario: ['lifecycle', 'Helm 4 dev install'],
    failure: /install medkg ended with 1[^]*pre-install/,
  },
  {
    what: 'a role lets the api read secrets',
    file: 'templates/api/role.yaml',
    by: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: {{ include "medical-kg.name" (list . "api") }}
rules:
  - apiGroups: [""]
    resources: [secrets]
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: {{ include "medical-kg.name" (list . "api") }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {{ include "medical-kg.name" (list . "api") }}
subjects:
  - kind: ServiceAccount
    name: {{ include "medical-kg.name" (list . "api") }}
`,
    scenario: ['access', 'the account of api may do nothing foreign in its namespace'],
    failure: /"resource": "secrets"/,
  },
  {
    what: 'everybody in the namespace reaches the catalog',
    file: 'templates/catalog/network-policy.yaml',
    replace: '(list . "api") | nindent 14',
    by: '(list . "api") | toString | trunc 0',
    scenario: ['network', 'dev exactly what the model says'],
    failure: /\+ .*neighbour -> .*medkg-catalog-\S+ TCP 8080/,
  },
  {
    what: 'a drain may take all pods of the parser at once',
    file: 'templates/parser/pod-disruption-budget.yaml',
    replace: 'maxUnavailable: {{ $service.disruptionBudget.maxUnavailable | int }}',
    by: 'maxUnavailable: 2',
    scenario: ['disruption', 'a drain of every node, one after the other prod'],
    failure: /-\s+"parser": 1,[^]*\+\s+"parser": 0,/,
  },
  {
    what: 'selectors get a label more, which no Deployment may change',
    file: 'templates/_helpers.tpl',
    replace: '{{- define "medical-kg.selectorLabels" -}}',
    by: '{{- define "medical-kg.selectorLabels" -}}\nmedical-kg/component: {{ last . }}',
    scenario: ['upgrade-path', 'Helm 4'],
    failure: /field is immutable/,
  },
  {
    what: 'SPLADE does not tolerate the taint of its pool',
    file: 'templates/splade/deployment.yaml',
    replace: '- key: dedicated\n',
    by: '- key: undedicated\n',
    scenario: ['scheduling', 'staging each pod is where the model says'],
    // Helm may be content before the autoscaler asks for the pod that none of its places takes.
    failure: /medkg-splade not ready|deadline exceeded|timed out|not available: medkg-splade$/m,
  },
  {
    what: 'the budget of the api lets no pod go',
    file: 'templates/api/pod-disruption-budget.yaml',
    replace: 'minAvailable: {{ $service.disruptionBudget.minAvailable | int }}',
    by: 'minAvailable: 100%',
    scenario: ['disruption', 'comes to its end, in each environment'],
    failure: /would violate the pod's disruption budget/,
  },
  {
    what: 'pods do not notice that the configuration changed',
    file: 'templates/_helpers.tpl',
    replace: '{{- list $config $policy $schema | join "\\n" | sha256sum -}}',
    by: '{{- sha256sum "" -}}',
    scenario: ['upgrades-helm4', 'a value of the configuration'],
    failure: /-\s+"Deployment\/api",/,
  },
  {
    what: 'every upgrade rolls the pods of the api',
    file: 'templates/api/deployment.yaml',
    replace: 'checksum/config: {{ include "medical-kg.configurationChecksum" . | quote }}',
    by: 'checksum/config: {{ randAlphaNum 8 | quote }}',
    scenario: ['lifecycle', 'Helm 4 dev'],
    failure: /Deployment\/api/,
  },
  {
    what: 'priority classes of two namespaces share their names',
    file: 'templates/_helpers.tpl',
    replace: `{{- $base := printf "%s-%s" $root.Release.Namespace (include "medical-kg.baseName" $root) -}}
{{- $hash := printf "%s/%s" $root.Release.Namespace (include "medical-kg.baseName" $root) | sha256sum | trunc 8 -}}`,
    by: `{{- $base := include "medical-kg.baseName" $root -}}
{{- $hash := sha256sum $base | trunc 8 -}}`,
    scenario: ['side-by-side', 'in two namespaces'],
    failure: /Expected length: 4\s+Received length: 2/,
  },
  {
    what: 'selectors do not tell releases apart',
    file: 'templates/_helpers.tpl',
    replace: 'app.kubernetes.io/instance: {{ include "medical-kg.instance" (first .) | quote }}',
    by: 'app.kubernetes.io/instance: medkg',
    scenario: ['side-by-side', 'in one namespace'],
    failure: /\+\s+"medkg-api-parser-/,
  },
  {
    what: 'the chart does not say what the manifests say: how long a pod of the api may take to end',
    file: 'templates/api/deployment.yaml',
    replace: '      terminationGracePeriodSeconds: {{',
    by: '      #terminationGracePeriodSeconds: {{',
    scenario: ['manifests-over-release', 'Helm 4 dev'],
    failure: /Deployment\/api/,
  },
  {
    what: 'a check of the configuration that was cut off stands in the way of the next one',
    file: 'templates/configuration-check/config-map.yaml',
    replace: 'before-hook-creation,hook-succeeded,hook-failed',
    by: 'hook-succeeded,hook-failed',
    scenario: ['interruptions', 'in the hook of an install'],
    failure: /already exists/,
  },
  {
    what: 'a rollout of the api never counts as failed',
    file: 'templates/api/deployment.yaml',
    replace: '  progressDeadlineSeconds: {{ $service.progressDeadlineSeconds | int }}\n',
    by: '',
    scenario: ['faults', 'an image cannot be pulled'],
    failure: /progress deadline|Received string/,
  },
];
