import type { JsonObject } from '../../../lib/engine';
import { answer } from '../../support/load-balancer';
import { brokenPaths, render, rendered, type Platform } from '../../support/platform';

const HOST = 'api.example.org';
const INSIDE = '10.1.2.3';
const OUTSIDE = '203.0.113.7';
const API = 'medkg-api';

function ask(platform: Platform, path: string, source: string, host = HOST): string {
  return answer(platform.one('Ingress', 'api'), { host, path, source });
}

const underV1 = render('prod', { api: { basePath: '/v1' } });

describe.each([
  ['without a base path', rendered.prod, ''],
  ['below /v1', underV1, '/v1'],
])('the load balancer %s', (_what, platform, base) => {
  test.each([
    '/admin',
    '/admin/',
    '/admin/reload',
    `${base}/admin`,
    `${base}/admin/reload`,
    `${base}/catalog/refresh`,
    `${base}/catalog/refresh/now`,
  ])('lets operators alone to %s', (path) => {
    expect(ask(platform, path, INSIDE)).toBe(API);
    expect(ask(platform, path, OUTSIDE)).toBe('403');
  });

  test.each([
    '/',
    `${base}/health`,
    `${base}/version`,
    `${base}/retrieve`,
    '/administrator',
    `${base}/catalog`,
    `${base}/catalog/refreshed`,
  ])('lets everybody to %s', (path) => {
    expect(ask(platform, path, INSIDE)).toBe(API);
    expect(ask(platform, path, OUTSIDE)).toBe(API);
  });

  test('answers to its host alone', () => {
    expect(ask(platform, '/health', OUTSIDE, 'elsewhere.example.org')).toBe('404');
  });
});

test('without networks of operators the admin paths are closed for all', () => {
  const closed = render('prod', { ingress: { alb: { adminCidrs: [] } } });
  for (const source of [INSIDE, OUTSIDE]) expect(ask(closed, '/admin/reload', source)).toBe('403');
  expect(ask(closed, '/health', OUTSIDE)).toBe(API);
});

test('the rules stand in the order in which they must be asked', () => {
  const paths = underV1.one('Ingress', 'api').spec.rules[0]?.http.paths ?? [];
  expect(paths.map(({ path, backend }) => `${path} ${backend.service.name}`)).toEqual([
    '/admin allow-admin',
    '/admin deny-admin',
    '/v1/admin allow-admin',
    '/v1/admin deny-admin',
    '/v1/catalog/refresh allow-admin',
    '/v1/catalog/refresh deny-admin',
    `/ ${API}`,
  ]);
});

test('a rule of the load balancer has at most five values', () => {
  const { metadata } = render('prod', {
    ingress: { alb: { adminCidrs: ['10.0.0.0/8', '192.0.2.0/24'] } },
  }).one('Ingress', 'api');
  const conditions = JSON.parse(
    metadata.annotations?.['alb.ingress.kubernetes.io/conditions.allow-admin'] ?? '[]',
  ) as { sourceIpConfig: { values: string[] } }[];
  // The host, the path, and everything below the path.
  expect(3 + conditions.flatMap(({ sourceIpConfig }) => sourceIpConfig.values).length).toBeLessThanOrEqual(5);
});

test('TLS, the firewall, the networks and the health check come from the values', () => {
  expect(underV1.one('Ingress', 'api').metadata.annotations).toMatchObject({
    'alb.ingress.kubernetes.io/certificate-arn': 'arn:aws:acm:us-east-1:123456789012:certificate/example',
    'alb.ingress.kubernetes.io/wafv2-acl-arn':
      'arn:aws:wafv2:us-east-1:123456789012:regional/webacl/example/example',
    'alb.ingress.kubernetes.io/ssl-policy': 'ELBSecurityPolicy-TLS13-1-2-2021-06',
    'alb.ingress.kubernetes.io/ssl-redirect': '443',
    'alb.ingress.kubernetes.io/inbound-cidrs': '0.0.0.0/0',
    'alb.ingress.kubernetes.io/healthcheck-path': '/v1/health',
    'alb.ingress.kubernetes.io/target-type': 'ip',
  });
});

test('the only Ingress leads to the API, and development has none', () => {
  expect(rendered.prod.all('Ingress').map(({ metadata }) => metadata.name)).toEqual([API]);
  expect(rendered.dev.all('Ingress')).toEqual([]);
});

test.each<[string, JsonObject, string]>([
  ['without a host', { host: '' }, 'ingress.host'],
  [
    'with an annotation that is ours',
    { annotations: { 'alb.ingress.kubernetes.io/actions.deny-admin': '{}' } },
    'ingress.annotations',
  ],
])('an Ingress %s is refused', (_what, ingress, path) => {
  expect(brokenPaths('prod', { ingress })).toEqual([path]);
});

describe('the route of the Gateway API', () => {
  const gateway = { enabled: true, host: HOST, parentRef: { name: 'public', namespace: 'edge' } };
  const { spec } = render('prod', { api: { basePath: '/v1' }, gateway }).one('HTTPRoute', 'api');
  const prefixes = spec.rules.flatMap(({ matches }) => matches.map(({ path }) => path.value));

  test('leads to the API by its host', () => {
    expect(spec).toMatchObject({ parentRefs: [{ name: 'public', namespace: 'edge' }], hostnames: [HOST] });
    expect(spec.rules.map(({ backendRefs }) => backendRefs)).toEqual([[{ name: API, port: 80 }]]);
  });

  test('routes the public prefixes and nothing else', () => {
    expect(prefixes).toEqual([
      '/v1/health',
      '/v1/version',
      '/v1/retrieve',
      '/v1/extract',
      '/v1/facets',
      '/v1/briefing',
    ]);
    expect(
      prefixes.some(
        (prefix) => '/v1/admin/reload'.startsWith(prefix) || '/v1/catalog/refresh'.startsWith(prefix),
      ),
    ).toBe(false);
  });

  test.each(['/admin', '/admin/reload', '/catalog', '/catalog/refresh'])(
    'refuses %s among them',
    (prefix) => {
      expect(brokenPaths('prod', { gateway: { ...gateway, publicPrefixes: ['/health', prefix] } })).toEqual([
        'gateway.publicPrefixes',
      ]);
    },
  );
});

describe('the Service of the API', () => {
  const specOf = (exposure: JsonObject): unknown =>
    render('prod', { services: { api: { exposure } } }).one('Service', 'api').spec;

  test('is inside of the cluster, unless a value opens it', () => {
    expect(rendered.prod.one('Service', 'api').spec).toMatchObject({ type: 'ClusterIP' });
    expect(rendered.prod.one('Service', 'api').spec).not.toHaveProperty('loadBalancerSourceRanges');
  });

  test('may be a load balancer for some networks', () => {
    expect(specOf({ type: 'LoadBalancer', loadBalancerSourceRanges: ['192.0.2.0/24'] })).toMatchObject({
      type: 'LoadBalancer',
      loadBalancerSourceRanges: ['192.0.2.0/24'],
    });
  });

  test('may have a port on the nodes, and none where it is inside', () => {
    expect(specOf({ type: 'NodePort', nodePort: 30080 })).toMatchObject({
      type: 'NodePort',
      ports: [{ nodePort: 30080 }],
    });
    expect(specOf({ type: 'NodePort' })).not.toHaveProperty('ports.0.nodePort');
    expect(specOf({ type: 'ClusterIP', nodePort: 30080 })).not.toHaveProperty('ports.0.nodePort');
  });

  test('is the only one that is not ClusterIP', () => {
    for (const { metadata, spec } of rendered.prod.all('Service'))
      expect([metadata.name, spec.type]).toEqual([metadata.name, 'ClusterIP']);
  });
});
