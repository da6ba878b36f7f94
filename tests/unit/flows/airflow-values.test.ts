import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { PodSpec } from '../../support/kubernetes';
import { restrictedViolations } from '../../support/restricted';

const ROOT = join(__dirname, '../../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Keys of the official chart that we set, as its schema has them. */
interface Table {
  readonly version: string;
  readonly helpers: readonly string[];
  /** Types that the chart takes, with bars between them, by path; `[]` is each item of a list. */
  readonly keys: Readonly<Record<string, string>>;
}

interface Named {
  readonly name: string;
}

interface Values {
  readonly airflowVersion: string;
  readonly defaultAirflowTag: string;
  readonly executor: string;
  readonly env: readonly (Named & { readonly value: string })[];
  readonly volumes: readonly (Named & { readonly configMap: Named })[];
  readonly volumeMounts: readonly (Named & { readonly mountPath: string })[];
  readonly podTemplate?: string;
  readonly triggerer: { readonly env: readonly (Named & { readonly value: string })[] };
  readonly dagProcessor: {
    readonly dagBundleConfigList: readonly { readonly kwargs: { readonly tracking_ref: string } }[];
  };
}

const table = JSON.parse(read('values/airflow/chart-keys.json')) as Table;
/** Those that run the flows. */
const ENVIRONMENTS = readdirSync(join(ROOT, 'values/airflow'))
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replace('.yaml', ''));
const IN_CLOUD = ['staging', 'prod'];
const textOf = (environment: string): string => read(`values/airflow/${environment}.yaml`);
const valuesOf = (environment: string): Values => parse(textOf(environment)) as Values;

interface Leaf {
  readonly path: string;
  readonly value: unknown;
}

/** Every value below a document that is no map and no list, and every one of these that is empty. */
function leavesOf(value: unknown, path = ''): Leaf[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0)
    return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((item: unknown) => leavesOf(item, `${path}[]`));
  return Object.entries(value).flatMap(([key, item]: [string, unknown]) =>
    leavesOf(item, path === '' ? key : `${path}.${key}`),
  );
}

/** The types of a JSON schema that a value has. */
function typesOf(value: unknown): string[] {
  if (value === null) return ['null'];
  if (Array.isArray(value)) return ['array'];
  if (typeof value === 'number') return Number.isInteger(value) ? ['integer', 'number'] : ['number'];
  return [typeof value];
}

/** What the table finds in a document of values. */
function problemsOf(document: unknown): string[] {
  return leavesOf(document).flatMap(({ path, value }) => {
    const allowed = table.keys[path];
    if (allowed === undefined) return [`${path}: no key of the table`];
    const fits = typesOf(value).some((type) => allowed.split('|').includes(type));
    return fits ? [] : [`${path}: ${typesOf(value).join(', ')}, not ${allowed}`];
  });
}

const pathsOf = (environment: string): Set<string> =>
  new Set(leavesOf(valuesOf(environment)).map(({ path }) => path));

describe('the keys of the official chart', () => {
  test.each(ENVIRONMENTS)('%s sets keys that the chart has, with the types that it takes', (environment) => {
    expect(problemsOf(valuesOf(environment))).toEqual([]);
  });

  test('the table has no key that nobody sets', () => {
    const set = new Set(ENVIRONMENTS.flatMap((environment) => [...pathsOf(environment)]));
    expect(Object.keys(table.keys).filter((path) => !set.has(path))).toEqual([]);
  });

  test.each([
    [{ scheduler: { replica: 2 } }, 'scheduler.replica: no key of the table'],
    [{ scheduler: { replicas: '2' } }, 'scheduler.replicas: string, not integer'],
    [{ scheduler: { replicas: 1.5 } }, 'scheduler.replicas: number, not integer'],
    [{ env: [{ name: 'A', value: 1 }] }, 'env[].value: integer, number, not string'],
    [{ volumes: [] }, 'volumes: no key of the table'],
  ])('%j is found', (document, problem) => {
    expect(problemsOf(document)).toEqual([problem]);
  });

  test('staging is production in small: it sets the same keys', () => {
    const inProductionAlone = [...pathsOf('prod')].filter((path) => !pathsOf('staging').has(path));
    expect(inProductionAlone).toEqual([
      'scheduler.podDisruptionBudget.enabled',
      'apiServer.podDisruptionBudget.enabled',
    ]);
    expect([...pathsOf('staging')].filter((path) => !pathsOf('prod').has(path))).toEqual([]);
  });

  test.each(ENVIRONMENTS)('%s is written for the release whose keys were looked up', (environment) => {
    expect(textOf(environment)).toContain(`official Helm chart ${table.version}`);
    expect(read('docs/flows.md')).toContain(`--version ${table.version} `);
  });
});

describe('versions', () => {
  const requirement = /^apache-airflow==(.+)$/m.exec(read('dags/requirements.in'))?.[1];
  const { version } = parse(read('helm/medical-kg/Chart.yaml')) as { version: string };

  test.each(ENVIRONMENTS)('%s runs the Airflow of the tests, in an image of this release', (environment) => {
    const values = valuesOf(environment);
    expect(values.airflowVersion).toBe(requirement);
    expect(values.defaultAirflowTag).toBe(`${String(requirement)}-${version}`);
  });

  test('the image is built on the official one of that version', () => {
    expect(read('dags/Dockerfile')).toContain(`FROM apache/airflow:${String(requirement)}-python3.`);
  });

  test.each(IN_CLOUD)('%s runs the flows of this release', (environment) => {
    const [bundle] = valuesOf(environment).dagProcessor.dagBundleConfigList;
    expect(bundle?.kwargs.tracking_ref).toBe(`v${version}`);
  });
});

describe('what must not be there', () => {
  test.each(IN_CLOUD)('%s has no store of its own and names every Secret', (environment) => {
    expect(valuesOf(environment)).toMatchObject({
      postgresql: { enabled: false },
      redis: { enabled: false },
      data: { metadataSecretName: 'airflow-database' },
      fernetKeySecretName: 'airflow-keys',
      apiSecretKeySecretName: 'airflow-keys',
      jwtSecretName: 'airflow-keys',
    });
  });

  test('no key of the table takes a secret', () => {
    const taking =
      /(^|\.)(pass|password|fernetKey|apiSecretKey|jwtSecret|webserverSecretKey|sshKey|stringData)$/;
    expect(Object.keys(table.keys).filter((path) => taking.test(path))).toEqual([]);
  });

  test.each(ENVIRONMENTS)('%s has no secret among the variables', (environment) => {
    const suspicious = /password|token|private_key|:\/\/[^/"]*:[^/"]*@/i;
    expect(valuesOf(environment).env.filter(({ value }) => suspicious.test(value))).toEqual([]);
  });

  test.each(ENVIRONMENTS)('%s leaves rights on pods and the network to our chart', (environment) => {
    expect(valuesOf(environment)).toMatchObject({
      allowPodLaunching: false,
      networkPolicies: { enabled: false },
    });
  });
});

test.each(ENVIRONMENTS)('the pods of %s are restricted', (environment) => {
  const { securityContexts } = valuesOf(environment) as unknown as {
    securityContexts: { pod: object; containers: object };
  };
  const pod = {
    securityContext: securityContexts.pod,
    containers: [{ name: 'any', securityContext: securityContexts.containers }],
  };
  expect(restrictedViolations(pod as unknown as PodSpec)).toEqual([]);
});

describe('the mounts', () => {
  test.each(ENVIRONMENTS)('%s mounts the flows where the DAGs look for them', (environment) => {
    const { volumes, volumeMounts } = valuesOf(environment);
    expect(volumes).toContainEqual({ name: 'flows', configMap: { name: 'medkg-flows' } });
    expect(volumeMounts).toContainEqual({ name: 'flows', mountPath: '/opt/medkg/flows', readOnly: true });
  });

  test.each(IN_CLOUD)(
    '%s checks the certificate of the database with the mounted authority',
    (environment) => {
      const { env, volumeMounts } = valuesOf(environment);
      const variable = (name: string): string | undefined => env.find((one) => one.name === name)?.value;
      expect(variable('PGSSLMODE')).toBe('verify-full');
      expect(variable('PGSSLROOTCERT')).toMatch(
        new RegExp(`^${String(volumeMounts.find(({ name }) => name === 'database-ca')?.mountPath)}/`),
      );
    },
  );
});

describe('what is called back at a deadline', () => {
  const PYTHON_PATH = '/opt/medkg/python';

  test.each(ENVIRONMENTS)('can be imported by the triggerer of %s, and by nobody else', (environment) => {
    const { env, triggerer } = valuesOf(environment);
    expect(triggerer.env).toEqual([{ name: 'PYTHONPATH', value: PYTHON_PATH }]);
    expect(env.map(({ name }) => name)).not.toContain('PYTHONPATH');
  });

  test('is in the image', () => {
    expect(read('dags/Dockerfile')).toContain(`\nCOPY medkg_flows ${PYTHON_PATH}/medkg_flows\n`);
  });
});

describe('a worker', () => {
  const INCLUDE = /include "([^"]+)"/g;

  /** The pod without what the chart puts in: its helpers and names. */
  function podOf(environment: string): { readonly spec: PodSpec } {
    const template = valuesOf(environment).podTemplate ?? '';
    const lines = template.split('\n').filter((line) => !line.trim().startsWith('{{'));
    return parse(lines.join('\n').replace(/\{\{[^}]*\}\}/g, 'filled-in')) as { spec: PodSpec };
  }

  test.each(IN_CLOUD)('of %s is a pod of its own, restricted, with requests and limits', (environment) => {
    const { spec } = podOf(environment);
    expect(valuesOf(environment).executor).toBe('KubernetesExecutor');
    expect(restrictedViolations(spec)).toEqual([]);
    expect(spec).toMatchObject({ restartPolicy: 'Never', serviceAccountName: 'airflow-worker' });
    expect(spec.containers).toMatchObject([
      { name: 'base', resources: { requests: { memory: '512Mi' }, limits: { memory: '1Gi' } } },
    ]);
  });

  test.each(IN_CLOUD)('of %s has the flows, and no key to the database', (environment) => {
    const { spec } = podOf(environment);
    expect(spec.volumes).toContainEqual({ name: 'flows', configMap: { name: 'medkg-flows' } });
    expect(spec.containers[0]?.volumeMounts).toContainEqual({
      name: 'flows',
      mountPath: '/opt/medkg/flows',
      readOnly: true,
    });
    expect(valuesOf(environment).podTemplate).not.toMatch(/secret|airflow-database|SQL_ALCHEMY|FERNET/i);
  });

  test('uses helpers of the chart that are there', () => {
    const used = IN_CLOUD.flatMap((environment) => [
      ...(valuesOf(environment).podTemplate ?? '').matchAll(INCLUDE),
    ]).map(([, name]) => name);
    expect([...new Set(used)].sort()).toEqual(table.helpers);
  });
});
