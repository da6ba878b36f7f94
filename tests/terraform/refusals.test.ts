import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from '@cdktf/hcl2json';
import { Copy } from './support/terraform';

/** Variables that a module or a root refuses, and what it says: its `tests/refusals.json`. Roots have those of their example beside. */
interface Refusal {
  readonly variables: object;
  readonly messages: readonly string[];
}

const TERRAFORM = join(__dirname, '../../terraform');
const MODULES = readdirSync(join(TERRAFORM, 'modules')).map((name) => `modules/${name}`);

/** Roots that refuse something. */
const ROOTS = readdirSync(TERRAFORM, { recursive: true, encoding: 'utf8' })
  .filter((path) => /^(bootstrap|account|environments\/[^/]+\/[^/]+)\/[^/]+\.tf$/.test(path))
  .filter((path) => readFileSync(join(TERRAFORM, path), 'utf8').includes('error_message'))
  .map((path) => dirname(path));

function refusalsOf(folder: string): readonly Refusal[] {
  const file = join(TERRAFORM, folder, 'tests/refusals.json');
  if (!existsSync(file)) throw new Error(`terraform/${folder}/tests/refusals.json is missing`);
  // Its form is that of Refusal; what does not fit it fails below.
  return JSON.parse(readFileSync(file, 'utf8')) as Refusal[];
}

/** The words of each error_message of a folder that stand there whatever the values are. */
async function messagesOf(folder: string): Promise<readonly string[]> {
  const path = join(TERRAFORM, folder);
  const files = readdirSync(path).filter((name) => name.endsWith('.tf'));
  const parsed = await Promise.all(files.map((name) => parse(name, readFileSync(join(path, name), 'utf8'))));
  return [...JSON.stringify(parsed).matchAll(/"error_message":"((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) =>
    longestFixedPart(JSON.parse(`"${text}"`) as string),
  );
}

function longestFixedPart(text: string): string {
  const parts = [text.split('${')[0] ?? '', text.includes('${') ? (text.split('}').at(-1) ?? '') : ''];
  return parts
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .reduce((longest, part) => (part.length > longest.length ? part : longest));
}

const copy = new Copy();
afterAll(() => {
  copy.remove();
});

describe.each([...MODULES, ...new Set(ROOTS)])('%s', (folder) => {
  const said: string[] = [];

  test('says what is wrong', () => {
    const missing = refusalsOf(folder).flatMap(({ variables, messages }) => {
      const text = copy.refusal(folder, variables);
      said.push(text);
      return messages.filter((message) => !text.includes(message));
    });
    expect(missing).toEqual([]);
  });

  test('is seen to say each of its messages', async () => {
    const text = said.join('\n');
    expect((await messagesOf(folder)).filter((message) => !text.includes(message))).toEqual([]);
  });
});
