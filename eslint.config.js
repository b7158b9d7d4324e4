import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * Which layer may import which (docs/decisions/0001-layers.md). `src/simulator` imports nothing of
 * ours, so that a misunderstanding cannot pass on both sides. Only `src/app` composes the rest.
 * tests/layers.test.ts plants a violation of each arrow that is missing here.
 *
 * @type {Record<string, string[]>}
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

/** These layers keep their arrows in their tests too; elsewhere a test may bring the simulator. */
const strictInTests = ['domain', 'simulator'];

/** Layers that React may not reach: what they do must be testable without a screen. */
const withoutReact = ['zendesk', 'use-cases', 'settlement'];

const tests = '**/*.test.{ts,tsx}';

/**
 * Matches the alias and any relative path into a folder. Not `group`: its patterns are those of
 * .gitignore, where a leading `#` starts a comment, so that an alias would pass.
 *
 * @param {string} folder
 */
const into = (folder) => `(^#|/)${folder}/`;

/** @param {string} layer */
function forbiddenLayers(layer) {
  const allowed = layers[layer] ?? [];
  return Object.keys(layers)
    .filter((other) => other !== layer && !allowed.includes(other))
    .map((other) => ({
      regex: into(other),
      message: `${layer} may not import ${other}.`,
    }));
}

/** @param {string} layer */
function forbiddenPackages(layer) {
  if (layer === 'domain')
    return [
      {
        regex: '^(?![.#]|@noble/hashes/|vitest$|fast-check$)',
        message: 'domain is pure: no packages but @noble/hashes.',
      },
    ];
  if (withoutReact.includes(layer))
    return [
      {
        regex: '^(react|react-dom|styled-components|@zendeskgarden/.*|@tanstack/.*)(/|$)',
        message: `${layer} knows no React: screens belong in ui.`,
      },
    ];
  return [];
}

const testSupport = { regex: into('tests'), message: 'tests are not for sources.' };

/**
 * @param {object[]} patterns
 * @returns {import('eslint').Linter.RulesRecord}
 */
const restrictImports = (patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

const layerRules = Object.keys(layers).flatMap((layer) => {
  const patterns = [...forbiddenLayers(layer), ...forbiddenPackages(layer)];
  const folder = `src/${layer}`;
  return [
    {
      files: [`${folder}/**/*.{ts,tsx}`],
      ignores: [tests],
      rules: restrictImports([...patterns, testSupport]),
    },
    ...(strictInTests.includes(layer)
      ? [{ files: [`${folder}/${tests}`], rules: restrictImports(patterns) }]
      : []),
  ];
});

/** `no-restricted-imports` does not see either of these. */
const importsThatSlipThrough = [
  { selector: 'ImportExpression', message: 'Dynamic import belongs in src/app.' },
  { selector: 'TSImportType', message: 'Write `import type` at the top of the file.' },
];

/** @type {import('eslint').Linter.Config} */
const noHiddenImports = {
  files: ['src/**/*.{ts,tsx}'],
  ignores: ['src/app/**', tests],
  rules: { 'no-restricted-syntax': ['error', ...importsThatSlipThrough] },
};

const noClock = 'domain has no clock: pass `now` in.';

/** @type {import('eslint').Linter.Config} */
const domainIsPure = {
  files: ['src/domain/**/*.ts'],
  ignores: [tests],
  rules: {
    'no-restricted-properties': [
      'error',
      { object: 'Date', property: 'now', message: noClock },
      { object: 'Math', property: 'random', message: 'domain has no randomness: pass ids in.' },
    ],
    'no-restricted-globals': ['error', 'globalThis'],
    'no-restricted-syntax': [
      'error',
      ...importsThatSlipThrough,
      { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: noClock },
      { selector: 'CallExpression[callee.name="Date"]', message: noClock },
    ],
  },
};

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', '.simulator/']),
  tseslint.configs.strict,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      eqeqeq: 'error',
      'no-console': ['error', { allow: ['warn', 'error'] }],
    },
  },
  { files: ['src/**/*.{ts,tsx}'], ...reactHooks.configs.flat.recommended },
  ...layerRules,
  noHiddenImports,
  domainIsPure,
  {
    files: ['scripts/**', 'bench/**', 'src/app/simulator*.ts', 'tests/**'],
    rules: { 'no-console': 'off' },
  },
);
