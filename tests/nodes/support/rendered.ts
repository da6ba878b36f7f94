import { parseAllDocuments } from 'yaml';
import { paths } from '../../cluster/support/environment';
import type { Values } from '../../cluster/support/helm';
import { failure, run } from '../../cluster/support/run';

/** The files of the configuration, as our own program writes them in the plain manifests. */
export async function renderedConfiguration({
  environment,
  overrides,
}: Values): Promise<Record<string, string>> {
  const values = ['--env', environment, '-f', paths.values(environment), '-f', '-'];
  const command = [paths.medkg, 'synth', ...values, '--stdout'];
  const outcome = await run(process.execPath, command, JSON.stringify(overrides ?? {}));
  if (outcome.code !== 0) throw failure(['medkg synth'], outcome);
  // What YAML says is of no known type.
  const objects = parseAllDocuments(outcome.stdout).map((document) => document.toJS() as unknown);
  const map = objects.find(isConfiguration);
  if (map === undefined) throw new Error('the manifests have no configuration');
  return map.data;
}

function isConfiguration(object: unknown): object is { data: Record<string, string> } {
  const { kind, metadata } = object as { kind?: string; metadata?: { name?: string } };
  return kind === 'ConfigMap' && metadata?.name === 'medkg-configuration';
}
