import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  copy,
  exampleValues,
  planFile,
  remove,
  useLocalState,
  useState,
} from '../../../scripts/terraform/copy.cjs';
import { replaceOnce } from '../../../scripts/support/replace-once.cjs';
import { Plan } from './plan';

/** The folder with the plans and states of all roots, from an earlier part of the check. */
export function plansFolder(): string {
  const folder = process.env.TERRAFORM_PLANS;
  if (folder === undefined) throw new Error('npm run terraform:check makes the plans and runs this');
  return folder;
}

/** The roots whose plans this run judges: all of them, or those that a change concerns. */
export function judgedRoots(): readonly string[] {
  return (process.env.TERRAFORM_ROOTS ?? '').split(' ').filter((root) => root !== '');
}

/** The plan of a root that was applied: every value in it is known. */
export function planOf(root: string): Plan {
  return Plan.read(join(plansFolder(), planFile(root)));
}

/** Replaces a text that stands in a file once. */
export interface Edit {
  /** Relative to terraform/. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** A copy of terraform/ to plan in. */
export class Copy {
  private readonly folder = copy();

  edit({ file, from, to }: Edit): void {
    const path = join(this.folder, file);
    writeFileSync(
      path,
      replaceOnce(readFileSync(path, 'utf8'), { replace: from, by: to }, `terraform/${file}`),
    );
  }

  /** Plans a root against the state that it was applied to. */
  plan(root: string, variables: object = {}): Plan {
    const cwd = join(this.folder, root);
    useLocalState(cwd);
    useState(plansFolder(), root, cwd);
    writeFileSync(join(cwd, 'more.tfvars.json'), JSON.stringify(variables));
    this.terraform(cwd, ['init']);
    this.terraform(cwd, ['plan', '-out=plan', ...exampleValues(cwd), '-var-file=more.tfvars.json']);
    return Plan.parse(this.terraform(cwd, ['show', '-json', 'plan']));
  }

  /** What Terraform says when it refuses to plan a module or a root with these variables, on one line. */
  refusal(folder: string, variables: object): string {
    const cwd = join(this.folder, folder);
    useLocalState(cwd);
    if (!existsSync(join(cwd, '.terraform'))) this.terraform(cwd, ['init']);
    writeFileSync(join(cwd, 'refused.tfvars.json'), JSON.stringify(variables));
    const { status, stderr } = spawnSync(
      'terraform',
      ['plan', '-no-color', ...exampleValues(cwd), '-var-file=refused.tfvars.json'],
      { cwd, encoding: 'utf8' },
    );
    if (status === 0) throw new Error(`terraform/${folder} is not refused`);
    return stderr.replace(/[\s│╷╵]+/g, ' ');
  }

  private terraform(cwd: string, args: readonly string[]): string {
    return execFileSync('terraform', [...args, ...(args[0] === 'show' ? [] : ['-no-color'])], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 64 * 1024 * 1024,
    });
  }

  remove(): void {
    remove(this.folder);
  }
}
