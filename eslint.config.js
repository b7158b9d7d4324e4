import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * Which layer may import which (docs/decisions/0001-layers.md). `src/simulator` imports nothing of
 * ours, so that a misunderstanding cannot pass on both sides. Only `src/app` composes the rest.
 */
export const layers = {
  domain: [],
  zendesk: ['domain'],
  'use-cases': ['domain', 'zendesk'],
  ui: ['domain', 'zendesk', 'use-cases'],
  settlement: ['domain', 'zendesk'],
  simulator: [],
  app: ['domain', 'zendesk', 'use-cases', 'ui', 'settlement', 'simulator'],
};

const layerRules = Object.entries(layers).map(([layer, mayImport]) => {
  const forbidden = Object.keys(layers).filter(
    (other) => other !== layer && !mayImport.includes(other),
  );
  return {
    files: [`src/${layer}/**/*.{ts,tsx}`],
    ignores: layer === 'domain' || layer === 'simulator' ? [] : [`src/${layer}/**/*.test.{ts,tsx}`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...forbidden.map((other) => ({
              group: [`#${other}/*`, `#${other}/**`, `**/${other}/**`],
              message: `${layer} may not import ${other}.`,
            })),
            ...(layer === 'domain'
              ? [
                  {
                    regex: '^(?![.#]|@noble/hashes/|vitest$|fast-check$)',
                    message: 'domain is pure: no packages but @noble/hashes.',
                  },
                ]
              : []),
          ],
        },
      ],
    },
  };
});

const domainIsPure = {
  files: ['src/domain/**/*.ts'],
  ignores: ['src/domain/**/*.test.ts'],
  rules: {
    'no-restricted-properties': [
      'error',
      { object: 'Date', property: 'now', message: 'domain has no clock: pass `now` in.' },
      { object: 'Math', property: 'random', message: 'domain has no randomness: pass ids in.' },
    ],
    'no-restricted-syntax': [
      'error',
      {
        selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
        message: 'domain has no clock: pass `now` in.',
      },
      { selector: 'ImportExpression', message: 'Dynamic import belongs in src/app.' },
    ],
  },
};

const dynamicImportOnlyInApp = {
  files: ['src/{zendesk,use-cases,ui,settlement,simulator}/**/*.{ts,tsx}'],
  rules: {
    'no-restricted-syntax': [
      'error',
      { selector: 'ImportExpression', message: 'Dynamic import belongs in src/app.' },
    ],
  },
};

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', '.simulator/']),
  tseslint.configs.strict,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': ['error', { allow: ['warn', 'error'] }],
    },
  },
  { files: ['src/**/*.{ts,tsx}'], ...reactHooks.configs.flat.recommended },
  ...layerRules,
  domainIsPure,
  dynamicImportOnlyInApp,
  { files: ['scripts/**', 'src/app/simulator*.ts', 'tests/**'], rules: { 'no-console': 'off' } },
);
