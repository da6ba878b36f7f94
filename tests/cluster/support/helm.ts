import { paths, type Environment } from './environment';
import { failure, run, type Outcome } from './run';

/** A version of Helm, by its program. */
export interface Helm {
  readonly name: string;
  readonly program: string;
  /** Undoes an install or upgrade that fails. */
  readonly undo: string;
  /** Waits for pods. Helm 4 by itself gives up where a rollout has failed and the next is not yet looked at. */
  readonly wait: string;
}

export const helm3: Helm = { name: 'Helm 3', program: paths.helm3, undo: '--atomic', wait: '--wait' };
export const helm4: Helm = {
  name: 'Helm 4',
  program: paths.helm4,
  undo: '--rollback-on-failure',
  wait: '--wait=legacy',
};
/** Both, unless a run is to have one: CLUSTER_HELMS=4. */
export const helms: readonly Helm[] = [helm3, helm4].filter(({ name }) =>
  (process.env['CLUSTER_HELMS'] ?? '3,4').split(',').some((version) => name.endsWith(version)),
);

/** The values of a release: those of an environment, and what is different. */
export interface Values {
  readonly environment: Environment;
  readonly overrides?: object;
  /** Another chart than the one under test: a copy that lacks something, or an earlier one. */
  readonly chart?: string;
  /** A file in place of the suite's own values for the environment. */
  readonly file?: string;
}

/** How long Helm waits; a run that expects a failure takes less. */
const TIMEOUT = process.env['CLUSTER_TIMEOUT'] ?? '150s';

/** A release of the chart in a namespace. */
export class Release {
  constructor(
    readonly helm: Helm,
    readonly namespace: string,
    readonly name = 'medkg',
  ) {}

  install(values: Values, ...flags: readonly string[]): Promise<Outcome> {
    return this.must(this.tryInstall(values, ...flags), 'install');
  }

  /** Installs, and tells how it ended. */
  tryInstall(values: Values, ...flags: readonly string[]): Promise<Outcome> {
    return this.withValues('install', values, flags);
  }

  upgrade(values: Values, ...flags: readonly string[]): Promise<Outcome> {
    return this.must(this.tryUpgrade(values, ...flags), 'upgrade');
  }

  /** Upgrades, and tells how it ended. */
  tryUpgrade(values: Values, ...flags: readonly string[]): Promise<Outcome> {
    return this.withValues('upgrade', values, flags);
  }

  /** To a revision, or to the one before. */
  rollback(revision = 0): Promise<Outcome> {
    return this.must(
      this.run(['rollback', this.name, String(revision), this.helm.wait, '--timeout', TIMEOUT]),
      'rollback',
    );
  }

  test(): Promise<Outcome> {
    return this.must(this.run(['test', this.name, '--timeout', TIMEOUT]), 'test');
  }

  uninstall(): Promise<Outcome> {
    return this.must(this.run(['uninstall', this.name, '--wait', '--timeout', TIMEOUT]), 'uninstall');
  }

  /** The objects that Helm runs around the release and removes, as YAML. */
  hooks(): Promise<Outcome> {
    return this.must(this.run(['get', 'hooks', this.name]), 'get hooks');
  }

  /** Removes what a test left, if anything. */
  async clean(): Promise<void> {
    await this.run(['uninstall', this.name, '--wait', '--timeout', TIMEOUT]);
  }

  private withValues(
    verb: string,
    { environment, overrides, chart = paths.chart, file = paths.values(environment) }: Values,
    flags: readonly string[],
  ): Promise<Outcome> {
    const values = ['--values', file, '--values', '-'];
    return this.run(
      [verb, this.name, chart, ...values, '--wait', '--timeout', TIMEOUT, ...flags],
      JSON.stringify(overrides ?? {}),
    );
  }

  private run(args: readonly string[], input?: string): Promise<Outcome> {
    return run(this.helm.program, [...args, '--namespace', this.namespace], input);
  }

  private async must(outcome: Promise<Outcome>, verb: string): Promise<Outcome> {
    const ended = await outcome;
    if (ended.code !== 0) throw failure([this.helm.name, verb, this.name], ended);
    return ended;
  }
}
