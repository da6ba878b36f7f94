import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { V1Pod } from '@kubernetes/client-node';

/** A place of a container's file system. */
export interface Mount {
  readonly path: string;
  readonly type: string;
}

/** What the kernel shows as files, and terminals: no place for data. */
const KERNEL = ['proc', 'sysfs', 'cgroup', 'devpts', 'mqueue'];

/** The first process of a container, as the machine sees it: what came of the specification. */
export class Process {
  private constructor(private readonly folder: string) {}

  static of(pod: V1Pod, container: string): Process {
    const { containerID } =
      pod.status?.containerStatuses?.find(({ name }) => name === container) ?? missing(container, pod);
    const id = containerID?.replace('containerd://', '') ?? missing(container, pod);
    const folder = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => join('/proc', name))
      .find((path) => read(join(path, 'cgroup')).includes(id) && isFirst(path));
    return new Process(folder ?? missing(container, pod));
  }

  /** A line of its status: `Uid`, `Groups`, `CapEff`. */
  status(name: string): string[] {
    return statusOf(this.folder, name);
  }

  environment(): Record<string, string> {
    const entries = read(join(this.folder, 'environ')).split('\0').filter(Boolean);
    return Object.fromEntries(
      entries.map((entry) => [entry.split('=', 1)[0] ?? '', entry.replace(/^[^=]*=/, '')]),
    );
  }

  commandLine(): string[] {
    return read(join(this.folder, 'cmdline')).split('\0').slice(0, -1);
  }

  mounts(): Mount[] {
    return read(join(this.folder, 'mountinfo'))
      .split('\n')
      .filter(Boolean)
      .map((line) => {
        const [own = '', system = ''] = line.split(' - ');
        return { path: own.split(' ')[4] ?? '', type: system.split(' ')[0] ?? '' };
      });
  }

  /** Directories with a file system of their own that the container's user can write to. */
  writableDirectories(): string[] {
    return this.mounts()
      .filter(({ type, path }) => !KERNEL.includes(type) && statSync(this.path(path)).isDirectory())
      .map(({ path }) => path)
      .filter((path) => this.makeFile(path) === '')
      .sort();
  }

  /** A file of the container, from outside. */
  path(path: string): string {
    return join(this.folder, 'root', path);
  }

  /** The files of a directory, with their content; not what is hidden there. */
  files(directory: string): Record<string, string> {
    const names = readdirSync(this.path(directory)).filter((name) => !name.startsWith('.'));
    return Object.fromEntries(
      names.map((name) => [name, readFileSync(this.path(join(directory, name)), 'utf8')]),
    );
  }

  /** What the system says when the container's user makes a file there; nothing when it may. */
  makeFile(directory: string): string {
    const [uid, gid] = [Number(this.status('Uid')[0]), Number(this.status('Gid')[0])];
    const file = this.path(join(directory, 'made-by-a-test'));
    return spawnSync('touch', [file], { uid, gid, encoding: 'utf8' }).stderr;
  }

  /** Takes room on the disk, as the container's user. */
  fill(directory: string, mebibytes: number): void {
    const [uid, gid] = [Number(this.status('Uid')[0]), Number(this.status('Gid')[0])];
    execFileSync('fallocate', ['--length', `${mebibytes}MiB`, this.path(join(directory, 'filled'))], {
      uid,
      gid,
    });
  }

  /** A limit that the kernel keeps: the file of a controller. */
  limit(controller: string, file: string): number {
    const line = read(join(this.folder, 'cgroup'))
      .split('\n')
      .find((entry) => entry.split(':')[1]?.split(',').includes(controller));
    const path = line?.split(':')[2] ?? '';
    return Number(read(join('/sys/fs/cgroup', controller, path, file)));
  }
}

function missing(container: string, { metadata }: V1Pod): never {
  throw new Error(`the container ${container} of ${String(metadata?.name)} does not run on this machine`);
}

/** Whether a process is number 1 where it lives. */
function isFirst(folder: string): boolean {
  return statusOf(folder, 'NSpid').at(-1) === '1';
}

function statusOf(folder: string, name: string): string[] {
  const line = read(join(folder, 'status'))
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  return (line ?? '').split(/\s+/).slice(1).filter(Boolean);
}

/** The text of a file; nothing when its process has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}
