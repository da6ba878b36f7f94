import { Option, type Command } from 'commander';
import type { Release, ValuesSources } from '../engine/renderers';
import { ENVIRONMENTS } from '../umbrella/environments';
import { kubeVersion, namespaceName, releaseName } from './release';

/** Options that say which values a release has. */
export interface ValuesOptions {
  readonly values: readonly string[];
  readonly set: readonly string[];
  readonly setString: readonly string[];
}

/** Options that say which release it is. */
export interface ReleaseOptions {
  readonly release: string;
  readonly namespace: string;
}

/** `--env ENV`, one of those that there are. */
export function environmentOption(description: string): Option {
  return new Option('-e, --env <env>', description).choices(ENVIRONMENTS);
}

/** `-f`, `--set` and `--set-string`, as Helm has them. */
export function addValuesOptions(command: Command): Command {
  return command
    .addOption(
      repeatable(
        '-f, --values <file>',
        "values file, after the environment's; may be repeated, the last one wins",
        (text) => text.split(','),
      ),
    )
    .addOption(repeatable('--set <assignments>', 'values as a.b=c,d=e, after all files', (text) => [text]))
    .addOption(
      repeatable('--set-string <assignments>', 'values that are text, after all others', (text) => [text]),
    );
}

/** `--release`, `--namespace` and `--kube-version`. */
export function addReleaseOptions(command: Command): Command {
  return command
    .addOption(releaseOption('name of the release').default('medkg'))
    .addOption(namespaceOption('namespace of the release').default('medkg'))
    .addOption(
      new Option(
        '--kube-version <version>',
        'refuse versions that the chart does not support; changes nothing else',
      ).argParser(kubeVersion),
    );
}

/** `--release NAME`, a name that Helm takes. */
export function releaseOption(description: string): Option {
  return new Option('--release <name>', description).argParser(releaseName);
}

/** `--namespace NAME`, a name that Kubernetes takes. */
export function namespaceOption(description: string): Option {
  return new Option('--namespace <name>', description).argParser(namespaceName);
}

/** The overrides as they are read: files, then --set, then --set-string, whatever the order on the line. */
export function sourcesFrom({ values, set, setString }: ValuesOptions): ValuesSources {
  // A dash is the standard input, as in Helm.
  return { files: values.map((file) => (file === '-' ? '/dev/stdin' : file)), set, setString };
}

/** The release of the options. */
export function releaseFrom({ release, namespace }: ReleaseOptions): Release {
  return { name: release, namespace };
}

function repeatable(flags: string, description: string, parts: (text: string) => string[]): Option {
  const option = new Option(flags, description).argParser((text: string, before: readonly string[]) => [
    ...before,
    ...parts(text),
  ]);
  return option.default([], 'none');
}
