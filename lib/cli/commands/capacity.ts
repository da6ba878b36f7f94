import { InvalidArgumentError, Option, type Command } from 'commander';
import { amountOf } from '../../capacity/amounts';
import { reportData } from '../../capacity/data';
import { UnknownNodeError, type NodeSize, type NodeSizes } from '../../capacity/nodes';
import { capacity, type PoolReport } from '../../capacity/report';
import { reportText, tooLargeText } from '../../capacity/text';
import { ENVIRONMENTS } from '../../umbrella/environments';
import { nearest } from '../../engine/renderers';
import { check, sourcesOf } from '../check';
import { EXIT, painter, tell, tellJson, UsageError, type Context, type ExitCode } from '../context';
import {
  addReleaseOptions,
  addValuesOptions,
  environmentOption,
  releaseFrom,
  sourcesFrom,
  type ReleaseOptions,
  type ValuesOptions,
} from '../options';
import { refuse } from '../report';
import type { Runner } from '../run';
import { describePlatform } from '../../umbrella';

interface Options extends ValuesOptions, ReleaseOptions {
  readonly env?: string;
  readonly node: NodeSizes;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  medkg capacity --env prod                                     pool by pool, at the least and at the most pods
  medkg capacity --env prod --node cpu=16,64Gi                  with larger nodes: CPUs and memory
  medkg capacity --env prod --node vllm-gpu=16,256Gi,1          and GPUs
  medkg capacity --env prod --set services.api.scaling.hpa.maxReplicas=40 --json

It counts the objects that medkg synth writes and helm install makes, and no model beside them: the bounds of each
autoscaler, the surge of each rollout, requests and limits of all containers. Over-commit is the sum of the limits over
what the needed nodes have for pods: memory above 100 % may end pods when all of them take what they may.
Exit codes: 0 every pod fits a node, 1 some fit none, 2 wrong use or bad values.`;

/** `medkg capacity`: the nodes that an environment needs, and how far they are over-committed. */
export function capacityCommand(program: Command, run: Runner): void {
  const command = program
    .command('capacity')
    .summary('tell the nodes that an environment needs, and how far they are over-committed')
    .description(
      'Adds up requests and limits of all pods by pool of nodes, and packs the pods onto nodes of a size.',
    )
    .addOption(environmentOption('environment (needed)'));
  addReleaseOptions(addValuesOptions(command))
    .addOption(
      new Option('--node <pool=size>', 'size of the nodes of a pool as CPUs,MEMORY[,GPUs]; may be repeated')
        .argParser((text: string, before: NodeSizes) => new Map([...before, nodeSize(text)]))
        .default(new Map(), 'lib/platform/nodes.ts'),
    )
    .option('--json', 'tell it as JSON')
    .addHelpText('after', EXAMPLES)
    .action((options: Options) => run((context) => tellCapacity(options, context)));
}

function tellCapacity(options: Options, context: Context): ExitCode {
  const { env } = options;
  if (env === undefined) throw new UsageError(`--env is needed: ${ENVIRONMENTS.join(', ')}`);
  const sources = sourcesOf(context, env, sourcesFrom(options));
  const { problems, objects } = check(describePlatform(), sources, releaseFrom(options));
  if (problems.length > 0) return refuse(problems, context);
  const pools = poolsOf(
    objects.map(({ object }) => object),
    options.node,
  );
  if (options.json) tellJson(context.stdout, { environment: env, pools: reportData(pools) });
  else tell(context.stdout, reportText(pools, painter(context.stdout, context)).join('\n'));
  return tellTooLarge(pools, context);
}

function poolsOf(objects: Parameters<typeof capacity>[0], sizes: NodeSizes): PoolReport[] {
  const pools = sized(objects, sizes);
  const names = pools.map(({ pool }) => pool);
  for (const name of sizes.keys()) {
    if (names.includes(name)) continue;
    const meant = nearest(name, names);
    throw new UsageError(
      `--node: no pod runs in ${name}; ${meant === undefined ? `pools are ${names.join(', ')}` : `did you mean ${meant}?`}`,
    );
  }
  return pools;
}

function sized(objects: Parameters<typeof capacity>[0], sizes: NodeSizes): PoolReport[] {
  try {
    return capacity(objects, sizes);
  } catch (error) {
    if (!(error instanceof UnknownNodeError)) throw error;
    throw new UsageError(`${error.message}: give it by --node ${error.pool.name}=CPUs,MEMORY,GPUs`);
  }
}

function tellTooLarge(pools: readonly PoolReport[], context: Context): ExitCode {
  const sentences = pools.flatMap(({ pool, tooLarge }) => tooLarge.map((large) => tooLargeText(pool, large)));
  const paint = painter(context.stderr, context);
  for (const sentence of sentences) tell(context.stderr, `${paint('red', 'error:')} ${sentence}`);
  return sentences.length === 0 ? EXIT.fine : EXIT.foundProblems;
}

/** `cpu=16,64Gi`, or `vllm-gpu=16,256Gi,1`. */
function nodeSize(text: string): [string, NodeSize] {
  const match = /^([a-z0-9-]+)=([^,]+),([^,]+)(?:,(\d+))?$/.exec(text);
  const [, pool = '', cpu = '', memory = '', gpus] = match ?? [];
  if (match === null || amountOf('cpu', cpu) === undefined || amountOf('memory', memory) === undefined)
    throw new InvalidArgumentError('A size looks like cpu=16,64Gi or, with GPUs, vllm-gpu=16,256Gi,1.');
  return [pool, { cpu, memory, ...(gpus === undefined ? {} : { gpus }) }];
}
