import { licensedVocabularies } from '../../platform/vocabularies';
import { type Rule, and, atLeast, greaterThan, lessThan, not, or, sum } from '../../engine';
import { values } from '../values';

const { config } = values;
const { weights } = config.retrieval.fusion;
const totalWeight = sum(weights.bm25, weights.splade, weights.dense);

const PROFILES = ['imrad', 'registry', 'spl', 'guideline'] as const;

/** What the application's loader would stop for, as rules between values. */
export const configurationRules: readonly Rule[] = [
  ...PROFILES.map((profile) => ({
    path: `config.chunking.${profile}.overlap`,
    broken: atLeast(config.chunking[profile].overlap, config.chunking[profile].targetTokens),
    sentence: 'must be less than targetTokens beside it',
  })),
  {
    path: 'config.retrieval.fusion.weights',
    // A little less than the tolerance of the application, 0.01, which adds with floating-point numbers.
    broken: or(lessThan(totalWeight, 0.991), greaterThan(totalWeight, 1.009)),
    sentence: 'must add up to 1 (a difference of up to 0.009 is fine)',
  },
  {
    path: 'config.retrieval.topK.default',
    broken: greaterThan(config.retrieval.topK.default, config.retrieval.topK.max),
    sentence: 'must not be greater than config.retrieval.topK.max',
  },
  ...licensedVocabularies.map(({ name }) => ({
    path: `config.vocabularies.${name}.enabled`,
    broken: and(config.vocabularies[name].enabled, not(config.licences[name].licensed)),
    sentence: `needs a licence: set config.licences.${name}.licensed to true if you hold one`,
  })),
];
