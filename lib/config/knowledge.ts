/** How facts are drawn from text and kept: extraction, entity linking, the graph, vocabularies, licences. */
import { Type } from '@sinclair/typebox';
import { closed, count, flag, mapOf, oneOf, share, shared, text } from './shapes';

/** Intents that the application routes by. */
export const INTENTS = ['pico', 'endpoint', 'ae', 'dose', 'eligibility', 'general'] as const;

const extractor = shared(
  'extractor',
  closed({
    intent: oneOf(INTENTS, { description: 'What is asked of the text.' }),
    prompt: text('Instruction to the language model.'),
    temperature: Type.Number({ minimum: 0, maximum: 2, description: 'Sampling temperature; 0 is greedy.' }),
    max_tokens: count('Tokens that an answer may have.'),
    confidence_threshold: share('Confidence under which a finding is dropped.'),
  }),
);

const extraction = shared(
  'extraction',
  closed({
    pico: extractor.ref,
    effects: extractor.ref,
    adverse_events: extractor.ref,
    dosing: extractor.ref,
    eligibility: extractor.ref,
  }),
);

const entityLinking = shared(
  'entityLinking',
  closed({
    acceptance_threshold: share('Score from which a mention is linked without a reviewer.'),
    rrf_k: count('Constant k of the fusion of candidate lists.'),
    max_batch: count('Mentions linked in one batch.'),
  }),
);

const kg = shared(
  'kg',
  closed({
    neo4j_uri: text('Bolt address of Neo4j.'),
    username: text('User of the database.'),
    password: text('Password of that user; write a placeholder.'),
    batch_size: count('Rows written in one transaction.'),
    shacl_enabled: flag('Whether writes are checked against the SHACL shapes.'),
  }),
);

const vocabulary = shared(
  'vocabulary',
  closed({
    enabled: flag('Whether the vocabulary is loaded.'),
    requires_license: flag('Whether policy.yaml must call it licensed before it may be enabled.'),
    refresh_cron: text('When it is loaded anew, as a cron expression of five fields.'),
    territory: Type.Optional(
      Type.Unsafe<string | null>({ type: ['string', 'null'], description: 'Where the licence holds.' }),
    ),
  }),
);

const catalog = shared(
  'catalog',
  closed({
    vocabs: mapOf(vocabulary.ref, { minProperties: 1, description: 'Vocabularies by lower-case name.' }),
    license_policy: text('Where policy.yaml lies, seen from this file.'),
  }),
);

const licensing = shared(
  'licensing',
  closed({ policy_path: text('Where policy.yaml lies, seen from this file.') }),
);

/** Shapes of this section, for `definitions`. */
export const knowledgeShapes = [
  extractor,
  extraction,
  entityLinking,
  kg,
  vocabulary,
  catalog,
  licensing,
] as const;

/** Sections of this file at the top level of config.yaml. */
export const knowledgeSections = {
  extraction: extraction.ref,
  kg: kg.ref,
  catalog: catalog.ref,
  licensing: licensing.ref,
  entity_linking: entityLinking.ref,
};
