import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  {
    ignores: ['node_modules', 'build', 'dist', 'imports', '.tools', 'helm'],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A construct registers itself with its scope: `new` for its effect is how cdk8s is written.
      'no-new': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      // Does not end on types that refer to themselves, as those of symbolic values do.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Node's runner waits for its tests by itself.
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', name: ['suite', 'test'], package: 'node:test' }] },
      ],
    },
  },
  {
    // CommonJS, for jest and for the tests: it has no other way, and what it takes of node:path looks like a method there.
    files: ['**/*.cjs', '**/*.js'],
    rules: { '@typescript-eslint/no-require-imports': 'off', '@typescript-eslint/unbound-method': 'off' },
  },
);
