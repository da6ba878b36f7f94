/**
 * Makes the JSON schemas that kubeconform reads.
 *
 *   node scripts/ci/schemas.mjs kubernetes SOURCE OUT VERSION...   from the folders of the kubernetes-validate wheel
 *   node scripts/ci/schemas.mjs crds SOURCE OUT                    from CustomResourceDefinitions
 *
 * OUT is replaced as a whole.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadAll } from 'js-yaml';

/** The wheel's schemas name each other by a served address: make that a file beside them. */
export function localReferences(schema) {
  delete schema.$id;
  return JSON.parse(JSON.stringify(schema).replaceAll('"/api/_definitions.json#', '"_definitions.json#'));
}

const strings = { type: 'object', additionalProperties: { type: 'string' } };

/** metadata, which a CustomResourceDefinition leaves open: what a manifest may say there, and nothing else. */
const metadata = {
  type: 'object',
  properties: {
    name: { type: 'string', maxLength: 253 },
    generateName: { type: 'string' },
    namespace: { type: 'string', maxLength: 63 },
    labels: strings,
    annotations: strings,
    finalizers: { type: 'array', items: { type: 'string' } },
    ownerReferences: { type: 'array', items: { type: 'object' } },
    creationTimestamp: { type: 'null' },
  },
  additionalProperties: false,
};

/**
 * A Kubernetes structural schema as a JSON schema that refuses unknown fields, as the API server does in strict mode.
 * Only the structural part is closed: what stands inside allOf, anyOf, oneOf and not merely adds conditions.
 */
export function closed(schema) {
  const out = { ...schema };
  for (const key of ['default', 'description', 'example', 'externalDocs']) delete out[key];
  if (schema.properties) {
    out.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, s]) => [name, closed(s)]),
    );
  }
  if (schema.items) out.items = closed(schema.items);
  if (typeof schema.additionalProperties === 'object')
    out.additionalProperties = closed(schema.additionalProperties);

  if (schema['x-kubernetes-embedded-resource']) {
    out.properties = {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata,
      ...out.properties,
    };
  }
  const open = schema['x-kubernetes-preserve-unknown-fields'] || schema.additionalProperties !== undefined;
  if (out.properties && !open) out.additionalProperties = false;

  if (schema['x-kubernetes-int-or-string']) out.type = ['integer', 'string'];
  if (schema.nullable && out.type) {
    out.type = [out.type, 'null'].flat();
    if (out.enum && !out.enum.includes(null)) out.enum = [...out.enum, null];
  }
  return out;
}

/** Every served version of a definition: where kubeconform looks it up, and what it may contain. */
export function customResources(definition) {
  const { group, names, versions } = definition.spec;
  return versions
    .filter((version) => version.served)
    .map((version) => {
      const schema = closed(version.schema.openAPIV3Schema);
      return {
        group,
        kind: names.kind,
        version: version.name,
        schema: {
          ...schema,
          properties: {
            ...schema.properties,
            apiVersion: { const: `${group}/${version.name}` },
            kind: { const: names.kind },
            metadata,
          },
          required: [...new Set([...(schema.required ?? []), 'apiVersion', 'kind', 'metadata'])],
        },
      };
    });
}

function kubernetes(source, out, versions) {
  for (const version of versions) {
    const from = join(source, `v${version}-local-strict`);
    const to = join(out, `v${version}-standalone-strict`);
    mkdirSync(to, { recursive: true });
    for (const file of readdirSync(from)) {
      const schema = localReferences(JSON.parse(readFileSync(join(from, file), 'utf8')));
      writeFileSync(join(to, file), JSON.stringify(schema));
    }
  }
}

/** [group, kind, version, path] of every row of the index that is not YAML. */
function jsonSchemas(source) {
  const [head, ...rows] = readFileSync(join(source, 'index.tsv'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
  const columns = ['group', 'kind', 'served_versions', 'local_path'].map((name) => head.indexOf(name));
  return rows
    .map((row) => columns.map((column) => row[column]))
    .filter(([, , , path]) => path.endsWith('.json'));
}

function crds(source, out) {
  const served = new Set();
  const files = readdirSync(source, { recursive: true }).map((file) => join(source, file));
  for (const file of files.filter((f) => /\.ya?ml$/.test(f))) {
    for (const document of loadAll(readFileSync(file, 'utf8'))) {
      if (document?.kind !== 'CustomResourceDefinition') continue;
      for (const { group, kind, version, schema } of customResources(document)) {
        mkdirSync(join(out, group), { recursive: true });
        writeFileSync(join(out, group, `${kind.toLowerCase()}_${version}.json`), JSON.stringify(schema));
        served.add(`${group}/${version}`).add(`${group}/${version}/${kind}`);
      }
    }
  }
  // A project that publishes JSON schemas instead, named the way we look them up: its group stands in the index.
  for (const [group, kind, version, path] of jsonSchemas(source)) {
    mkdirSync(join(out, group), { recursive: true });
    cpSync(join(source, '..', path), join(out, group, `${kind.toLowerCase()}_${version}.json`));
    served.add(`${group}/${version}`).add(`${group}/${version}/${kind}`);
  }
  if (served.size === 0) throw new Error(`no CustomResourceDefinition under ${source}`);
  writeFileSync(join(out, 'api-versions.txt'), [...served].sort().join('\n') + '\n');
}

function main([what, source, out, ...versions]) {
  const fresh = `${out}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  if (what === 'kubernetes') kubernetes(source, fresh, versions);
  else if (what === 'crds') crds(source, fresh);
  else throw new Error('usage: schemas.mjs kubernetes|crds SOURCE OUT [VERSION...]');
  rmSync(out, { recursive: true, force: true });
  renameSync(fresh, out);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) main(process.argv.slice(2));
