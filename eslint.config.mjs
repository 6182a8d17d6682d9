// The rules that JavaScript is held to: mistakes, not taste.
import globals from 'globals';

const rules = {
  'array-callback-return': 'error',
  'constructor-super': 'error',
  'eqeqeq': ['error', 'always', {null: 'ignore'}],
  'no-async-promise-executor': 'error',
  'no-compare-neg-zero': 'error',
  'no-const-assign': 'error',
  'no-constant-binary-expression': 'error',
  'no-constant-condition': ['error', {checkLoops: false}],
  'no-debugger': 'error',
  'no-dupe-args': 'error',
  'no-dupe-else-if': 'error',
  'no-dupe-keys': 'error',
  'no-duplicate-imports': 'error',
  'no-empty': 'error',
  'no-fallthrough': 'error',
  'no-implicit-globals': 'error',
  'no-loss-of-precision': 'error',
  'no-redeclare': 'error',
  'no-self-assign': 'error',
  'no-shadow-restricted-names': 'error',
  'no-sparse-arrays': 'error',
  'no-undef': 'error',
  'no-unreachable': 'error',
  'no-unsafe-finally': 'error',
  'no-unsafe-optional-chaining': 'error',
  'no-unused-vars': ['error', {argsIgnorePattern: '^_', caughtErrors: 'none', ignoreRestSiblings: true}],
  'no-use-before-define': ['error', {functions: false, variables: false}],
  'no-useless-escape': 'error',
  'no-var': 'error',
  'prefer-const': ['error', {destructuring: 'all'}],
  'use-isnan': 'error',
  'valid-typeof': 'error',
};

export default [
  {ignores: ['build/**', 'node_modules/**', '**/vendor/**']},
  {files: ['**/*.{js,mjs}'], languageOptions: {ecmaVersion: 2022, sourceType: 'module'}, linterOptions: {reportUnusedDisableDirectives: 'error'}, rules},
  {files: ['web/**/*.js'], languageOptions: {globals: globals.browser}},
  {files: ['tests/**/*.mjs', 'tools/**/*.mjs'], languageOptions: {globals: {...globals.node, ...globals.browser}}},
];
