import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const checkout = join(__dirname, '../../..');
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'medkg-machine-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program of that name that says this, and notes what was deleted. */
function program(name: string, text: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
  chmodSync(join(folder, name), 0o755);
}

/** What removeDeadNodes deletes on a machine with these network namespaces, and these processes in them. */
function removed(namespaces: string, processes: Readonly<Record<string, string>>, forwards = ''): string[] {
  const inside = Object.entries(processes).map(([node, pids]) => `${node}) echo ${pids} ;;`);
  program(
    'ip',
    `case "$1 $2" in
'netns list') printf '${namespaces}' ;;
'netns pids') case "$3" in ${inside.join(' ')} esac ;;
*' del') echo "$*" >>'${folder}/deleted' ;;
esac`,
  );
  program('pgrep', forwards === '' ? 'exit 1' : `echo ${forwards}`);
  const code = `import('./scripts/support/real-nodes.mjs').then(({ removeDeadNodes }) => removeDeadNodes())`;
  const { status, stderr } = spawnSync(process.execPath, ['-e', code], {
    cwd: checkout,
    env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH ?? ''}` },
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const deleted = join(folder, 'deleted');
  return existsSync(deleted) ? readFileSync(deleted, 'utf8').trim().split('\n') : [];
}

const NAMESPACES = 'real-0 (id: 3)\\nreal-1\\nother\\nunreal-2\\n';

test('nodes that a killed run left behind are removed, and what is not theirs stays', () => {
  expect(removed(NAMESPACES, {})).toEqual([
    'link del real-0',
    'netns del real-0',
    'link del real-1',
    'netns del real-1',
    'link del real0',
  ]);
});

test('a bridge alone is removed too', () => {
  expect(removed('', {})).toEqual(['link del real0']);
});

test('nothing is removed while something runs on one of the nodes', () => {
  expect(removed(NAMESPACES, { 'real-1': '4711' })).toEqual([]);
});

test('nothing is removed while the API server is still handed on to nodes', () => {
  expect(removed(NAMESPACES, {}, '4711')).toEqual([]);
});
