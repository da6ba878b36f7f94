import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import enginePackage from '../../../lib/engine/package.json';
import engineOptions from '../../../lib/engine/tsconfig.json';
import { chartFacts } from '../../../lib/charts/chart-facts';
import { allServices } from '../../../lib/platform/services';
import rootPackage from '../../../package.json';
import rootOptions from '../../../tsconfig.json';

const sources = readdirSync('lib/engine', { recursive: true, encoding: 'utf8' })
  .filter((file) => /^(?!dist\/|node_modules\/).*\.ts$/.test(file))
  .map((file) => ({ file, text: readFileSync(join('lib/engine', file), 'utf8') }));

test('its package has exactly the dependencies that it imports, in the versions of the root', () => {
  const imported = sources.flatMap(({ text }) =>
    [...text.matchAll(/ from '((?:@[\w.-]+\/)?[\w-][\w.-]*)(?:\/[^']*)?';$/gm)].map(([, name = '']) => name),
  );
  const names = [...new Set(imported)].sort();
  const root: Readonly<Record<string, string>> = rootPackage.dependencies;
  expect(enginePackage.dependencies).toEqual(Object.fromEntries(names.map((name) => [name, root[name]])));
});

test('it is built with the compiler and the types of the root, as strictly', () => {
  const { typescript, '@types/node': types } = rootPackage.devDependencies;
  expect(enginePackage.devDependencies).toEqual({ typescript, '@types/node': types });
  expect(enginePackage.engines).toEqual(rootPackage.engines);
  const { declaration, outDir, ...options } = engineOptions.compilerOptions;
  expect({ declaration, outDir }).toEqual({ declaration: true, outDir: 'dist' });
  expect(rootOptions.compilerOptions).toMatchObject({
    ...options,
    types: expect.arrayContaining(['node']) as string[],
  });
});

test('its exports are its two doors', () => {
  const doors = Object.values(enginePackage.exports).map(({ default: file }) => file);
  expect(doors).toEqual(['./dist/index.js', './dist/renderers.js']);
});

test('it names nothing of the platform', () => {
  const words = [...allServices().map(({ name }) => name), 'services'].map((name) => `\\b${name}\\b`);
  const names = new RegExp([...words, chartFacts.name, 'medical', 'medkg'].join('|'));
  expect(names.test('lib/engine of medical-kg')).toBe(true);
  const naming = sources.filter(({ text }) => names.test(text) || /medical|medkg|medical_kg/i.test(text));
  expect(naming.map(({ file }) => file)).toEqual([]);
});
