import tseslint from 'typescript-eslint';
import { importX } from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';

/** What each folder of src may import from beside itself; see docs/architecture.md. */
const folders = {
  tshark: ['errors', 'nearest'],
  table: ['errors', 'nearest'],
  arrow: ['errors', 'table'],
  parquet: ['errors', 'table', 'arrow'],
  capture: ['errors', 'nearest', 'tshark', 'table'],
  measure: ['errors', 'nearest', 'table'],
  metrics: ['errors', 'nearest', 'measure'],
  yaml: ['errors'],
  sinks: ['errors', 'yaml'],
  config: ['errors', 'nearest', 'yaml', 'measure'],
  report: ['errors', 'table', 'measure'],
  extract: ['errors', 'nearest', 'tshark', 'table', 'arrow', 'parquet', 'capture'],
  analysis: ['errors', 'nearest', 'tshark', 'table', 'capture', 'measure', 'metrics'],
  live: ['errors', 'nearest', 'tshark', 'table', 'capture', 'measure', 'metrics', 'sinks', 'analysis'],
  packets: ['errors', 'nearest', 'tshark', 'table', 'capture', 'measure', 'live'],
};

/** The one home of each package. */
const packages = {
  execa: 'tshark',
  'prom-client': 'metrics',
  undici: 'sinks',
  bcryptjs: 'sinks',
  hysnappy: 'snappy.ts',
  hyparquet: 'parquet',
  yaml: 'yaml',
  yargs: 'cli',
  chalk: 'report',
  'string-width': 'report',
  'ipaddr.js': 'measure',
};

const rooms = [...Object.keys(folders), 'cli'];

const folderRules = rooms.map((room) => {
  const allowed = room === 'cli' ? [...rooms, 'errors', 'nearest', 'index'] : [room, ...folders[room]];
  const elsewhere = [...rooms, 'index'].filter((other) => !allowed.includes(other));
  const foreign = Object.entries(packages)
    .filter(([, home]) => home !== room)
    .map(([name, home]) => ({ regex: `^${name}(/|$)`, message: `${name} lives in src/${home}.` }));
  return {
    files: [`src/${room}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...foreign,
            ...(elsewhere.length > 0
              ? [
                  {
                    regex: `^(\\.\\./)+(${elsewhere.join('|')})(/|\\.ts$)`,
                    message: `src/${room} may import only: ${allowed.join(', ')}.`,
                  },
                ]
              : []),
          ],
        },
      ],
    },
  };
});

export default tseslint.config(
  { ignores: ['dist', 'build', 'node_modules', 'eslint.config.js', '**/*.mjs', '**/*.cjs', 'bin'] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-expressions': 'error',
    },
  },
  ...folderRules,
  {
    files: ['src/errors.ts', 'src/nearest.ts', 'src/snappy.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^\\.', message: 'A leaf imports nothing of ours.' }] },
      ],
    },
  },
  {
    files: ['test/**/*.ts', 'fixtures/**/*.ts', 'bench/**/*.ts', 'examples/**/*.ts', 'scripts/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-console': 'off',
    },
  },
);
