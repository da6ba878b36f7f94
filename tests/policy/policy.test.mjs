import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  describe,
  glob,
  judge,
  readCheckov,
  readExceptions,
  readKubeScore,
  readTrivy,
} from '../../scripts/ci/policy.mjs';
import { closed, customResources, localReferences } from '../../scripts/ci/schemas.mjs';

suite('reports', () => {
  test('kube-score: critical and warning are findings, skipped checks are no verdict', () => {
    const check = (/** @type {string} */ id, /** @type {number} */ grade, skipped = false) => ({
      check: { id, name: id },
      grade,
      skipped,
      comments: null,
    });
    const report = [
      {
        type_meta: { kind: 'Deployment' },
        object_meta: { name: 'api' },
        file_name: '/tmp/x/dist/manifests/dev/api.yaml',
        checks: [check('a', 1), check('b', 5), check('c', 7), check('d', 10), check('e', 1, true)],
      },
    ];
    const { judged, findings } = readKubeScore(report, 'dist/manifests/dev');
    assert.equal(judged, 4);
    assert.deepEqual(
      findings.map(({ check, severity, object, path }) => [check, severity, object, path]),
      [
        ['a', 'CRITICAL', 'Deployment/api', 'dist/manifests/dev/api.yaml'],
        ['b', 'WARNING', 'Deployment/api', 'dist/manifests/dev/api.yaml'],
      ],
    );
  });

  /**
   * @param {string} Target
   * @param {string} Message
   * @param {number} StartLine
   */
  const trivy = (Target, Message, StartLine) => ({
    Results: [
      {
        Target,
        MisconfSummary: { Successes: 3, Failures: 1 },
        Misconfigurations: [
          { ID: 'KSV-1', Title: 't', Severity: 'HIGH', Message, CauseMetadata: { StartLine } },
        ],
      },
    ],
  });

  test('trivy: the object in a manifest is the one at the line', () => {
    const text = 'kind: ConfigMap\nmetadata: {name: one}\n---\nkind: Pod\nmetadata: {name: two}\nspec: {}\n';
    const at = (/** @type {number} */ line) =>
      readTrivy(trivy('a.yaml', 'pod is bad', line), 'dist/manifests/dev', () => text).findings[0];
    assert.equal(at(1)?.object, 'ConfigMap/one');
    assert.equal(at(4)?.object, 'Pod/two');
    assert.equal(at(5)?.path, 'dist/manifests/dev/a.yaml');
  });

  test('trivy: the object in a template is the one that the message names', () => {
    const object = (/** @type {string} */ message) =>
      readTrivy(trivy('templates/a.yaml', message, 1), 'helm/medical-kg').findings[0]?.object;
    assert.equal(object("Container 'x' of Deployment 'api' should not"), 'Deployment/api');
    assert.equal(object('container x in y namespace'), 'unknown/unknown');
  });

  test('trivy: a report without results judged nothing', () => {
    assert.deepEqual(readTrivy({}, 'dist/manifests'), { judged: 0, findings: [] });
  });

  test('checkov: failed, skipped and unreadable are findings', () => {
    const found = (/** @type {string} */ check_id, /** @type {string} */ result) => ({
      check_id,
      check_name: 'n',
      check_result: { result },
      resource: 'Deployment.default.api.v2',
      file_path: '/dist/manifests/dev/api.yaml',
    });
    const { judged, findings } = readCheckov(
      {
        results: {
          failed_checks: [found('A', 'FAILED')],
          skipped_checks: [found('B', 'SKIPPED')],
          parsing_errors: ['/dev/x.yaml'],
        },
        summary: { passed: 7, failed: 1, skipped: 1 },
      },
      'dist/manifests',
    );
    assert.equal(judged, 9);
    assert.deepEqual(
      findings.map(({ check, object, path }) => [check, object, path]),
      [
        ['A', 'Deployment/api.v2', 'dist/manifests/dev/api.yaml'],
        ['B', 'Deployment/api.v2', 'dist/manifests/dev/api.yaml'],
        ['PARSING_ERROR', 'unknown/unknown', 'dist/manifests/dev/x.yaml'],
      ],
    );
    assert.equal(readCheckov({ passed: 0, failed: 0 }, 'dist/manifests').judged, 0);
  });
});

suite('exceptions', () => {
  /**
   * @param {string} check
   * @param {string} object
   * @param {string} [path]
   */
  const finding = (check, object, path = 'dist/manifests/dev/a.yaml') => ({
    check,
    title: 't',
    severity: 'HIGH',
    object,
    path,
    detail: 'd',
  });
  /**
   * @param {string} check
   * @param {string[]} scope
   */
  const exception = (check, ...scope) => ({
    program: 'trivy',
    check,
    scope,
    reason: 'a reason that is long enough',
  });

  test('cover their check in their scope, by object or by path, and nothing else', () => {
    const findings = [
      finding('A', 'Deployment/api'),
      finding('A', 'Job/api'),
      finding('B', 'Deployment/api'),
      finding('B', 'Deployment/ner', 'helm/medical-kg/templates/ner/deployment.yaml'),
    ];
    const { left, stale } = judge(findings, [
      exception('A', 'Deployment/*'),
      exception('B', 'helm/**/ner/*.yaml'),
    ]);
    assert.deepEqual(
      left.map(({ check, object }) => [check, object]),
      [
        ['A', 'Job/api'],
        ['B', 'Deployment/api'],
      ],
    );
    assert.deepEqual(stale, []);
  });

  test('each scope that covers nothing is stale', () => {
    const { stale } = judge(
      [finding('A', 'Deployment/api')],
      [exception('A', 'Deployment/api', 'Job/*'), exception('C', '**')],
    );
    assert.deepEqual(stale, [
      { check: 'A', scope: 'Job/*' },
      { check: 'C', scope: '**' },
    ]);
  });

  test('globs: * stops at a slash, ** does not, nothing else is special', () => {
    assert.match('a/b', glob('a/*'));
    assert.doesNotMatch('a/b/c', glob('a/*'));
    assert.match('a/b/c', glob('a/**'));
    assert.doesNotMatch('aXb', glob('a.b'));
  });

  test('are refused when they are not complete', () => {
    const entry = (/** @type {object} */ change) => JSON.stringify([{ ...exception('A', '**'), ...change }]);
    assert.equal(readExceptions(entry({})).length, 1);
    assert.deepEqual(readExceptions(entry({ scope: 'Job/*' }))[0]?.scope, ['Job/*']);
    assert.deepEqual(readExceptions('# none\n'), []);
    assert.throws(() => readExceptions(entry({ program: 'other' })), /program/);
    assert.throws(() => readExceptions(entry({ check: '' })), /check/);
    assert.throws(() => readExceptions(entry({ scope: null })), /scope/);
    assert.throws(() => readExceptions(entry({ reason: 'why not' })), /reason/);
    assert.throws(() => readExceptions(entry({ because: 1 })), /unknown key because/);
  });

  test('the same finding in three environments is told once', () => {
    const inEnvironment = (/** @type {string} */ env) =>
      finding('A', 'Deployment/api', `dist/manifests/${env}/a.yaml`);
    const [told, ...more] = describe([inEnvironment('dev'), inEnvironment('prod')]);
    assert.deepEqual(more, []);
    assert.equal(
      told,
      '  A t (HIGH)\n    Deployment/api: d\n      in dist/manifests/dev/a.yaml, dist/manifests/prod/a.yaml',
    );
  });
});

suite('schemas', () => {
  test("the wheel's references become local", () => {
    const schema = { $ref: '/api/_definitions.json#/$defs/x', $id: 'gone' };
    assert.deepEqual(localReferences(schema), { $ref: '_definitions.json#/$defs/x' });
  });

  test('objects with properties are closed, unless they keep unknown fields; conditions stay open', () => {
    const object = { type: 'object', properties: { a: { type: 'string', nullable: true, enum: ['x'] } } };
    assert.equal(closed(object).additionalProperties, false);
    assert.deepEqual(closed(object).properties?.['a'], {
      type: ['string', 'null'],
      nullable: true,
      enum: ['x', null],
    });
    assert.equal(
      'additionalProperties' in closed({ ...object, 'x-kubernetes-preserve-unknown-fields': true }),
      false,
    );
    assert.deepEqual(closed({ ...object, oneOf: [{ properties: { b: {} } }] }).oneOf, [
      { properties: { b: {} } },
    ]);
    assert.deepEqual(closed({ 'x-kubernetes-int-or-string': true }).type, ['integer', 'string']);
    // A field that is called like a keyword is a field.
    assert.ok(
      'description' in (closed({ properties: { description: { type: 'string' } } }).properties ?? {}),
    );
  });

  test('only served versions can be used, with their own apiVersion', () => {
    const version = (/** @type {string} */ name, /** @type {boolean} */ served) => ({
      name,
      served,
      schema: { openAPIV3Schema: { type: 'object', properties: { spec: {} } } },
    });
    const definition = {
      spec: { group: 'g.io', names: { kind: 'K' }, versions: [version('v1', true), version('v0', false)] },
    };
    const resources = customResources(definition);
    assert.deepEqual(
      resources.map(({ version }) => version),
      ['v1'],
    );
    assert.deepEqual(resources[0]?.schema.properties.apiVersion, { const: 'g.io/v1' });
    assert.deepEqual(resources[0].schema.required, ['apiVersion', 'kind', 'metadata']);
  });
});
