import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['**/dist/**', '**/out-tsc/**', '**/fixtures/**', '.nx/**', '**/node_modules/**'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    plugins: { '@nx': nx },
    files: ['**/*.ts', '**/*.js'],
    rules: {
      'no-control-regex': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: true,
          allow: ['^\\.{1,2}/.*vitest\\.workspace'],
          depConstraints: [
            { sourceTag: 'layer:contract', onlyDependOnLibsWithTags: ['layer:contract'] },
            {
              sourceTag: 'layer:platform',
              onlyDependOnLibsWithTags: ['layer:contract', 'layer:platform'],
            },
            { sourceTag: 'layer:domain', onlyDependOnLibsWithTags: ['layer:contract', 'layer:platform'] },
            { sourceTag: 'layer:record', onlyDependOnLibsWithTags: ['layer:contract', 'layer:record'] },
            {
              sourceTag: 'layer:app',
              onlyDependOnLibsWithTags: ['layer:contract', 'layer:platform', 'layer:domain', 'layer:record'],
            },
            { sourceTag: 'layer:tools', onlyDependOnLibsWithTags: ['*'] },
          ],
        },
      ],
    },
  },
);
