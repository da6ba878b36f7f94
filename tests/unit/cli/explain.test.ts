import type { ObjectExplanation } from '../../../lib/explain/object';
import type { ValueExplanation } from '../../../lib/explain/value';
import { enterCheckout, leaveCheckout, medkg } from './support';

let root = '';
beforeAll(() => {
  root = enterCheckout();
});
afterAll(() => leaveCheckout(root));

function value(path: string): ValueExplanation {
  return JSON.parse(medkg('explain', path, '--json').stdout) as ValueExplanation;
}

function object(name: string, ...more: readonly string[]): ObjectExplanation {
  const [first] = JSON.parse(medkg('explain', name, '--json', ...more).stdout) as ObjectExplanation[];
  if (first === undefined) throw new Error(`no ${name}`);
  return first;
}

describe('a value', () => {
  test('has its meaning, its bounds, and its value in each environment', () => {
    const { expected, environments, description } = value('services.api.scaling.fixed.replicas');
    expect(expected).toBe('a whole number from 0 to 1000');
    expect(description).toBe('Pods');
    expect(environments).toMatchObject({ dev: 1 });
  });

  test('names the objects that it decides, apart from those that it sets fields of', () => {
    const { effects, rules } = value('services.api.scaling.mode');
    const deciding = effects.filter(({ decides }) => decides).map(({ kind }) => kind);
    expect(deciding).toContain('HorizontalPodAutoscaler');
    expect(deciding).not.toContain('Deployment');
    expect(effects.find(({ kind }) => kind === 'Deployment')?.fields).toEqual(['spec.replicas']);
    expect(rules).toEqual([]);
  });

  test('names the relations that it has to other values', () => {
    expect(value('services.api.scaling.hpa.minReplicas').rules).toEqual([
      expect.stringContaining('must not be above'),
    ]);
    expect(value('ingress.host').rules).toEqual(['must be given when ingress.enabled is true']);
  });

  test('is found through helpers and their arguments', () => {
    const images = value('image.registry').effects.filter(({ fields }) =>
      fields.some((field) => field.endsWith('.image')),
    );
    expect(images.length).toBeGreaterThan(10);
  });

  test('is found through loops', () => {
    expect(value('network.peers.opensearch.blocks').effects.map(({ kind }) => kind)).toContain(
      'NetworkPolicy',
    );
  });

  test('is found through the arguments of named templates, where they leave it in', () => {
    const files = (path: string): string[] =>
      value(path)
        .effects.flatMap(({ fields }) => fields)
        .flatMap((field) => /^data\.(\w+)\.json/.exec(field)?.[1] ?? []);
    // A guard asks for less than its service, and sees no storage.
    expect(new Set(files('services.mineru.resources'))).toEqual(new Set(['mineru_run']));
    expect(files('airflow.storage.existingClaim')).toContain('mineru_run');
    expect(files('airflow.storage.existingClaim')).not.toContain('guard_gpu_mineru');
  });

  test('may be a map, which has members', () => {
    expect(value('services.api.scaling').members.map(({ key }) => key)).toEqual([
      'mode',
      'fixed',
      'hpa',
      'keda',
    ]);
    expect(medkg('explain', 'services.api').stdout).toContain('Members');
  });

  test('may be written as in a template', () => {
    expect(value('.Values.environment').path).toBe('environment');
  });
});

describe('an object', () => {
  test.each(['Deployment/medkg-api', 'deployment/api', 'deployments/api', 'deploy/medkg-api'])(
    'is found as %s',
    (name) => {
      expect(object(name, '--env', 'dev')).toMatchObject({
        kind: 'Deployment',
        name: 'medkg-api',
        there: true,
        source: 'lib/charts/deployment.ts',
        template: 'helm/medical-kg/templates/api/deployment.yaml',
      });
    },
  );

  test('tells what decides that it is there apart from what sets its fields, with where each was given', () => {
    const { there, condition, deciding, setting } = object('hpa/api', '--env', 'dev');
    expect(there).toBe(false);
    expect(condition).toBe('and .Values.services.api.enabled (eq .Values.services.api.scaling.mode "hpa")');
    expect(deciding.map(({ path, value: of, location }) => [path, of, location?.file])).toEqual([
      ['services.api.enabled', true, undefined],
      ['services.api.scaling.mode', 'fixed', 'values/dev.yaml'],
    ]);
    expect(setting.map(({ path }) => path)).toContain('services.api.scaling.hpa.maxReplicas');
  });

  test('follows the release and the overrides', () => {
    expect(
      object('hpa/r-api', '--env', 'dev', '--release', 'r', '--set', 'services.api.scaling.mode=hpa').there,
    ).toBe(true);
  });

  test('is told to people', () => {
    const { stdout } = medkg('explain', 'Deployment/api', '--env', 'prod');
    expect(stdout).toContain('Values that decide whether it is there\n  if .Values.services.api.enabled\n');
    expect(stdout).toContain('values with their defaults, below config');
  });
});
