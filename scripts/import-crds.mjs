#!/usr/bin/env node
// Makes the types of custom resources in imports/ from upstream definitions, by `cdk8s import`.
// Usage: node scripts/import-crds.mjs CRDS_DIR [--check]
// --check regenerates into a copy and fails when the committed files differ.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DEFINITIONS = [
  'external-secrets/external-secrets.io_externalsecrets.yaml',
  'external-secrets/external-secrets.io_secretstores.yaml',
  'gateway-api/gateway.networking.k8s.io_httproutes.yaml',
  'keda/keda.sh_scaledobjects.yaml',
  'prometheus-operator/monitoring.coreos.com_servicemonitors.yaml',
];

const [source, mode] = process.argv.slice(2);
if (source === undefined || (mode !== undefined && mode !== '--check')) {
  console.error('usage: node scripts/import-crds.mjs CRDS_DIR [--check]');
  process.exit(2);
}

const work = mkdtempSync(join(tmpdir(), 'medkg-imports-'));
try {
  const cli = join(import.meta.dirname, '../node_modules/.bin/cdk8s');
  const made = new Map(DEFINITIONS.map((path) => [nameOf(path), generate(cli, path)]));
  const imports = join(import.meta.dirname, '../imports');
  if (mode === '--check') check(imports, made);
  else write(imports, made);
} finally {
  rmSync(work, { recursive: true });
}

function generate(cli, path) {
  const out = join(work, nameOf(path));
  mkdirSync(out);
  execFileSync(
    cli,
    ['import', join(source, path), '-l', 'typescript', '--no-save', '--check-upgrade=false', '-o', out],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const [file] = readdirSync(out);
  return readFileSync(join(out, file), 'utf8');
}

function nameOf(path) {
  return `${path.replace(/.*_|\.yaml$/g, '')}.ts`;
}

function write(imports, made) {
  mkdirSync(imports, { recursive: true });
  for (const [name, text] of made) writeFileSync(join(imports, name), text);
}

function check(imports, made) {
  const stale = [...made]
    .filter(([name, text]) => readOr(join(imports, name)) !== text)
    .map(([name]) => name);
  const unknown = readdirSync(imports).filter((name) => name.endsWith('.ts') && !made.has(name));
  for (const name of stale) console.error(`imports/${name} is stale: run node scripts/import-crds.mjs`);
  for (const name of unknown) console.error(`imports/${name} is not made by this script`);
  if (stale.length + unknown.length > 0) process.exitCode = 1;
  else console.log(`imports: ${made.size} files are up to date`);
}

function readOr(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
