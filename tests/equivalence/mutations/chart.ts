import { mutation, shown, type Mutation, type Patch } from './mutation';

const NAMES = 'lib/charts/helpers/names.ts';
const LABELS = 'lib/charts/helpers/labels.ts';
const CAPTURE = 'lib/engine/template/capture.ts';
const LONG = 'a'.repeat(53);

const nameTemplate: Patch = {
  file: NAMES,
  replace: '{{- join "-" (prepend (rest .) $base) -}}',
  by: '{{- if contains (last .) $base -}}{{- $base -}}{{- else -}}{{- join "-" (prepend (rest .) $base) -}}{{- end -}}',
};
const cutTemplate: Patch = {
  file: NAMES,
  replace:
    '{{- printf "%s-%s" ($base | trunc ${KEPT_LENGTH} | trimSuffix "-") ($given | sha256sum | trunc ${HASH_LENGTH}) -}}',
  by: '{{- $base | trunc ${BASE_LENGTH} | trimSuffix "-" -}}',
};

/** Names, labels, hooks: broken in the chart alone, or in both renderings, where only the names can tell. */
const names: readonly Mutation[] = [
  { name: 'the contains-shortcut of names', patches: [nameTemplate], seenBy: shown({}, { name: 'r-api' }) },
  {
    name: 'the contains-shortcut of names, in both renderings',
    patches: [
      nameTemplate,
      {
        file: NAMES,
        replace: "evaluate: (scope, ...parts) => [evaluateBaseName(scope), ...parts.map(word)].join('-'),",
        by: "evaluate: (scope, ...parts) => evaluateBaseName(scope).includes(word(parts.at(-1))) ? evaluateBaseName(scope) : [evaluateBaseName(scope), ...parts.map(word)].join('-'),",
      },
    ],
    seenBy: 'names',
  },
  { name: 'a long name cut without a hash', patches: [cutTemplate], seenBy: shown({}, { name: LONG }) },
  {
    name: 'a long name cut without a hash, in both renderings',
    patches: [
      cutTemplate,
      {
        file: NAMES,
        replace: "return `${base.slice(0, KEPT_LENGTH).replace(/-$/, '')}-${hash}`;",
        by: "return hash === '' ? '' : base.slice(0, BASE_LENGTH).replace(/-$/, '');",
      },
    ],
    seenBy: 'names',
  },
  mutation(
    'a name that begins with a digit',
    NAMES,
    'regexMatch "^[0-9]" $base',
    'regexMatch "^[0-9]$" $base',
    shown({}, { name: '1abc' }),
  ),
  mutation('a name with dots', NAMES, '| replace "." "-" -}}', '-}}', shown({}, { name: 'a.b' })),
  mutation(
    'the name of a release taken for a word',
    LABELS,
    '{{ include ${instance} (first .) | quote }}',
    '{{ include ${instance} (first .) }}',
    shown({}, { name: '1e3' }),
  ),
  mutation(
    'a selector label that the user can set',
    LABELS,
    'app.kubernetes.io/component: {{ last . }}`,\n  evaluate: (scope, component) => evaluateSelectorLabels',
    'app.kubernetes.io/component: {{ index (first .).Values.defaults.labels "component" | default (last .) }}`,\n  evaluate: (scope, component) => evaluateSelectorLabels',
    shown({ 'defaults.labels': { component: 'mine' } }),
  ),
  mutation(
    'a selector that does not know the release, in both renderings',
    'lib/charts/helpers/labels.ts',
    "'app.kubernetes.io/instance': evaluateInstance(scope),",
    "'app.kubernetes.io/instance': 'medical-kg',",
    'names',
  ),
  mutation(
    'a namespace on a kind of the cluster, in both renderings',
    'lib/engine/chart/described-construct.ts',
    'super(scope, name, { disableResourceNameHashes: true })',
    "super(scope, name, { disableResourceNameHashes: true, namespace: 'medical-kg' })",
    'names',
  ),
  mutation(
    'a name of the cluster without the namespace, in both renderings',
    NAMES,
    '.update(`${scope.release.namespace}/${base}`)',
    '.update(base)',
    'names',
  ),
];

const files: readonly Mutation[] = [
  mutation(
    'an object chosen by .Capabilities',
    'lib/engine/render/templates.ts',
    '`{{- if ${expression.print(scope)} }}`',
    '`{{- if .Capabilities.APIVersions.Has "keda.sh/v1alpha1" }}`',
    shown({ 'services.api.scaling.mode': 'keda' }),
  ),
  mutation(
    'a hook lost',
    'lib/engine/render/chart.ts',
    'for (const object of description.objects) {',
    "for (const object of description.objects.filter(({ folder }) => folder !== 'configuration-check')) {",
    shown(),
  ),
  mutation(
    'a hook that is none any more',
    'lib/engine/template/print.ts',
    'function printField(key: Key, node: Node, place: Place): string[] {',
    "function printField(key: Key, node: Node, place: Place): string[] {\n  if (key === 'helm.sh/hook') return [];",
    shown(),
  ),
  mutation(
    'a rule that the chart does not know',
    'lib/engine/render/texts.ts',
    '`{{- if ${condition} }}`',
    '`{{- if and false (${condition}) }}`',
    shown({ 'ingress.enabled': true }),
  ),
  mutation(
    'notes with a line too many',
    'lib/engine/render/texts.ts',
    'printWholeText(notes, printScope(facts.name))',
    "printWholeText([...notes, 'the end'], printScope(facts.name))",
    shown(),
  ),
];

/** A hole is lost before either renderer sees it: both agree, but the value is dead. */
const holes: readonly Mutation[] = [
  mutation(
    'a list in an L1 type dropped',
    CAPTURE,
    'if (value instanceof Spread) return { fill: () => value, body: undefined };',
    'if (value instanceof Spread) return { fill: () => [], body: undefined };',
    'lives',
  ),
  mutation(
    'a map or a struct in an L1 type dropped',
    CAPTURE,
    'if (isValue(value)) return { fill: () => expressionOf(value), body: undefined };',
    "if (isValue(value)) return { fill: (left) => (expressionOf(value).type === 'map' ? (left ?? {}) : expressionOf(value)), body: undefined };",
    'lives',
  ),
];

/** How overrides are read: each of these values is another one to Helm. */
const input: readonly Mutation[] = [
  mutation(
    'the earlier of two files wins',
    'lib/engine/values/input/merge.ts',
    'const entries = new Map(earlier.entries);\n  for (const [key, value] of later.entries)',
    'const entries = new Map(later.entries);\n  for (const [key, value] of earlier.entries)',
    [{ values: { environment: 'staging' }, later: { environment: 'prod' } }],
  ),
  mutation(
    '0.5 of --set as a number',
    'lib/engine/values/input/set-value.ts',
    "if (text !== '0' && !/^(?:[-+][0-9]+|[1-9][0-9]*)$/.test(text)) return { value: text };",
    "if (text !== '0' && !/^(?:[-+][0-9]+|[1-9][0-9]*)$/.test(text)) return { value: Number.isNaN(Number(text)) ? text : Number(text) };",
    shown({ 'services.api.podAnnotations': { half: '0.5' } }, {}, 'set'),
  ),
  mutation(
    'null that deletes nothing',
    'lib/engine/values/input/coalesce.ts',
    'filter(([key, value]) => value !== null || !hasValue(defaults, key))',
    'filter(([, value]) => value !== null || true)',
    shown({ 'services.qwenEmbedVllm.profiles.h100': null }),
  ),
];

/** Broken charts, helpers and readers. */
export const chartMutations: readonly Mutation[] = [...names, ...files, ...holes, ...input];
