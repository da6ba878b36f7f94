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
import { fileURLToPath } from 'node:url';
import { loadAll } from 'js-yaml';
import { parseJson, readJson } from '../support/json.mjs';

/**
 * What we look at of a JSON schema, or of a structural schema of Kubernetes.
 * @typedef {object} SchemaKeywords
 * @property {string | string[]} [type]
 * @property {Record<string, Schema>} [properties]
 * @property {Schema} [items]
 * @property {boolean | Schema} [additionalProperties]
 * @property {unknown[]} [enum]
 * @property {string[]} [required]
 * @property {boolean} [nullable]
 *
 * @typedef {SchemaKeywords & { [keyword: string]: unknown }} Schema
 *
 * @typedef {{ name: string, served: boolean, schema: { openAPIV3Schema: Schema } }} DefinedVersion
 * @typedef {{ spec: { group: string, names: { kind: string }, versions: DefinedVersion[] } }} Definition
 */

/**
 * The wheel's schemas name each other by a served address: make that a file beside them.
 * @param {Schema} schema
 * @returns {unknown}
 */
export function localReferences(schema) {
  delete schema['$id'];
  return parseJson(JSON.stringify(schema).replaceAll('"/api/_definitions.json#', '"_definitions.json#'));
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
 * @param {Schema} schema
 * @returns {Schema}
 */
export function closed(schema) {
  const out = { ...schema };
  for (const key of ['default', 'description', 'example', 'externalDocs']) Reflect.deleteProperty(out, key);
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
  const open =
    Boolean(schema['x-kubernetes-preserve-unknown-fields']) || schema.additionalProperties !== undefined;
  if (out.properties && !open) out.additionalProperties = false;

  if (schema['x-kubernetes-int-or-string']) out.type = ['integer', 'string'];
  if (schema.nullable && out.type) {
    out.type = [out.type, 'null'].flat();
    if (out.enum && !out.enum.includes(null)) out.enum = [...out.enum, null];
  }
  return out;
}

/**
 * Every served version of a definition: where kubeconform looks it up, and what it may contain.
 * @param {Definition} definition
 */
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

/**
 * @param {string} source
 * @param {string} out
 * @param {string[]} versions
 */
function kubernetes(source, out, versions) {
  for (const version of versions) {
    const from = join(source, `v${version}-local-strict`);
    const to = join(out, `v${version}-standalone-strict`);
    mkdirSync(to, { recursive: true });
    for (const file of readdirSync(from)) {
      // The wheel holds nothing but schemas.
      const schema = /** @type {Schema} */ (readJson(join(from, file)));
      writeFileSync(join(to, file), JSON.stringify(localReferences(schema)));
    }
  }
}

/**
 * Every row of the index that is not YAML.
 * @param {string} source
 */
function jsonSchemas(source) {
  const [head = [], ...rows] = readFileSync(join(source, 'index.tsv'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
  const cell = (/** @type {string[]} */ row, /** @type {string} */ name) => {
    const text = row[head.indexOf(name)];
    if (text === undefined) throw new Error(`index.tsv has a row without ${name}: ${row.join(' ')}`);
    return text;
  };
  return rows
    .map((row) => ({
      group: cell(row, 'group'),
      kind: cell(row, 'kind'),
      version: cell(row, 'served_versions'),
      path: cell(row, 'local_path'),
    }))
    .filter(({ path }) => path.endsWith('.json'));
}

/**
 * @param {unknown} document
 * @returns {document is Definition}
 */
function isDefinition(document) {
  // Any object may be asked for a member.
  const { kind } = /** @type {{ kind?: unknown }} */ (document ?? {});
  return kind === 'CustomResourceDefinition';
}

/**
 * @param {string} source
 * @param {string} out
 */
function crds(source, out) {
  const served = new Set();
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).map((file) => join(source, file));
  for (const file of files.filter((f) => /\.ya?ml$/.test(f))) {
    for (const document of loadAll(readFileSync(file, 'utf8'))) {
      if (!isDefinition(document)) continue;
      for (const { group, kind, version, schema } of customResources(document)) {
        mkdirSync(join(out, group), { recursive: true });
        writeFileSync(join(out, group, `${kind.toLowerCase()}_${version}.json`), JSON.stringify(schema));
        served.add(`${group}/${version}`).add(`${group}/${version}/${kind}`);
      }
    }
  }
  // A project that publishes JSON schemas instead, named the way we look them up: its group stands in the index.
  for (const { group, kind, version, path } of jsonSchemas(source)) {
    mkdirSync(join(out, group), { recursive: true });
    cpSync(join(source, '..', path), join(out, group, `${kind.toLowerCase()}_${version}.json`));
    served.add(`${group}/${version}`).add(`${group}/${version}/${kind}`);
  }
  if (served.size === 0) throw new Error(`no CustomResourceDefinition under ${source}`);
  writeFileSync(join(out, 'api-versions.txt'), [...served].sort().join('\n') + '\n');
}

const USAGE = 'usage: schemas.mjs kubernetes|crds SOURCE OUT [VERSION...]';

/** @param {string[]} args */
function main([what, source, out, ...versions]) {
  if (source === undefined || out === undefined) throw new Error(USAGE);
  const fresh = `${out}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  if (what === 'kubernetes') kubernetes(source, fresh, versions);
  else if (what === 'crds') crds(source, fresh);
  else throw new Error(USAGE);
  rmSync(out, { recursive: true, force: true });
  renameSync(fresh, out);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
