import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@cdktf/hcl2json';
import { Copy } from './support/terraform';

/** Variables that a module refuses, and what it says: `tests/refusals.json` of the module. */
interface Refusal {
  readonly variables: object;
  readonly messages: readonly string[];
}

const MODULES = join(__dirname, '../../terraform/modules');

function refusalsOf(module: string): readonly Refusal[] {
  const file = join(MODULES, module, 'tests/refusals.json');
  if (!existsSync(file)) throw new Error(`terraform/modules/${module}/tests/refusals.json is missing`);
  // Its form is that of Refusal; what does not fit it fails below.
  return JSON.parse(readFileSync(file, 'utf8')) as Refusal[];
}

/** The words of each error_message of a module that stand there whatever the values are. */
async function messagesOf(module: string): Promise<readonly string[]> {
  const folder = join(MODULES, module);
  const files = readdirSync(folder).filter((name) => name.endsWith('.tf'));
  const parsed = await Promise.all(
    files.map((name) => parse(name, readFileSync(join(folder, name), 'utf8'))),
  );
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

describe.each(readdirSync(MODULES))('module %s', (module) => {
  const said: string[] = [];

  test('says what is wrong', () => {
    const missing = refusalsOf(module).flatMap(({ variables, messages }) => {
      const text = copy.refusal(`modules/${module}`, variables);
      said.push(text);
      return messages.filter((message) => !text.includes(message));
    });
    expect(missing).toEqual([]);
  });

  test('is seen to say each of its messages', async () => {
    const text = said.join('\n');
    expect((await messagesOf(module)).filter((message) => !text.includes(message))).toEqual([]);
  });
});
