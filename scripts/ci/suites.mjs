/**
 * Everything that `.ci/run` runs after `npm test`, a row each, in the order in which it may begin. A new suite is a new row
 * here. This file is data and imports nothing: the planner also reads it as it stands on origin/main.
 *
 * A row without `whole` always runs in full. The others run in full when something of `whole` changed, in half when
 * only something of `half` did, and short otherwise: what a suite judges decides, not where a file lies.
 *
 * @typedef {object} Inputs
 * @property {string[]} [paths] files and folders of the repository
 * @property {string[]} [tools] names in the table of versions of scripts/ci/tools.sh
 * @property {string[]} [packages] npm packages; what they depend on is meant too
 * @property {string[]} [shared] folders of ../shared
 * @property {string[]} [objects] lists in tests/values/objects: what the suite's own values render
 *
 * @typedef {object} Suite
 * @property {string} name
 * @property {string} judges what it judges, for people
 * @property {{ full: string, half?: string, short?: string }} commands for bash; CI_SEED has the digits of the commit
 * @property {{ full: number, half?: number, short?: number, cold?: number }} seconds on two cores; `cold` is what a
 *   machine needs beside, on which nothing was built yet
 * @property {Inputs} [whole]
 * @property {Inputs} [half]
 * @property {string[]} [needs] suites that must have ended
 * @property {string[]} [beside] suites that it may run beside; it is enough when one of the two says so
 */

/** What turns the description into a chart and into manifests. */
const ENGINE = ['lib/engine'];
/** What is described, and with which values. */
const DESCRIPTION = [
  'lib/charts',
  'lib/config',
  'lib/parts',
  'lib/platform',
  'lib/umbrella',
  'lib/values',
  'values',
];
/** What proves charts. */
const PROOF = [
  'tests/equivalence',
  'tests/unit/values-input',
  'tests/support/moved-chart.ts',
  'scripts/prove.mjs',
];
const PROOF_PACKAGES = ['ajv', 'commander', 'esbuild', 'fast-check'];
const PACKAGES = ['cdk8s', 'cdk8s-plus-28', 'constructs', '@sinclair/typebox', 'yaml'];

const CHECKS = [
  ...[
    'schemas',
    'chart-fresh',
    'imports-fresh',
    'shared-fresh',
    'check',
    'contract',
    'planner',
    'policy-tests',
  ],
  ...['trivy', 'checkov', 'shell', 'yaml', 'helm', 'kubeconform', 'kube-score'],
];
const MUTATIONS = ['engine-mutations', 'chart-mutations'];

/** What starts a control plane, and whose pods are played. */
const CLUSTER_SUPPORT = [
  ...['tests/cluster/support', 'tests/cluster/jest.config.js', 'tests/cluster/reporter.js'],
  ...['tests/cluster/sequencer.js', 'scripts/support', 'jest.config.js'],
];
const CLUSTER_PACKAGES = ['@kubernetes/client-node', '@jest/test-sequencer', 'jest', 'js-yaml', 'yaml'];
const CORE_OBJECTS = ['dev', 'staging', 'prod', 'everything', 'vault-agent'];

/**
 * Programs of .tools, installed. No two builds run side by side: each uses every core.
 * @param {string[]} names
 */
const tools = (...names) => `bash scripts/ci/tools.sh ${names.join(' ')}`;
const check = (/** @type {string} */ name) => `bash scripts/ci/check ${name}`;

const pageCharts = (/** @type {number} */ documents) =>
  `node scripts/page-chart.mjs && for chart in shop own; do PROVE_SEED=\${PROVE_SEED:-20261124} npm run prove -- --chart build/page-chart/$chart.ts --docs ${documents} || exit; done`;

/** @type {Suite[]} */
export const suites = [
  {
    name: 'bench',
    judges: 'how long a build takes beside cdk8s synth, and how it grows',
    commands: {
      full: 'npm run bench -- --large-runs 2',
      short: 'npm run bench -- --runs 3 --large-runs 1 --large 440',
    },
    seconds: { full: 140, short: 30 },
    whole: {
      paths: [
        ...ENGINE,
        'lib/umbrella',
        'lib/cli',
        'main.ts',
        'scripts/bench.mjs',
        'scripts/generated-services.mjs',
        'scripts/phases.ts',
        'scripts/build.mjs',
        'scripts/support/json.mjs',
      ],
      packages: [...PACKAGES, 'ajv', 'commander', 'fflate', 'esbuild', 'cdk8s-cli'],
    },
  },
  // The programs that judge.
  {
    name: 'python-programs',
    judges: 'that they can be had',
    commands: { full: tools('trivy', 'checkov', 'shellcheck', 'yamllint', 'nca', 'airflow') },
    seconds: { full: 20, cold: 20 },
    beside: CHECKS,
  },
  {
    name: 'go-programs',
    judges: 'that they can be had',
    commands: { full: tools('kubeconform', 'kube-score', 'helm') },
    seconds: { full: 30, cold: 180 },
    beside: CHECKS,
  },
  {
    name: 'terraform-programs',
    judges: 'that they can be had',
    commands: { full: tools('terraform-mirror', 'tflint') },
    seconds: { full: 20, cold: 90 },
    beside: CHECKS,
  },
  {
    name: 'control-plane',
    judges: 'that it can be built',
    commands: { full: '../shared/control-plane/build "$KUBEBUILDER_ASSETS"' },
    seconds: { full: 30, cold: 300 },
    beside: CHECKS,
  },
  {
    name: 'real-nodes',
    judges: 'that they can be built',
    commands: { full: '../shared/real-node/build "$KUBEBUILDER_ASSETS"' },
    seconds: { full: 30, cold: 140 },
    beside: CHECKS,
  },
  // What needs few of them.
  {
    name: 'schemas',
    judges: 'that the schemas of Kubernetes and of custom resources can be had',
    commands: { full: tools('kube-schemas', 'crd-schemas') },
    seconds: { full: 10 },
  },
  {
    name: 'chart-fresh',
    judges: 'that the committed chart is what the description says',
    commands: { full: 'npx --no-install medkg chart --check' },
    seconds: { full: 2 },
  },
  {
    name: 'imports-fresh',
    judges: 'that the types of custom resources are those of their definitions',
    commands: { full: 'node scripts/import-crds.mjs ../shared/crds --check' },
    seconds: { full: 10 },
  },
  {
    name: 'shared-fresh',
    judges: 'that what is noted of ../shared is what lies there',
    commands: { full: 'node scripts/ci/shared.mjs --check' },
    seconds: { full: 1 },
  },
  {
    name: 'check',
    judges: 'types, lint, format, unused code, boundaries',
    commands: { full: 'npm run check' },
    seconds: { full: 90 },
  },
  {
    name: 'contract',
    judges: "our schema of the configuration beside the application's",
    commands: { full: 'npx --no-install jest -c tests/contract/jest.config.js' },
    seconds: { full: 10 },
  },
  {
    name: 'planner',
    judges: 'which suites a change asks for',
    commands: { full: 'node --test tests/ci' },
    seconds: { full: 30 },
  },
  {
    name: 'policy-tests',
    judges: 'the exceptions of the checks',
    commands: { full: 'node --test tests/policy/policy.test.mjs' },
    seconds: { full: 2 },
  },
  {
    name: 'trivy',
    judges: 'manifests and chart, by trivy',
    commands: { full: check('trivy') },
    seconds: { full: 15 },
    needs: ['python-programs'],
  },
  {
    name: 'checkov',
    judges: 'manifests, by checkov',
    commands: { full: check('checkov') },
    seconds: { full: 15 },
    needs: ['python-programs'],
  },
  {
    name: 'shell',
    judges: 'shell scripts, by shellcheck',
    commands: { full: check('shell') },
    seconds: { full: 5 },
    needs: ['python-programs'],
  },
  {
    name: 'yaml',
    judges: 'YAML files, by yamllint',
    commands: { full: check('yaml') },
    seconds: { full: 5 },
    needs: ['python-programs'],
  },
  {
    name: 'helm',
    judges: 'the chart, by both Helms',
    commands: { full: check('helm') },
    seconds: { full: 15 },
    needs: ['go-programs'],
  },
  {
    name: 'kubeconform',
    judges: 'manifests and chart, by the schemas of three versions of Kubernetes',
    commands: { full: check('kubeconform') },
    seconds: { full: 20 },
    needs: ['go-programs', 'schemas'],
  },
  {
    name: 'kube-score',
    judges: 'manifests, by kube-score',
    commands: { full: check('kube-score') },
    seconds: { full: 5 },
    needs: ['go-programs'],
  },
  {
    name: 'checks-can-fail',
    judges: 'that the checks above see what is wrong',
    commands: { full: 'bash tests/policy/selftest' },
    seconds: { full: 90 },
    needs: ['go-programs', 'python-programs'],
  },
  // Chart and manifests.
  {
    name: 'prove',
    judges:
      'that chart and manifests say the same, for random values; with one seed, so that a run says the same twice',
    commands: {
      full: 'PROVE_SEED=${PROVE_SEED:-20261124} PROVE_DOCS=${PROVE_DOCS:-300} npm run prove',
      half: 'PROVE_SEED=${PROVE_SEED:-20261124} PROVE_DOCS=${PROVE_DOCS:-200} npm run prove',
      short: 'PROVE_SEED=${PROVE_SEED:-20261124} PROVE_DOCS=${PROVE_DOCS:-100} npm run prove',
    },
    seconds: { full: 310, half: 230, short: 150 },
    whole: {
      paths: [...ENGINE, ...PROOF],
      tools: ['helm3', 'helm4'],
      packages: [...PACKAGES, ...PROOF_PACKAGES],
    },
    half: { paths: [...DESCRIPTION, 'helm'] },
    needs: ['go-programs'],
    beside: ['checks-can-fail'],
  },
  {
    name: 'page-chart',
    judges: 'that the charts of docs/engine.md say the same on both sides, for random values',
    commands: { full: pageCharts(200), short: pageCharts(40) },
    seconds: { full: 25, short: 20 },
    whole: {
      paths: [
        ...ENGINE,
        'docs/engine.md',
        ...PROOF,
        'scripts/page-chart.mjs',
        'scripts/support/page-files.cjs',
      ],
      tools: ['helm3', 'helm4'],
      packages: [...PACKAGES, ...PROOF_PACKAGES],
    },
    needs: ['go-programs'],
    beside: ['checks-can-fail'],
  },
  // Clusters whose pods are played. Each begins several control planes of its own.
  {
    name: 'lifecycle',
    judges: 'installs, upgrades, rollbacks and removals on a real control plane',
    commands: {
      full: 'npm run test:cluster -- lifecycle manifests upgrade',
      half: 'npm run test:cluster -- --one-helm lifecycle manifests upgrade',
      short: 'npm run test:cluster -- --one-helm lifecycle -t prod',
    },
    seconds: { full: 330, half: 190, short: 70 },
    whole: {
      paths: [
        ...CLUSTER_SUPPORT,
        ...[
          'lifecycle',
          'manifests',
          'manifests-over-release',
          'upgrade-path',
          'upgrades-helm3',
          'upgrades-helm4',
        ].map((name) => `tests/cluster/${name}.test.ts`),
        'scripts/test-cluster.mjs',
      ],
      tools: ['helm3', 'helm4'],
      packages: CLUSTER_PACKAGES,
      shared: ['control-plane', 'crds'],
    },
    // Its text is what Helm reads, whatever it renders.
    half: { objects: CORE_OBJECTS, paths: ['helm'] },
    needs: ['control-plane'],
  },
  {
    name: 'cluster',
    judges: 'scheduling, scaling, drains, faults, access and policies on a real control plane',
    commands: {
      full: 'npm run test:cluster -- --testPathIgnorePatterns lifecycle manifests upgrade',
      half: 'npm run test:cluster -- --one-helm --half --testPathIgnorePatterns lifecycle manifests upgrade',
      short: 'npm run test:cluster -- --one-helm access network',
    },
    seconds: { full: 650, half: 330, short: 90 },
    whole: {
      paths: [
        'tests/cluster',
        'tests/parts',
        'tests/support',
        'scripts/support',
        'scripts/test-cluster.mjs',
        'jest.config.js',
        'lib/capacity',
      ],
      tools: ['helm3', 'helm4', 'nca'],
      packages: [...CLUSTER_PACKAGES, 'cdk8s-plus-28', '@sinclair/typebox'],
      shared: ['control-plane', 'crds'],
    },
    half: { objects: CORE_OBJECTS, paths: ['docs/troubleshooting.md', 'lib/parts/part.ts'] },
    needs: ['control-plane'],
  },
  // Beside Terraform only what takes no harm when it waits.
  {
    name: 'terraform',
    judges:
      'modules, examples and roots: planned, applied and destroyed on a stand-in of the cloud; our own rules',
    commands: {
      full: 'npm run terraform:check',
      half: 'npm run terraform:check -- --changed-since "$CI_BASE" fmt readme lint modules/eks prod policy',
      short: 'npm run terraform:check -- fmt readme modules/eks prod policy',
    },
    seconds: { full: 850, half: 450, short: 300 },
    whole: {
      paths: [
        'scripts/terraform',
        'scripts/support/json.mjs',
        'scripts/support/replace-once.cjs',
        'tests/terraform',
        'tests/unit/terraform/sample.ts',
        'jest.config.js',
      ],
      tools: ['tflint', 'trivy', 'checkov', 'shellcheck', 'cloud-init'],
      packages: ['@cdktf/hcl2json', 'jest', 'yaml'],
      shared: ['terraform-schema'],
    },
    half: { paths: ['terraform', 'lib/terraform'] },
    needs: ['terraform-programs', 'python-programs'],
  },
  {
    name: 'cluster-mutations',
    judges: 'that the scenarios on clusters notice a broken chart',
    commands: {
      full: 'npm run test:cluster-mutations',
      half: 'npm run test:cluster-mutations -- --half',
      short: 'npm run test:cluster-mutations -- role',
    },
    seconds: { full: 560, half: 280, short: 40 },
    whole: {
      paths: [
        'tests/cluster',
        'tests/parts',
        'tests/support',
        'scripts/support',
        'scripts/test-cluster.mjs',
        'scripts/cluster-mutations.mjs',
        'jest.config.js',
      ],
      tools: ['helm3', 'helm4', 'nca'],
      packages: [...CLUSTER_PACKAGES, 'cdk8s-plus-28', '@sinclair/typebox'],
      shared: ['control-plane', 'crds'],
    },
    half: { objects: CORE_OBJECTS },
    needs: ['control-plane'],
    beside: ['terraform'],
  },
  // Alone: its database answers late beside others.
  {
    name: 'flows',
    judges: "the flows, by Airflow's own scheduler, on a real control plane and on real nodes",
    commands: {
      full: 'npm run test:flows',
      half: 'npm run test:flows -- --half',
      short: 'npm run test:flows -- -m core',
    },
    seconds: { full: 1000, half: 560, short: 240 },
    whole: {
      paths: ['dags', 'tests/flows', 'scripts/test-flows.mjs', 'scripts/support', 'values/airflow'],
      packages: ['js-yaml'],
      shared: ['control-plane', 'real-node'],
    },
    half: { objects: ['flows'] },
    needs: ['real-nodes', 'python-programs'],
  },
  // Real nodes count lost requests, and leave three quarters of the cores idle: beside them what only computes, and gives way.
  {
    name: 'nodes',
    judges: 'the pods as real kubelets and containers run them',
    commands: {
      full: 'npm run test:nodes',
      half: 'npm run test:nodes -- --half',
      short: 'npm run test:nodes -- containers release-test',
    },
    seconds: { full: 480, half: 300, short: 200 },
    whole: {
      paths: [...CLUSTER_SUPPORT, 'tests/nodes', 'scripts/test-nodes.mjs'],
      tools: ['helm3', 'helm4'],
      packages: CLUSTER_PACKAGES,
      shared: ['control-plane', 'real-node'],
    },
    half: { objects: ['dev', 'prod', 'everything'], paths: ['docs/troubleshooting.md'] },
    needs: ['real-nodes'],
    beside: MUTATIONS,
  },
  {
    name: 'engine-mutations',
    judges: 'that the proof notices a broken printer',
    commands: {
      full: 'nice -n 19 node scripts/mutations.mjs',
      half: 'nice -n 19 node scripts/mutations.mjs --half',
      short: 'nice -n 19 node scripts/mutations.mjs --short',
    },
    seconds: { full: 260, half: 140, short: 60 },
    whole: {
      paths: [
        ...ENGINE,
        'tests/equivalence',
        'tests/unit/equivalence',
        'tests/support',
        'tests/unit/values-input',
        'scripts/mutations.mjs',
        'scripts/support',
      ],
      packages: [...PACKAGES, 'ajv', 'commander', 'esbuild', 'fast-check', 'jest', 'js-yaml'],
    },
    half: { paths: DESCRIPTION },
    needs: ['go-programs'],
  },
  {
    name: 'chart-mutations',
    judges: 'that the tests of the charts notice broken charts',
    commands: {
      full: 'nice -n 19 node scripts/chart-mutations.mjs',
      half: 'nice -n 19 node scripts/chart-mutations.mjs --half',
      short: 'nice -n 19 node scripts/chart-mutations.mjs capabilities',
    },
    seconds: { full: 120, half: 60, short: 20 },
    whole: {
      paths: [
        'tests/unit/charts',
        'tests/support',
        'tests/mutations',
        'scripts/chart-mutations.mjs',
        'scripts/support',
      ],
      packages: [...PACKAGES, 'jest', 'js-yaml'],
    },
    half: { paths: DESCRIPTION },
    needs: ['engine-mutations'],
  },
];
