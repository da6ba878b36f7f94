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

const [definitions, mode] = process.argv.slice(2);
if (definitions === undefined || (mode !== undefined && mode !== '--check')) {
  console.error('usage: node scripts/import-crds.mjs CRDS_DIR [--check]');
  process.exit(2);
}

const work = mkdtempSync(join(tmpdir(), 'medkg-imports-'));
try {
  const cli = join(import.meta.dirname, '../node_modules/.bin/cdk8s');
  const made = new Map(DEFINITIONS.map((path) => [nameOf(path), generate(cli, join(definitions, path))]));
  const imports = join(import.meta.dirname, '../imports');
  if (mode === '--check') check(imports, made);
  else write(imports, made);
} finally {
  rmSync(work, { recursive: true });
}

/**
 * @param {string} cli
 * @param {string} path
 */
function generate(cli, path) {
  const out = join(work, nameOf(path));
  mkdirSync(out);
  execFileSync(cli, ['import', path, '-l', 'typescript', '--no-save', '--check-upgrade=false', '-o', out], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [file] = readdirSync(out);
  if (file === undefined) throw new Error(`cdk8s made nothing of ${path}`);
  return readFileSync(join(out, file), 'utf8');
}

/** @param {string} path */
function nameOf(path) {
  return `${path.replace(/.*_|\.yaml$/g, '')}.ts`;
}

/**
 * @param {string} imports
 * @param {Map<string, string>} made
 */
function write(imports, made) {
  mkdirSync(imports, { recursive: true });
  for (const [name, text] of made) writeFileSync(join(imports, name), text);
}

/**
 * @param {string} imports
 * @param {Map<string, string>} made
 */
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

/** @param {string} path */
function readOr(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
