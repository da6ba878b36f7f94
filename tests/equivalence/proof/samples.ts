import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deliver, repaired, type Delivered, type Documents } from '../documents';
import type { Environment } from '../subject';
import type { PrintedChart } from './chart';
import type { Finding, Helm } from './judge';
import { brokenPaths } from './ours';
import { inParallel, TOOLS, type Both, type Prover, type Rendering } from './prover';

const run = promisify(execFile);

/** A document that the real `helm template` reads otherwise than the library. */
export interface SampleFault {
  readonly document: Delivered;
  readonly findings: readonly Finding[];
}

/**
 * That the Helm which the prover links and the program `helm` say the same: files on a disk, flags on a command
 * line. What the program prints is compared in the place of ours.
 */
export async function proveSamples(
  prover: Prover,
  { description, folder }: PrintedChart,
  documents: Documents,
  environment: Environment,
  count: number,
  seed: number,
): Promise<SampleFault[]> {
  const faults: SampleFault[] = [];
  await inParallel(documents.drafts(count, seed), 2, async (random) => {
    const document = deliver(
      repaired(random, (draft) => brokenPaths(description, deliver(draft, environment.files))),
      environment.files,
    );
    for (const helm of ['helm3', 'helm4'] as const) {
      const findings = await sample(prover, folder, document, helm);
      if (findings.length > 0) faults.push({ document, findings });
    }
  });
  return faults;
}

async function sample(prover: Prover, chart: string, document: Delivered, helm: Helm): Promise<Finding[]> {
  const printed = await helmTemplate(helm, chart, document);
  const { release, files, set, setString } = document;
  const request = { chart, release: release.name, namespace: release.namespace, files, set, setString };
  const answer: Both<Rendering> = await prover.render(
    'text' in printed ? { ...request, manifests: printed.text } : request,
  );
  const { error, differences } = answer[helm];
  if (error === null && 'text' in printed)
    return differences.map(({ object, path, problem, helm: theirs, ours }) => ({
      helm,
      object,
      path,
      problem: `library and program: ${problem}`,
      ...(theirs === undefined ? {} : { theirs }),
      ...(ours === undefined ? {} : { ours }),
    }));
  if (error !== null && 'error' in printed) return [];
  return [
    {
      helm,
      object: '(all)',
      path: '',
      problem: 'library and program do not agree',
      theirs: error,
      ours: 'error' in printed ? printed.error : 'renders',
    },
  ];
}

async function helmTemplate(
  helm: Helm,
  chart: string,
  { release, files, set, setString }: Delivered,
): Promise<{ text: string } | { error: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'sample-'));
  try {
    const paths = files.map((text, i) => {
      const path = join(folder, `${i}.yaml`);
      writeFileSync(path, text);
      return path;
    });
    const options = [
      ...paths.flatMap((path) => ['--values', path]),
      ...setString.flatMap((text) => ['--set-string', text]),
      ...set.flatMap((text) => ['--set', text]),
    ];
    const { stdout } = await run(
      join(TOOLS, helm),
      ['template', release.name, chart, '--namespace', release.namespace, ...options],
      { maxBuffer: 64 << 20 },
    );
    return { text: stdout };
  } catch (error) {
    return { error: String((error as { stderr?: string }).stderr ?? error) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
