import tseslint from 'typescript-eslint'

/** Transactions are ambient: a repository taken any other way would write outside them. */
const TRANSACTION_RULES = [
  {
    selector: "Decorator > CallExpression[callee.name='InjectRepository']",
    message:
      'Repositories come from Database.repository(): one taken here would write outside the transaction.',
  },
  {
    selector: 'Decorator > CallExpression[callee.name=/^(InjectDataSource|InjectEntityManager)$/]',
    message: 'Use Database: a manager of one’s own writes outside the transaction.',
  },
  {
    selector: "MemberExpression[object.name='Propagation'][property.name='RequiresNew']",
    message:
      'A second transaction survives the rollback of the first on MariaDB and waits for itself on SQLite.',
  },
  {
    selector: "CallExpression[callee.name='forwardRef']",
    message: 'A cycle of modules: move what both need below them.',
  },
]

export default tseslint.config(
  {
    ignores: ['node_modules', 'dist', 'data', 'miniprogram/src/miniprogram_npm', 'test/.output', '**/*.d.ts'],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'miniprogram/tsconfig.json', 'miniprogram/preview/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-console': 'error',
      eqeqeq: 'error',
      // Modules add to these by declaration merging, so they are empty where they are declared.
      '@typescript-eslint/no-empty-object-type': [
        'error',
        { allowWithName: '^(ApprovalContents|EventMap|PermissionTables|RoleTables)$' },
      ],
    },
  },
  { files: ['server/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...TRANSACTION_RULES] } },
  {
    files: ['server/platform/**/*.ts', 'server/modules/**/*.ts'],
    ignores: ['server/platform/database/**', 'server/platform/health/readiness-checks.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'typeorm',
              importNames: ['DataSource', 'EntityManager', 'Repository'],
              message: 'Use Database: anything else writes outside the transaction.',
            },
          ],
        },
      ],
    },
  },
  {
    // Nest reads the types of constructor parameters at run time: such an import must stay an import.
    files: ['server/**/*.ts', 'test/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: ['miniprogram/src/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', 'window', 'document', 'localStorage', 'sessionStorage', 'fetch'],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // Jest's asymmetric matchers are typed `any`.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['**/*.{js,cjs,mjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: {
        module: 'writable',
        require: 'readonly',
        process: 'readonly',
        __dirname: 'readonly',
        exports: 'writable',
        console: 'readonly',
        globalThis: 'writable',
      },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off', 'no-console': 'off' },
  },
)
