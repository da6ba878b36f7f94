import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { packFolder } from '../../../lib/engine/renderers';

const LONG = `templates/${'folder/'.repeat(12)}${'long-'.repeat(8)}name.yaml`;
/** A chart that never changes, so that its archive never may. */
const FIXTURE = new Map([
  ['values.yaml', 'replicas: 1\n'],
  ['Chart.yaml', 'apiVersion: v2\nname: fixture\nversion: 1.0.0\n'],
  ['templates/configmap.yaml', `data: "${'äöü€ '.repeat(400)}"\n`],
  [LONG, 'kind: ConfigMap\n'],
  ['empty.txt', ''],
]);

test('the archive has these bytes on every machine', () => {
  const archive = packFolder('fixture', FIXTURE);
  expect(createHash('sha256').update(archive).digest('hex')).toBe(
    '73e193ee5c74446a47b3bd7f2b92e1ef5fdaa5b675401487005b96cadc0fa728',
  );
});

test('the order in which files come does not matter', () => {
  expect(packFolder('fixture', new Map([...FIXTURE].reverse()))).toEqual(packFolder('fixture', FIXTURE));
});

test('its header names no time and no system', () => {
  expect([...packFolder('fixture', FIXTURE).subarray(0, 9)]).toEqual([31, 139, 8, 0, 0, 0, 0, 0, 2]);
});

test('another program reads it', () => {
  const place = mkdtempSync(join(tmpdir(), 'medkg-package-'));
  try {
    writeFileSync(join(place, 'fixture.tgz'), packFolder('fixture', FIXTURE));
    const { status, stderr } = spawnSync('tar', ['-xzf', 'fixture.tgz'], { cwd: place, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const [path, text] of FIXTURE) expect(readFileSync(join(place, 'fixture', path), 'utf8')).toBe(text);
  } finally {
    rmSync(place, { recursive: true });
  }
});

test('its entries have fixed times, owners and modes', () => {
  const tar = gunzipSync(packFolder('fixture', new Map([['a', 'x']])));
  expect(tar).toHaveLength(4 * 512);
  expect(tar.subarray(100, 148).toString()).toBe(
    '0000644\x000000000\x000000000\x0000000000001\x0002263523000\x00',
  );
  expect(tar.subarray(257, 265).toString()).toBe('ustar\x0000');
});

test('a path that does not fit is refused', () => {
  expect(() => packFolder('fixture', new Map([['x'.repeat(101), '']]))).toThrow(/the path is too long/);
});
