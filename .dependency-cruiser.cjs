/**
 * Data flows one way: what the platform is → its values → the charts → what is written → the program. Each folder may
 * look at those before it, and at no other.
 */
const FOLDERS = {
  engine: [],
  platform: [],
  config: ['engine'],
  values: ['engine', 'platform', 'config'],
  charts: ['engine', 'platform', 'config', 'values'],
  parts: ['engine', 'platform', 'values', 'charts'],
  umbrella: ['engine', 'platform', 'values', 'charts', 'parts'],
  render: ['engine', 'platform', 'config', 'values', 'charts', 'umbrella'],
  analysis: ['engine', 'platform', 'values', 'render'],
  explain: ['engine', 'values', 'charts', 'umbrella'],
  capacity: ['engine', 'platform', 'analysis'],
  terraform: ['engine', 'platform', 'values', 'charts', 'umbrella'],
  cli: ['engine', 'values', 'charts', 'umbrella', 'render', 'analysis', 'explain', 'capacity', 'terraform'],
};

const boundaries = Object.entries(FOLDERS).map(([folder, allowed]) => ({
  name: `${folder}-looks-back`,
  comment: `lib/${folder} may use ${allowed.length === 0 ? 'no other folder of lib' : allowed.join(', ')}.`,
  severity: 'error',
  from: { path: `^lib/${folder}/` },
  to: { path: '^(lib/|main\\.ts)', pathNot: `^lib/(${[folder, ...allowed].join('|')})/` },
}));

/** Inside of the engine: each folder may look at those before it. */
const ENGINE = {
  template: [],
  values: ['template'],
  chart: ['template', 'values'],
  render: ['template', 'values', 'chart'],
};

const engineBoundaries = Object.entries(ENGINE).map(([folder, allowed]) => ({
  name: `engine-${folder}-looks-back`,
  comment: `lib/engine/${folder} may use ${allowed.join(', ') || 'no other folder'} of the engine.`,
  severity: 'error',
  from: { path: `^lib/engine/${folder}/` },
  to: { path: '^lib/engine/', pathNot: `^lib/engine/(${[folder, ...allowed].join('|')})/` },
}));

/** The engine has two doors: those who describe take the first, and have no need of the second. */
const doors = [
  {
    name: 'engine-by-its-doors',
    comment: 'Outside of lib/engine: lib/engine (to write charts with) or lib/engine/renderers.',
    severity: 'error',
    from: { path: '^(lib|main|scripts|tests)', pathNot: '^(lib/engine|tests/unit/engine)/' },
    to: { path: '^lib/engine/', pathNot: '^lib/engine/(index|renderers)\\.ts$' },
  },
  {
    name: 'charts-by-the-first-door',
    comment: 'What is described needs nothing that renders it.',
    severity: 'error',
    from: { path: '^(lib/(platform|config|values|charts|parts)|tests/parts)/' },
    to: { path: '^lib/engine/renderers\\.ts$' },
  },
];

/** What every construct is made with. */
const KIT =
  '(chart-facts|common-values|network-of-all|values|scope|metadata|network-policy|ends|external|embedder)\\.ts';

/** Inside of lib/charts: what each of its parts may use there. All else is made of these, and may use them. */
const CHARTS = {
  helpers: { path: 'helpers/', allowed: ['helpers/', '(common-)?values\\.ts'] },
  kit: { path: KIT, allowed: ['helpers/', KIT] },
  configuration: { path: 'configuration/', allowed: ['configuration/', 'helpers/', KIT] },
  pod: {
    path: 'pod/',
    allowed: ['pod/', 'configuration/', 'helpers/', KIT, '(priority-classes|service-account)\\.ts'],
  },
  flows: {
    path: 'flows/',
    allowed: ['flows/', 'pod/', 'helpers/', KIT, 'network\\.ts'],
  },
  'all-but-flows': { path: '(?!flows/)', allowed: ['(?!flows/)'] },
};

const chartBoundaries = Object.entries(CHARTS).map(([part, { path, allowed }]) => ({
  name: `charts-${part}-look-up`,
  comment: `${path} of lib/charts may use ${allowed.join(', ')} of it.`,
  severity: 'error',
  from: { path: `^lib/charts/${path}` },
  to: { path: '^lib/charts/', pathNot: `^lib/charts/(${allowed.join('|')})` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...boundaries,
    ...engineBoundaries,
    ...doors,
    ...chartBoundaries,
    {
      name: 'no-cycles',
      comment:
        'Modules that need each other are one module. Types alone may point back: they are gone when it runs.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-tests-in-the-program',
      severity: 'error',
      from: { path: '^(lib|imports|main\\.ts)' },
      to: { path: '^(tests|scripts)/' },
    },
    {
      name: 'no-development-packages',
      comment: 'What the program is bundled from stands among the dependencies.',
      severity: 'error',
      from: { path: '^(lib|main\\.ts)' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown'],
        dependencyTypesNot: ['type-only'],
      },
    },
    { name: 'no-missing-files', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
