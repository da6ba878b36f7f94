import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { failure, run } from './run';

/** A chart that somebody may have installed. */
export interface EarlierChart {
  readonly folder: string;
  /** Which one it is, for people. */
  readonly from: string;
}

const root = resolve(__dirname, '../../..');
const CHART = 'helm/medical-kg';
const WHOLE_HISTORY = ['fetch', '--unshallow', '--tags'];

/**
 * The chart of the last tag; where there is none, the one of main before this work, or the one before the last change.
 * A chart that is the same as this one shows nothing, and is passed over.
 */
export async function earlierChart(): Promise<EarlierChart> {
  await needHistory();
  const candidates = [
    { how: 'the last tag', revision: await ask('describe', '--tags', '--abbrev=0', 'HEAD^') },
    {
      how: 'main before this work',
      revision: (await ask('merge-base', 'HEAD', 'origin/main')) ?? (await ask('merge-base', 'HEAD', 'main')),
    },
    {
      how: 'the commit before the last change of the chart',
      revision: await before(await ask('log', '-1', '--format=%H', '--', CHART)),
    },
  ];
  for (const { how, revision } of candidates)
    if (revision !== undefined && (await isAnother(revision)))
      return { folder: await unpacked(revision), from: `${how}, ${revision}` };
  throw new Error(`no commit before this one has another ${CHART}: there is nothing to upgrade from`);
}

/** A shallow clone has too little: the rest is fetched, or the test fails with what to do. */
async function needHistory(): Promise<void> {
  const shallow = await ask('rev-parse', '--is-shallow-repository');
  if (shallow === undefined)
    throw new Error(`the upgrade path needs a git clone with its history in ${root}`);
  if (shallow === 'false') return;
  if ((await git(WHOLE_HISTORY)).code !== 0)
    throw new Error(
      `the upgrade path needs earlier commits, and this clone is shallow: git ${WHOLE_HISTORY.join(' ')}`,
    );
}

function before(commit: string | undefined): Promise<string | undefined> {
  return commit === undefined
    ? Promise.resolve(undefined)
    : ask('rev-parse', '--verify', '--quiet', `${commit}^`);
}

/** Whether a commit has a chart that differs from the one of the work tree. */
async function isAnother(revision: string): Promise<boolean> {
  const { code } = await git(['cat-file', '-e', `${revision}:${CHART}/Chart.yaml`]);
  return code === 0 && (await git(['diff', '--quiet', revision, '--', CHART])).code === 1;
}

async function unpacked(revision: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'medkg-earlier-'));
  const archive = join(folder, 'chart.tar');
  const made = await git(['archive', '--output', archive, revision, CHART]);
  if (made.code !== 0) throw failure(['git', 'archive'], made);
  const outcome = await run('tar', ['-x', '-f', archive, '-C', folder]);
  if (outcome.code !== 0) throw failure(['tar', '-x'], outcome);
  return join(folder, CHART);
}

function git(args: readonly string[]): ReturnType<typeof run> {
  return run('git', ['-C', root, ...args]);
}

/** What git answers; undefined where it has no answer. */
async function ask(...args: readonly string[]): Promise<string | undefined> {
  const { code, stdout } = await git(args);
  return code === 0 && stdout.trim() !== '' ? stdout.trim() : undefined;
}
