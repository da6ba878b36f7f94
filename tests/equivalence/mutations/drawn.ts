import { mutation, type Mutation } from './mutation';

const REFERENCES = 'lib/engine/template/references.ts';
const NAMED = 'lib/engine/chart/named-template.ts';

/** What an author may write that has no two meanings: without its refusal, drawn charts show it. */
export const drawnMutations: readonly Mutation[] = [
  mutation('what Helm alone knows of a release', REFERENCES, 'assertTold(origin, path);\n', '\n', 'charts'),
  mutation(
    'a member of a map that is not there',
    REFERENCES,
    '`(${printed} | default dict)` : printed',
    'printed : printed',
    'charts',
  ),
  mutation(
    'a fraction in a text',
    'lib/engine/template/expressions/text.ts',
    "if (['string', 'word', 'integer'].includes(part.type)) return;",
    "if (['string', 'word', 'integer', 'number'].includes(part.type)) return;",
    'charts',
  ),
  mutation(
    'arguments for a helper that takes none',
    'lib/engine/template/helper.ts',
    "takes === 'several' ? args.length === 0 : args.length !== takes",
    'args.length < 0',
    'charts',
  ),
  mutation(
    'a loop in a loop under one name',
    'lib/engine/template/loop-scope.ts',
    'if (outer !== undefined)',
    'if (outer === variable)',
    'charts',
  ),
  mutation(
    'a hash of digits read as a number',
    NAMED,
    "readonly type = 'string';",
    "readonly type = 'word';",
    'charts',
  ),
  mutation(
    'a named template that yields nothing',
    NAMED,
    "if (presence(part) !== 'always')",
    'if (presence(part) === undefined)',
    'charts',
  ),
];
