import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import type { Release } from '../../engine/renderers';
import { environmentsWithRoots, factsFiles, factsPath, releaseIn } from '../../terraform';
import { checkValues, sourcesOf } from '../check';
import { EXIT, tell, tellJson, UsageError, type Context, type ExitCode } from '../context';
import { unifiedDiff, type Change } from '../difference';
import { environmentOption, namespaceOption, releaseOption } from '../options';
import { namespaceName, releaseName } from '../release';
import { refuse } from '../report';
import type { Runner } from '../run';
import { replaceFile } from '../../render';
import { describePlatform } from '../../umbrella';

interface Options {
  readonly env?: string;
  readonly release?: string;
  readonly namespace?: string;
  readonly check?: true;
  readonly json?: true;
}

const HELP = `
Writes, for the two roots of an environment, the variables that Terraform reads by itself:
  ${factsPath('ENV', 'cloud')}
      namespace, service_accounts, gpu_pools, egress_hosts, images, topics, aws_access
  ${factsPath('ENV', 'cluster')}
      namespace, release, service_accounts, gpu_pools, secret_grants, vault
They come from lib/platform, values/ENV.yaml and the code that the chart is made with, so that roles, node groups,
firewall and Vault fit what Helm installs. Commit them; npm test fails when one is stale.

Examples:
  medkg terraform-facts --env prod                              both files of prod
  medkg terraform-facts --env prod --release search --namespace search
  medkg terraform-facts --check                                 are the files of all environments with roots fresh?

Without --release and --namespace the files keep the release that they were made for; new ones are for medkg in medkg.
{region} in a host of egress_hosts stands for the region: replace it where the list is used.
Exit codes: 0 fine, 1 a file is stale (--check), 2 wrong use or bad values.`;

/** `medkg terraform-facts`: what Terraform has to know of the platform. */
export function terraformFactsCommand(program: Command, run: Runner): void {
  program
    .command('terraform-facts')
    .summary('write what Terraform has to know of the platform')
    .description(
      'Writes the facts of the platform as variables of the Terraform roots, or checks that they are fresh.',
    )
    .addOption(environmentOption('environment (default: all that have roots)'))
    .addOption(releaseOption('name of the release (default: as before)'))
    .addOption(namespaceOption('namespace of the release (default: as before)'))
    .option('--check', 'write nothing; exit with 1 and the difference when a file is stale')
    .option('--json', 'tell what was written, or what is stale, as JSON')
    .addHelpText('after', HELP)
    .action((options: Options) => run((context) => terraformFacts(options, context)));
}

function terraformFacts(options: Options, context: Context): ExitCode {
  const files = new Map<string, string>();
  for (const environment of environmentsOf(options, context)) {
    const release = releaseOf(environment, options, context);
    const sources = sourcesOf(context, environment, { files: [], set: [], setString: [] });
    const { problems, scope } = checkValues(describePlatform(), sources, release);
    if (problems.length > 0 || scope === undefined) return refuse(problems, context);
    for (const [path, text] of factsFiles(environment, scope)) files.set(path, text);
  }
  return options.check ? compare(files, options, context) : write(files, options, context);
}

/** The environment that was asked for, or all that Terraform makes: others need no facts. */
function environmentsOf({ env }: Options, { root }: Context): readonly string[] {
  if (env !== undefined) return [env];
  const made = environmentsWithRoots(root);
  if (made.length === 0)
    throw new UsageError('no environment has roots in terraform/environments: name one by --env');
  return made;
}

/** The release that was asked for, or the one of the files that are there. */
function releaseOf(environment: string, { release, namespace }: Options, { root }: Context): Release {
  const file = factsPath(environment, 'cluster');
  const path = join(root, file);
  const known = existsSync(path) ? releaseIn(readFileSync(path, 'utf8')) : {};
  return {
    name: release ?? kept('release', known.name, releaseName, file),
    namespace: namespace ?? kept('namespace', known.namespace, namespaceName, file),
  };
}

/** A name that a file has from before; somebody may have written another one by hand. */
function kept(
  option: string,
  name: string | undefined,
  checked: (name: string) => string,
  file: string,
): string {
  try {
    return name === undefined ? 'medkg' : checked(name);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new UsageError(`${file}: ${option}: ${error.message} Give the right one with --${option}.`);
  }
}

function write(files: ReadonlyMap<string, string>, { json }: Options, context: Context): ExitCode {
  for (const [file, text] of files) replaceFile(join(context.root, file), Buffer.from(text));
  if (json) tellJson(context.stdout, [...files.keys()]);
  else for (const file of files.keys()) tell(context.stdout, file);
  return EXIT.fine;
}

function compare(files: ReadonlyMap<string, string>, { env, json }: Options, context: Context): ExitCode {
  const stale = [...files].flatMap(([file, after]): Change[] => {
    const path = join(context.root, file);
    const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    return before === after ? [] : [{ file, before, after }];
  });
  if (json)
    tellJson(
      context.stdout,
      stale.map(({ file, before }) => ({ file, change: before === undefined ? 'missing' : 'differs' })),
    );
  else for (const change of stale) context.stdout.write(unifiedDiff(change));
  if (stale.length === 0) {
    if (!json) tell(context.stdout, `fresh: ${files.size} files`);
    return EXIT.fine;
  }
  for (const { file, before } of stale)
    tell(context.stderr, `${file} is ${before === undefined ? 'missing' : 'stale'}`);
  tell(
    context.stderr,
    `Write ${again(stale)} again with: medkg terraform-facts${env === undefined ? '' : ` --env ${env}`}`,
  );
  return EXIT.foundProblems;
}

function again({ length }: readonly Change[]): string {
  return length === 1 ? 'it' : 'them';
}
