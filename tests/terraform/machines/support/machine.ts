import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { plansFolder } from '../../support/terraform';

/** What cloud-init is told, as far as we say it. */
interface CloudConfig {
  readonly write_files: readonly {
    readonly path: string;
    readonly permissions: string;
    readonly content: string;
  }[];
  readonly runcmd: readonly (readonly string[])[];
}

interface State {
  readonly resources: readonly {
    readonly type: string;
    readonly instances: readonly {
      readonly index_key: string;
      readonly attributes: { readonly user_data: string };
    }[];
  }[];
}

/** The user data of the machines of an example, by the key of each, as they were applied. */
export function userDataOf(example: string): ReadonlyMap<string, string> {
  const file = join(plansFolder(), `${example.replaceAll('/', '-')}.tfstate`);
  // Terraform's own format; what we read of it is in State.
  const { resources } = JSON.parse(readFileSync(file, 'utf8')) as State;
  return new Map(
    resources
      .filter(({ type }) => type === 'aws_instance')
      .flatMap(({ instances }) =>
        instances.map(({ index_key: key, attributes }) => [key, attributes.user_data] as const),
      ),
  );
}

/** The first line says that it is a configuration, and the rest says which. */
export function cloudConfig(userData: string): CloudConfig {
  return parse(userData) as CloudConfig;
}

export interface Outcome {
  readonly code: number | null;
  readonly said: string;
}

export function run(program: string, args: readonly string[], options: object = {}): Outcome {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', ...options });
  if (error !== undefined) throw error;
  return { code: status, said: `${stdout}${stderr}` };
}

/** A program of the linters that the check has installed. */
export function tool(name: string): string {
  const folder = process.env.TOOLS;
  if (folder === undefined) throw new Error('npm run terraform:check installs the linters and runs this');
  return join(folder, name);
}

/**
 * A folder in place of / with the files of a machine in it. Its scripts find programs that are made up in `bin` before the
 * real ones, and all of them write down in `calls` how they were called.
 */
export class Machine {
  readonly root = mkdtempSync(join(tmpdir(), 'medkg-machine-'));

  constructor(userData: string) {
    mkdirSync(join(this.root, 'fake'));
    for (const { path, permissions, content } of cloudConfig(userData).write_files) {
      this.write(path, content);
      chmodSync(this.path(path), Number.parseInt(permissions, 8));
    }
  }

  path(path: string): string {
    return join(this.root, path);
  }

  write(path: string, content: string | Buffer): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), content);
  }

  read(path: string): string {
    return readFileSync(this.path(path), 'utf8');
  }

  /** A setting that the scripts read. */
  setting(name: string): string {
    const found = this.read('etc/neo4j-server/settings.env').match(
      new RegExp(`^${name}='([^']*)'`, 'm'),
    )?.[1];
    if (found === undefined) throw new Error(`there is no setting ${name}`);
    return found;
  }

  /** A program that is made up. */
  program(name: string, script = ''): void {
    const path = `fake/${name}`;
    this.write(path, `#!/bin/bash\nprintf '%s\\n' "${name} $*" >>"${this.root}/calls"\n${script}\n`);
    chmodSync(this.path(path), 0o755);
  }

  /** How programs that are made up were called since the last time somebody asked. */
  calls(): readonly string[] {
    const calls = run('bash', ['-c', 'touch calls && cat calls && rm calls'], { cwd: this.root }).said;
    return calls.split('\n').filter((line) => line !== '');
  }

  start(script: string, ...args: readonly string[]): Outcome {
    return run(this.path(`usr/local/sbin/${script}`), args, {
      env: { ...process.env, PATH: `${this.path('fake')}:${process.env.PATH ?? ''}`, NEO4J_ROOT: this.root },
    });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
