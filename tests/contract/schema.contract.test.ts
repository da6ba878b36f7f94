/** Our schema of config.yaml against the application's own: the same verdict on every document. */
import * as fc from 'fast-check';
import { configJsonSchema } from '../../lib/config/schema';
import { isApplicationConfig } from '../../lib/config/validation';
import { applicationSchema, readAsApplication } from './application-schema';
import { fullDocument } from './full-document';
import { mutationsOf } from './mutations';
import type { Mutation } from './mutations';
import { randomDocument } from './random-documents';
import { cursorOf, placesOf, reachable } from './walk';

/** Fixed, so that CI judges the same documents every time. */
const SEED = 20_261_124;

const RANDOM_DOCUMENTS = 500;

const theirs = cursorOf(applicationSchema());
const ours = cursorOf(configJsonSchema());
const theyAccept = readAsApplication(theirs.root);

/** What we accept, and what the application accepts by the file that we lay beside config.yaml. */
const weAccept = { 'our check': isApplicationConfig, 'our file': readAsApplication(ours.root) };

const places = placesOf(fullDocument, [theirs, ours]);
const mutations = places.flatMap((place) => mutationsOf(fullDocument, place));
const random: Mutation[] = fc
  .sample(randomDocument(theirs), { numRuns: RANDOM_DOCUMENTS, seed: SEED })
  .map((document, index) => ({ label: `random ${index}: ${JSON.stringify(document)}`, document }));

/** Documents on which the verdicts differ, as readable lines. */
function disagreements(documents: readonly Mutation[]): string[] {
  return documents.flatMap(({ label, document }) => {
    const verdict = theyAccept(document);
    return Object.entries(weAccept)
      .filter(([, accepts]) => accepts(document) !== verdict)
      .map(([who]) => `${label}: the application ${verdict ? 'accepts' : 'refuses'} it, ${who} does not`);
  });
}

const accepted = (documents: readonly Mutation[]) =>
  documents.filter(({ document }) => theyAccept(document)).length;

describe("our schema and the application's", () => {
  it('both accept the full document', () => {
    expect(theyAccept(fullDocument)).toBe(true);
    expect(disagreements([{ label: 'full', document: fullDocument }])).toEqual([]);
  });

  it('are both reached in every place by the full document', () => {
    const visited = new Set(places.flatMap(({ cursors }) => cursors.map(({ node }) => node)));
    const missed = [theirs, ours].flatMap((schema) =>
      [...reachable(schema)].filter((node) => !visited.has(node)),
    );
    expect(missed).toEqual([]);
  });

  it('give the same verdict on every mutation of it', () => {
    expect(mutations.length).toBeGreaterThan(3000);
    expect(accepted(mutations)).toBeGreaterThan(300);
    expect(disagreements(mutations).slice(0, 20)).toEqual([]);
  });

  it('give the same verdict on random documents', () => {
    expect(random).toHaveLength(RANDOM_DOCUMENTS);
    expect(accepted(random)).toBeGreaterThan(RANDOM_DOCUMENTS / 10);
    expect(accepted(random)).toBeLessThan((RANDOM_DOCUMENTS * 9) / 10);
    expect(disagreements(random).slice(0, 20)).toEqual([]);
  });
});

describe('a missing schema of the application', () => {
  it('is a failure that says what is missing and where', () => {
    expect(() => applicationSchema('/nowhere/config.schema.json')).toThrow(
      /missing: \/nowhere\/config\.schema\.json/,
    );
  });
});
