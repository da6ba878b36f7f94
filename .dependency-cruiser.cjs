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

/** What every construct is made with. */
const KIT = '(values|scope|metadata|network-policy|ends|external|embedder)\\.ts';

/** Inside of lib/charts: what each of its parts may use there. All else is made of these, and may use them. */
const CHARTS = {
  helpers: { path: 'helpers/', allowed: ['helpers/', 'values\\.ts'] },
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
