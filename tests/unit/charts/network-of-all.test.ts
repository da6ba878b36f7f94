import { brokenPaths, render, type Platform } from '../../support/platform';

/** What all charts of a release have in common besides their pods: the instance's name, policies, families of addresses. */

describe('the name of the instance', () => {
  const name = (own: string, ofAll: string | undefined): string =>
    render('prod', {
      fullnameOverride: own,
      ...(ofAll === undefined ? {} : { global: { fullnameOverride: ofAll } }),
    }).one('Deployment', 'api').metadata.name;

  test.each([
    ['own', 'all', 'own-api'],
    ['', 'all', 'all-api'],
    ['', '', 'medkg-api'],
    ['', undefined, 'medkg-api'],
  ])('is that of the chart, that of all, or the release: %j, %j', (own, ofAll, expected) => {
    expect(name(own, ofAll)).toBe(expected);
  });

  test('of all is what selectors have', () => {
    const { spec } = render('prod', { global: { fullnameOverride: 'all' } }).one('Deployment', 'api');
    expect(spec.selector.matchLabels).toMatchObject({ 'app.kubernetes.io/instance': 'all' });
  });
});

describe('policies', () => {
  const count = (platform: Platform): number => platform.all('NetworkPolicy').length;
  const policies = (ofAll: boolean | undefined, own: boolean): Platform =>
    render('prod', {
      network: { policies: own },
      airflow: { enabled: true, storage: { storageClassName: 'efs' } },
      ...(ofAll === undefined ? {} : { global: { network: { policies: ofAll } } }),
    });

  test('are made where all charts make them, and by the chart where nothing is said of all', () => {
    expect(count(policies(true, false))).toBe(count(policies(undefined, true)));
    expect(count(policies(undefined, true))).toBeGreaterThan(10);
    expect(count(policies(false, true))).toBe(0);
    expect(count(policies(undefined, false))).toBe(0);
  });

  test('ask for a way to Vault where they are made', () => {
    const vault = { secrets: { backend: 'vaultAgent' }, network: { peers: { vault: { ports: [] } } } };
    expect(brokenPaths('prod', vault)).toEqual(['network.peers.vault']);
    expect(brokenPaths('prod', { ...vault, global: { network: { policies: false } } })).toEqual([]);
  });
});

test('every Service has the families of addresses', () => {
  const families = { ipFamilyPolicy: 'PreferDualStack', ipFamilies: ['IPv6', 'IPv4'] };
  const services = render('prod', { global: { network: families } }).all('Service');
  expect(services.length).toBeGreaterThan(10);
  for (const { spec } of services) expect(spec).toMatchObject(families);
  for (const { spec } of render('prod').all('Service')) expect(Object.keys(spec)).not.toContain('ipFamilies');
});
