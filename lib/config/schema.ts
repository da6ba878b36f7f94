/**
 * Schema of the application's config.yaml.
 *
 * Source: the application's own config.schema.json, version 1.0.0 (Medical_KG 30f8c62). It is written anew here;
 * the contract test holds both to the same verdicts.
 */
import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import { ingestionSections, ingestionShapes } from './ingestion';
import { knowledgeSections, knowledgeShapes } from './knowledge';
import { retrievalSections, retrievalShapes } from './retrieval';
import { serviceSections, serviceShapes } from './service';
import { closed, definitionsOf, text } from './shapes';

/** Version of the schema that the application of today supports; it refuses a config.yaml that declares a newer one. */
export const SCHEMA_VERSION = '1.0.0';

/** The document itself; shared shapes are references, so it is only complete with its `definitions`. */
export const applicationConfig = closed({
  $schema: Type.Optional(
    Type.String({
      format: 'uri-reference',
      description: 'Where the schema lies; `v1.2.3` in it declares its version.',
    }),
  ),
  config_version: text('Version of the settings, for people and for the /version endpoint.'),
  ...serviceSections,
  ...ingestionSections,
  ...retrievalSections,
  ...knowledgeSections,
});

/** config.yaml, after placeholders were filled in. */
export type ApplicationConfig = Static<typeof applicationConfig>;

/** A JSON schema as plain data. */
export type JsonSchemaDocument = Readonly<Record<string, unknown>>;

/**
 * config.schema.json, which the application reads from beside config.yaml (it stops when the file is missing, and
 * when the file has no string `version`). Plain data of always the same key order.
 */
export function configJsonSchema(): JsonSchemaDocument {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Settings of the Medical KG application',
    version: SCHEMA_VERSION,
    ...plain(applicationConfig),
    definitions: plain(
      definitionsOf([...serviceShapes, ...ingestionShapes, ...retrievalShapes, ...knowledgeShapes]),
    ),
  };
}

/** A schema without TypeBox's symbols, as it stands in a file. */
function plain(schema: object): JsonSchemaDocument {
  // JSON.parse gives `any`; what comes back from an object is an object.
  return JSON.parse(JSON.stringify(schema)) as JsonSchemaDocument;
}
