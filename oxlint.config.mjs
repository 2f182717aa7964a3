/*
 * The house's import rules, as one table: what each room may import of ours, and which packages belong to it alone.
 * Everything else of ours is forbidden to it, by alias or by path.
 */

const LIB = [
  'core',
  'config',
  'db',
  'jobs',
  'media',
  'models',
  'pipelines',
  'webhooks',
  'audit',
  'auth',
  'api',
];
const lib = (...rooms) => rooms.map((room) => `#lib/${room}/*`);
const upTo = (room) => lib(...LIB.slice(0, LIB.indexOf(room)));

const ROOMS = {
  'lib/core': [],
  'lib/config': upTo('config'),
  'lib/db': upTo('db'),
  'lib/jobs': upTo('jobs'),
  'lib/media': upTo('jobs'),
  'lib/models': upTo('jobs'),
  'lib/pipelines': upTo('pipelines'),
  'lib/webhooks': upTo('webhooks'),
  'lib/audit': upTo('jobs'),
  'lib/auth': upTo('auth'),
  'lib/api': upTo('api'),
  // For programs elsewhere: it has to do without the rest.
  'lib/client': ['#lib/client/*'],
  worker: [...upTo('auth'), '#worker/*'],
  'worker/engines/onnx': [...upTo('jobs'), '#lib/models/*', '#worker/engines/*'],
  'worker/diffusion/samplers': ['#worker/diffusion/samplers/*'],
  'worker/diffusion/text': ['#worker/diffusion/*'],
  'worker/engines/video': ['#lib/core/*', '#worker/engines/*'],
  components: ['#components/*'],
  app: [...lib(...LIB), '#components/*', '#app/*'],
  'app/api/v1': [...lib(...LIB.filter((room) => room !== 'db')), '#app/*'],
  cli: [...lib(...LIB), '#worker/*', '#cli/*'],
  bench: [...upTo('auth'), '#worker/*', '#cli/*', '#tests/*'],
};

/** What makes an actor, and so gives access to what somebody owns: only for these folders. */
const ACTOR_MAKERS = [
  { imported: { group: ['#lib/auth/actor'] }, rooms: ['app', 'cli', 'bench'] },
  {
    imported: { group: ['#lib/core/actor'], importNames: ['onBehalfOf'] },
    rooms: ['lib/pipelines', 'lib/webhooks', 'lib/api', 'worker'],
  },
];

/** Of these rooms only the types are known elsewhere: all of lib in components, the database in routes of the API. */
const TYPES = { components: lib(...LIB), 'app/api/v1': lib('db') };

/** Packages that only these folders may import. */
const OWNED = {
  '@aws-sdk/*': ['lib/media'],
  '@libsql/client': ['lib/db'],
  libsql: ['lib/db'],
  'drizzle-orm': ['lib/db', 'lib/jobs', 'lib/auth', 'lib/media', 'lib/webhooks', 'lib/audit', 'bench'],
  'drizzle-orm/*': ['lib/db', 'lib/jobs', 'lib/auth', 'lib/media', 'lib/webhooks', 'lib/audit', 'bench'],
  '@huggingface/tokenizers': ['worker/diffusion/text'],
  'node-av': ['worker/engines/video'],
  'node-av/*': ['worker/engines/video'],
  undici: ['lib/core', 'bench'],
  'onnxruntime-node': ['worker/engines/onnx'],
  piscina: ['worker'],
  next: ['app', 'lib/auth'],
  'next/*': ['app', 'lib/auth', 'components'],
  'next-auth': ['lib/auth', 'app'],
};

const ALIASES = [
  '#app/*',
  '#cli/*',
  '#components/*',
  '#worker/*',
  '#tests/*',
  '#lib/client/*',
  ...lib(...LIB),
];
const PATHS = ['app', 'cli', 'components', 'lib', 'worker', 'tests'].map((room) => `../**/${room}/**`);

function rulesOf(room) {
  const aliases = ALIASES.filter((alias) => !ROOMS[room].includes(alias));
  const packages = Object.keys(OWNED).filter((name) => !OWNED[name].includes(room));
  const types = TYPES[room] ?? [];
  const makers = ACTOR_MAKERS.filter(({ rooms }) => !rooms.includes(room));
  return [
    {
      group: aliases.filter((alias) => !types.includes(alias)),
      message: `${room} may not import this room.`,
    },
    { group: types, message: `${room} may import only types of this room.`, allowTypeImports: true },
    { group: packages, message: `This package belongs to other rooms.` },
    ...makers.map(({ imported }) => ({ ...imported, message: 'Who is asking is settled elsewhere.' })),
    { group: PATHS, message: 'Other rooms are imported by their alias.' },
  ].filter(({ group }) => group.length > 0);
}

const overrides = Object.keys(ROOMS).map((room) => ({
  files: [`${room}/**`],
  excludeFiles: [`${room}/**/*.test.ts`, `${room}/**/*.test.tsx`],
  rules: { 'no-restricted-imports': ['error', { patterns: rulesOf(room) }] },
}));

export default {
  plugins: ['typescript', 'import', 'node', 'unicorn', 'react', 'jsx-a11y', 'nextjs', 'vitest'],
  categories: { correctness: 'error', suspicious: 'error', perf: 'error' },
  rules: {
    'import/no-cycle': 'error',
    'no-console': 'error',
    'node/no-process-env': 'error',
    'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    'no-await-in-loop': 'off',
    'import/no-unassigned-import': 'off',
    'import/no-named-as-default-member': 'off',
    'react/react-in-jsx-scope': 'off',
    'unicorn/no-array-sort': 'off',
    'no-shadow': 'off',
    'nextjs/no-img-element': 'off',
    'unicorn/require-post-message-target-origin': 'off',
    'jsx-a11y/prefer-tag-over-role': 'off',
    'vitest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*'] }],
    'vitest/valid-expect': ['error', { maxArgs: 2 }],
  },
  overrides: [
    ...overrides,
    // The environment is read in lib/config; whoever starts other processes hands it on.
    {
      files: ['lib/config/**', 'cli/**', 'tests/**', 'bench/**', '**/*.test.ts'],
      rules: { 'node/no-process-env': 'off' },
    },
    { files: ['docs/examples/**'], rules: { 'node/no-process-env': 'off', 'no-console': 'off' } },
    { files: ['tests/setup.ts'], rules: { 'no-console': 'off', 'vitest/no-standalone-expect': 'off' } },
  ],
  // `lib/client/operations.ts` is generated.
  ignorePatterns: ['drizzle', '.next', 'data', 'next-env.d.ts', 'lib/client/operations.ts'],
};
