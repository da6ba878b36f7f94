import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { cloudConfig, Machine, run, tool, userDataOf } from './support/machine';

const userData = userDataOf('modules/neo4j/examples/neo4j');
const PRIMARY = 'primary-1';

function of(server: string): string {
  const text = userData.get(server);
  if (text === undefined) throw new Error(`there is no machine ${server}`);
  return text;
}

const machines: Machine[] = [];
afterAll(() => {
  machines.forEach((machine) => machine.remove());
});

test('there is a primary and two secondaries', () => {
  expect([...userData.keys()].sort()).toEqual(['primary-1', 'secondary-1', 'secondary-2']);
});

describe.each([...userData.keys()])('the user data of %s', (server) => {
  test('fits into EC2', () => {
    expect(Buffer.byteLength(of(server))).toBeLessThanOrEqual(16_384);
  });

  test('is what cloud-init takes', () => {
    const machine = new Machine(of(server));
    machines.push(machine);
    machine.write('user-data', of(server));
    expect(run(tool('cloud-init'), ['schema', '--config-file', machine.path('user-data')])).toEqual({
      code: 0,
      said: expect.stringContaining('Valid cloud-config') as string,
    });
  });

  test('has scripts that shellcheck finds nothing wrong with', () => {
    const scripts = cloudConfig(of(server)).write_files.filter(({ content }) => content.startsWith('#!'));
    expect(scripts.length).toBe(server === PRIMARY ? 3 : 1);
    for (const { content } of scripts)
      expect(run(tool('shellcheck'), ['--severity', 'style', '-'], { input: content })).toEqual({
        code: 0,
        said: '',
      });
  });

  test('starts the services that it brings', () => {
    const { write_files: files, runcmd } = cloudConfig(of(server));
    const brought = files.map(({ path }) => path);
    const started = runcmd.flat().filter((word) => /\.(service|timer)$/.test(word));
    expect(started).toContain('neo4j.service');
    for (const unit of started) expect(brought).toContain(`/etc/systemd/system/${unit}`);
  });
});

test('cloud-init refuses what it does not know', () => {
  const machine = new Machine('#cloud-config\nwrite_files: []\n');
  machines.push(machine);
  machine.write('user-data', '#cloud-config\nwrite_files:\n  - paths: /etc/fstab\n');
  expect(run(tool('cloud-init'), ['schema', '--config-file', machine.path('user-data')]).code).not.toBe(0);
});

/** A machine with a volume, the archives in a bucket and the secrets; the programs that format and look are the real ones. */
function prepared(server = PRIMARY, volume: (path: string) => void = blank): Machine {
  const machine = new Machine(of(server));
  machines.push(machine);
  const device = machine.setting('DATA_DEVICE');
  machine.write(device, '');
  volume(machine.path(device));

  const bucket = `bucket/${machine.setting('SOFTWARE_PLACE')}`;
  for (const name of ['neo4j', 'java'] as const) {
    machine.write(`made/${name}/bin/neo4j`, '#!/bin/bash\n');
    machine.write(`made/${name}/labs/apoc-core.jar`, 'apoc');
    machine.write(
      `made/${name}/bin/neo4j-admin`,
      `#!/bin/bash\necho "neo4j-admin $*" >>"${machine.root}/calls"\n` +
        `[[ $2 == set-initial-password ]] && mkdir -p "${machine.root}/var/lib/neo4j/data/dbms" && touch "${machine.root}/var/lib/neo4j/data/dbms/auth.ini"\nexit 0\n`,
    );
    run('bash', ['-c', `chmod +x made/${name}/bin/* && tar -czf ${name}.tar.gz -C made ${name}`], {
      cwd: machine.root,
    });
    const archive = readFileSync(machine.path(`${name}.tar.gz`));
    machine.write(`${bucket}${machine.setting(`${name.toUpperCase()}_OBJECT`)}`, archive);
  }
  machine.write(`${bucket}neosemantics-5.26.0.jar`, 'n10s');
  pin(machine);

  machine.program(
    'aws',
    `case "$1 $2" in
  "s3 cp") cp "${machine.root}/bucket/\${4#s3://}" "$5" ;;
  "secretsmanager get-secret-value")
    case $4 in
      *tls*) echo '{"certificate": "CERTIFICATE", "private_key": "KEY", "ca": "AUTHORITY"}' ;;
      *) echo a-password ;;
    esac ;;
esac`,
  );
  machine.program('mount');
  machine.program(
    'mountpoint',
    `[[ -e "${machine.root}/mounted" ]] || { touch "${machine.root}/mounted"; exit 1; }`,
  );
  machine.program('useradd');
  machine.program('getent');
  machine.program('chown');
  machine.program('stat', 'echo neo4j');
  machine.program('resize2fs');
  return machine;
}

/** The example pins archives that nobody has: these are pinned in their place. */
function pin(machine: Machine): void {
  const bucket = `bucket/${machine.setting('SOFTWARE_PLACE')}`;
  const sum = (object: string): string =>
    createHash('sha256')
      .update(readFileSync(machine.path(`${bucket}${object}`)))
      .digest('hex');
  const settings = machine
    .read('etc/neo4j-server/settings.env')
    .replace(/^NEO4J_SHA256='.*'/m, `NEO4J_SHA256='${sum(machine.setting('NEO4J_OBJECT'))}'`)
    .replace(/^JAVA_SHA256='.*'/m, `JAVA_SHA256='${sum(machine.setting('JAVA_OBJECT'))}'`)
    .replace(/^(PLUGINS='n10s \S+) .*'/m, `$1 ${sum('neosemantics-5.26.0.jar')}'`);
  machine.write('etc/neo4j-server/settings.env', settings);
}

function blank(device: string): void {
  writeFileSync(device, '');
  truncateSync(device, 96 * 1024 * 1024);
}

function patch(device: string, at: number, bytes: readonly number[]): void {
  const file = openSync(device, 'r+');
  writeSync(file, Uint8Array.from(bytes), 0, bytes.length, at);
  closeSync(file);
}

function identity(device: string): string {
  return run('blkid', ['-p', '-o', 'value', '-s', 'UUID', device]).said.trim();
}

describe('the setup of a machine', () => {
  test('formats a new volume, and puts everything in its place', () => {
    const machine = prepared();
    const { code, said } = machine.start('neo4j-setup');
    expect(said).toContain('formatted the new volume');
    expect(code).toBe(0);
    const device = machine.setting('DATA_DEVICE');
    expect(run('blkid', ['-p', '-o', 'value', '-s', 'TYPE', machine.path(device)]).said.trim()).toBe('ext4');
    expect(machine.read('etc/fstab')).toBe(`${device} /var/lib/neo4j ext4 noatime,nofail 0 2\n`);
    expect(machine.read('opt/neo4j/plugins/n10s.jar')).toBe('n10s');
    expect(machine.read('opt/neo4j/plugins/apoc-core.jar')).toBe('apoc');
    expect(machine.read('etc/neo4j/certificates/private.key')).toBe('KEY\n');
    expect(statSync(machine.path('etc/neo4j/certificates/private.key')).mode & 0o777).toBe(0o600);
    const calls = machine.calls();
    expect(calls).toContain('neo4j-admin dbms set-initial-password a-password');
    expect(calls).toContain(`mount ${machine.path('var/lib/neo4j')}`);
  });

  test('changes nothing the second time', () => {
    const machine = prepared();
    machine.start('neo4j-setup');
    const uuid = identity(machine.path(machine.setting('DATA_DEVICE')));
    const fstab = machine.read('etc/fstab');
    machine.calls();

    const { code, said } = machine.start('neo4j-setup');
    expect([code, said]).toEqual([0, '']);
    expect(identity(machine.path(machine.setting('DATA_DEVICE')))).toBe(uuid);
    expect(machine.read('etc/fstab')).toBe(fstab);
    const done = machine.calls().map((call) => call.split(' ').slice(0, 2).join(' '));
    expect(done).not.toContain('aws s3');
    expect(done).not.toContain('neo4j-admin dbms');
    expect(done.filter((call) => call.startsWith('mount ') || call.startsWith('useradd'))).toEqual([]);
  });

  test('leaves a file system that the machine before left', () => {
    let before = '';
    const machine = prepared(PRIMARY, (device) => {
      blank(device);
      run('mkfs.ext4', ['-q', '-L', 'graph', device]);
      before = identity(device);
    });
    expect(machine.start('neo4j-setup')).toEqual({ code: 0, said: '' });
    expect(before).not.toBe('');
    expect(identity(machine.path(machine.setting('DATA_DEVICE')))).toBe(before);
  });

  test.each<[what: string, fill: (device: string) => void, says: string]>([
    ['what another system swaps to', (device) => void run('mkswap', [device]), 'holds swap'],
    [
      'a table of partitions',
      (device) => {
        // One partition for Linux, and the mark at the end.
        patch(device, 446, [0, 0, 2, 0, 0x83, 0, 0, 0, 0, 8, 0, 0, 0, 0, 1, 0]);
        patch(device, 510, [0x55, 0xaa]);
      },
      'holds dos',
    ],
    [
      'data without any file system',
      (device) => {
        patch(device, 5_000_000, [1]);
      },
      'holds something that is no file system',
    ],
  ])('leaves %s, and stops', (_, fill, says) => {
    const machine = prepared(PRIMARY, (device) => {
      blank(device);
      fill(device);
    });
    const device = machine.path(machine.setting('DATA_DEVICE'));
    const sum = (): string => createHash('sha256').update(readFileSync(device)).digest('hex');
    const before = sum();
    const { code, said } = machine.start('neo4j-setup');
    expect(code).toBe(1);
    expect(said).toContain(says);
    expect(sum()).toBe(before);
    expect(machine.calls().filter((call) => call.startsWith('mount '))).toEqual([]);
  });

  test('keeps the password of a database that is there', () => {
    const machine = prepared();
    machine.write('var/lib/neo4j/data/databases/system/neostore', '');
    machine.start('neo4j-setup');
    expect(machine.calls().filter((call) => call.startsWith('neo4j-admin'))).toEqual([]);
  });

  test('takes no archive that is not what was pinned', () => {
    const machine = prepared();
    machine.write(`bucket/${machine.setting('SOFTWARE_PLACE')}${machine.setting('NEO4J_OBJECT')}`, 'another');
    const { code, said } = machine.start('neo4j-setup');
    expect(code).toBe(1);
    expect(said).toContain('its SHA-256 is another');
    expect(existsSync(machine.path('opt/neo4j'))).toBe(false);
  });

  test('takes no plug-in that is not what was pinned', () => {
    const machine = prepared();
    machine.write(`bucket/${machine.setting('SOFTWARE_PLACE')}neosemantics-5.26.0.jar`, 'another');
    expect(machine.start('neo4j-setup').code).toBe(1);
    expect(existsSync(machine.path('opt/neo4j/plugins/n10s.jar'))).toBe(false);
  });
});

describe('the topology of the cluster', () => {
  /** A cluster that remembers what it is told. */
  function cluster(servers: Readonly<Record<string, string>>, topology = '1, 0'): Machine {
    const machine = new Machine(of(PRIMARY));
    machines.push(machine);
    machine.program('aws', 'echo a-password');
    const rows = Object.entries(servers).map(
      ([name, state]) => `"id-${name}", "${name}.graph.example.internal:7687", "${state}"`,
    );
    machine.write('servers', `name, address, state\n${rows.join('\n')}\n`);
    machine.write('topology', `p, s\n${topology}\n`);
    machine.write('plugins', 'count(*)\n12\n');
    machine.write(
      'opt/neo4j/bin/cypher-shell',
      `#!/bin/bash
query=\${*: -1}
cd "${machine.root}"
case $query in
  "SHOW SERVERS"*) cat servers ;;
  "SHOW DATABASES"*) cat topology ;;
  "SHOW PROCEDURES"*) cat plugins ;;
  "ENABLE SERVER "*) echo "$query" >>calls; id=\${query#*\\'}; sed -i "/\${id%\\'*}/s/Free/Enabled/" servers ;;
  "ALTER DATABASE "*) echo "$query" >>calls; echo "p, s
1, 2" >topology ;;
  *) exit 1 ;;
esac
`,
    );
    run('chmod', ['+x', machine.path('opt/neo4j/bin/cypher-shell')]);
    return machine;
  }
  const orders = (machine: Machine): readonly string[] =>
    machine.calls().filter((call) => !call.startsWith('aws'));

  test('lets servers in and spreads the database, once', () => {
    const machine = cluster({ 'primary-1': 'Enabled', 'secondary-1': 'Free', 'secondary-2': 'Free' });
    expect(machine.start('neo4j-topology').code).toBe(0);
    expect(orders(machine)).toEqual([
      "ENABLE SERVER 'id-secondary-1'",
      "ENABLE SERVER 'id-secondary-2'",
      'ALTER DATABASE neo4j SET TOPOLOGY 1 PRIMARIES 2 SECONDARIES',
    ]);
    expect(machine.start('neo4j-topology')).toEqual({ code: 0, said: '' });
    expect(orders(machine)).toEqual([]);
  });

  test('waits for servers that are not there yet', () => {
    const machine = cluster({ 'primary-1': 'Enabled', 'secondary-1': 'Free' });
    const { code, said } = machine.start('neo4j-topology');
    expect([code, said]).toEqual([75, expect.stringContaining('2 of 3 servers are there') as string]);
    expect(orders(machine)).toEqual(["ENABLE SERVER 'id-secondary-1'"]);
  });

  test('lets nobody in whom Terraform does not know', () => {
    const machine = cluster(
      { 'primary-1': 'Enabled', 'secondary-1': 'Enabled', 'secondary-2': 'Enabled', stranger: 'Free' },
      '1, 2',
    );
    expect(machine.start('neo4j-topology').code).toBe(0);
    expect(orders(machine)).toEqual([]);
  });

  test('says which plug-in is missing', () => {
    const machine = cluster(
      { 'primary-1': 'Enabled', 'secondary-1': 'Enabled', 'secondary-2': 'Enabled' },
      '1, 2',
    );
    machine.write('plugins', 'count(*)\n0\n');
    const { code, said } = machine.start('neo4j-topology');
    expect([code, said]).toEqual([1, expect.stringContaining('the plug-in apoc is not there') as string]);
  });
});

describe('backups', () => {
  function withBackups(days: number): Machine {
    const machine = new Machine(of(PRIMARY));
    machines.push(machine);
    const made = Array.from({ length: days }, (_, day) =>
      new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10),
    );
    machine.write(
      'days',
      `${made.map((day) => `                           PRE ${day}/`).join('\n')}\n                           PRE others/\n`,
    );
    machine.program('aws', `[[ "$1 $2" != "s3 ls" ]] || cat "${machine.root}/days"`);
    machine.program('systemctl');
    machine.write(
      'opt/neo4j/bin/neo4j-admin',
      `#!/bin/bash\necho "neo4j-admin $*" >>"${machine.root}/calls"\n[[ ! -e "${machine.root}/broken" ]]\n`,
    );
    run('chmod', ['+x', machine.path('opt/neo4j/bin/neo4j-admin')]);
    return machine;
  }
  /** A day of backups begins at four. */
  const today = (): string => new Date(Date.now() - 4 * 3600 * 1000).toISOString().slice(0, 10);

  test('a full one begins a day, and only what is beyond thirty days goes', () => {
    const machine = withBackups(32);
    expect(machine.start('neo4j-backup', 'full')).toEqual({ code: 0, said: '' });
    const calls = machine.calls();
    expect(calls[0]).toMatch(
      new RegExp(
        `^neo4j-admin database backup --from=primary-1\\.graph\\.example\\.internal:6362 --to-path=s3://example-snapshots/neo4j/${today()}/ .*--type=FULL neo4j system$`,
      ),
    );
    expect(calls.filter((call) => call.startsWith('aws s3 rm'))).toEqual([
      'aws s3 rm --recursive --only-show-errors s3://example-snapshots/neo4j/2026-01-02/',
      'aws s3 rm --recursive --only-show-errors s3://example-snapshots/neo4j/2026-01-01/',
    ]);
  });

  test('what changed since goes to its full one, and nothing is deleted', () => {
    const machine = withBackups(40);
    expect(machine.start('neo4j-backup', 'diff').code).toBe(0);
    expect(machine.calls()).toEqual([
      expect.stringMatching(
        new RegExp(`--to-path=s3://example-snapshots/neo4j/${today()}/ .*--type=AUTO`),
      ) as string,
    ]);
  });

  test('one that fails deletes nothing', () => {
    const machine = withBackups(40);
    machine.write('broken', '');
    expect(machine.start('neo4j-backup', 'full').code).not.toBe(0);
    expect(machine.calls().filter((call) => call.startsWith('aws s3 rm'))).toEqual([]);
  });

  test('the community edition stands still for it, and starts again when it fails', () => {
    const machine = withBackups(1);
    machine.write(
      'etc/neo4j-server/settings.env',
      machine.read('etc/neo4j-server/settings.env').replace("EDITION='enterprise'", "EDITION='community'"),
    );
    expect(machine.start('neo4j-backup', 'full').code).toBe(0);
    const told = (): readonly string[] =>
      machine.calls().filter((call) => call.startsWith('systemctl') || call.startsWith('neo4j-admin'));
    expect(told().map((call) => call.split(' ').slice(0, 3).join(' '))).toEqual([
      'systemctl stop neo4j.service',
      'neo4j-admin database dump',
      'neo4j-admin database dump',
      'systemctl start neo4j.service',
    ]);
    machine.write('broken', '');
    expect(machine.start('neo4j-backup', 'full').code).not.toBe(0);
    expect(told().at(-1)).toBe('systemctl start neo4j.service');
  });
});
