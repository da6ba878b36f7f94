/**
 * Schema of the application's policy.yaml.
 *
 * Stricter than the loader on purpose: that looks a vocabulary up by its upper-case name, so that an entry named
 * `MedDRA` is never found, and it takes any truthy value of `licensed`.
 */
import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import { closed, flag, text } from './shapes';

const vocabularyPolicy = closed({
  licensed: flag('Whether a licence is held.'),
  territory: Type.Optional(text('Where the licence holds.')),
});

/** The document. */
export const applicationPolicy = closed({
  vocabs: Type.Unsafe<Record<string, Static<typeof vocabularyPolicy>>>({
    type: 'object',
    propertyNames: { pattern: '^[^a-z]+$' },
    additionalProperties: vocabularyPolicy,
    description: 'Licences by the UPPER-CASE name of the vocabulary.',
  }),
  actions: closed({
    redact_unlicensed_codes: flag('Whether codes without a licence are blanked in answers.'),
    block_kg_write_without_provenance: flag('Whether the graph refuses facts without a source.'),
    fail_on_unlicensed_usage: flag('Whether use without a licence is an error.'),
  }),
});

/** policy.yaml. */
export type ApplicationPolicy = Static<typeof applicationPolicy>;
