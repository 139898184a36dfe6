import { readdirSync } from 'node:fs';
import jsxA11y from 'eslint-plugin-jsx-a11y-x';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

type Restriction = { group: string[]; message: string };

const foldersIn = (path: string) =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);

// Groups are read as a .gitignore is, where a leading # begins a comment.
const outOf = (group: string[], message: string): Restriction => ({
  group: group.map((pattern) => pattern.replace(/^#/, '\\#')),
  message,
});
const langchain = outOf(['langchain', 'langchain/*', '@langchain/*'], 'LangChain stays in server/runtime.');
const viem = outOf(['viem', 'viem/*'], 'viem stays in server/onchain.');
const prisma = outOf(
  ['#server/platform/generated/*', '@prisma/*', 'pg', 'pg-boss'],
  'Prisma and pg stay in *-repository.ts and server/platform.',
);
const fastify = outOf(
  ['fastify', '@fastify/*', 'fastify-type-provider-zod'],
  'Fastify stays in http/, doors/ and *-routes.ts.',
);
const mcp = outOf(
  ['@modelcontextprotocol/*', '@modelcontextprotocol/*/**'],
  'The MCP client stays in server/platform/mcp and server/platform/oauth.',
);
const climbing = outOf(['../*'], 'Within a room ./, across a wall #server/… or #web/….');
const serverRooms = (...rooms: string[]) =>
  outOf(
    rooms.map((room) => `#server/${room}/**`),
    `This room may not import ${rooms.join(', ')}.`,
  );

const room = (files: string[], restrictions: Restriction[], ignores: string[] = []) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': ['error', { patterns: [climbing, ...restrictions] }] as ['error', object] },
});

const serverFeatures = foldersIn('server/features');
const webFeatures = foldersIn('web/features');
// A chat is made of runs, both show files, tools are tried where they are chosen, tests show what was run, proposals come of a talk, speech is heard and said in a chat, and a visit is a small chat: floors below a feature, named one by one.
const webFloors: Record<string, string[]> = {
  conversations: ['runs', 'files', 'shares', 'feedback', 'agents', 'speech'],
  speech: ['models'],
  shares: ['runs', 'files'],
  runs: ['files'],
  tools: ['runs', 'files'],
  agents: ['files', 'tools', 'proposals', 'feedback'],
  proposals: ['runs'],
  toolsets: ['tools'],
  evals: ['runs', 'files'],
  embeds: ['runs', 'conversations'],
};
const otherWebFeatures = (own: string) =>
  webFeatures.filter((other) => other !== own && !webFloors[own]?.includes(other));
const featureRoutes = ['server/features/**/*-routes.ts'];
const featureRepositories = ['server/features/**/*-repository.ts'];

const otherServerFeatures = (own: string) =>
  serverFeatures.filter((name) => name !== own).map((name) => `#server/features/${name}/**`);

export default tseslint.config(
  { ignores: ['dist', 'data', 'node_modules', 'server/platform/generated', 'web/public', 'bench-results', 'pictures'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-restricted-imports': ['error', { patterns: [climbing] }],
    },
  },
  {
    files: ['server/**/*.ts'],
    ignores: [
      'server/platform/egress.ts',
      'server/platform/egress/**',
      'server/platform/env*.ts',
      'server/main.ts',
      'server/hub.ts',
    ],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: 'All outgoing traffic goes through platform/egress.' },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Read the environment in platform/env.ts.' },
      ],
    },
  },
  room(
    ['server/contract/**'],
    [serverRooms('platform', 'onchain', 'runtime', 'features', 'http', 'doors'), langchain, viem, prisma, fastify, mcp],
  ),
  room(
    ['server/platform/**'],
    [serverRooms('features', 'runtime', 'http', 'doors'), langchain, fastify, mcp],
    ['server/platform/{mcp,oauth}/**'],
  ),
  room(
    ['server/platform/{mcp,oauth}/**'],
    [serverRooms('features', 'runtime', 'http', 'doors'), langchain, fastify, prisma],
  ),
  room(
    ['server/onchain/**'],
    [serverRooms('features', 'runtime', 'http', 'doors', 'platform'), langchain, fastify, prisma, mcp],
  ),
  room(
    ['server/runtime/**'],
    [serverRooms('features', 'http', 'doors', 'platform', 'onchain'), viem, prisma, fastify, mcp],
  ),
  room(['server/http/**'], [serverRooms('features', 'runtime', 'doors'), langchain, viem, prisma, mcp]),
  room(
    ['server/doors/**'],
    [
      serverRooms('runtime', 'platform'),
      outOf(['#server/features/**/*-repository.ts'], 'Doors speak to services.'),
      langchain,
      viem,
      prisma,
    ],
  ),
  ...serverFeatures.flatMap((name) => {
    const walls = [
      outOf(
        otherServerFeatures(name),
        'A need from another feature is stated as a type and handed over in compose.ts.',
      ),
      serverRooms('runtime', 'http', 'doors'),
      langchain,
      viem,
      mcp,
    ].filter((wall) => wall.group.length > 0);
    const here = `server/features/${name}`;
    return [
      room([`${here}/**`], [...walls, fastify, prisma], [...featureRoutes, ...featureRepositories]),
      room([`${here}/**/*-routes.ts`], [...walls, prisma, outOf(['./*-repository.ts'], 'Routes call services.')]),
      room([`${here}/**/*-repository.ts`], [...walls, fastify]),
    ];
  }),
  {
    files: ['web/**/*.{ts,tsx}'],
    ...jsxA11y.configs.recommended,
  },
  {
    files: ['web/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  room(
    ['web/app/**'],
    [outOf(['#server/**', '!#server/contract', '!#server/contract/**'], 'The page knows only the contract.')],
  ),
  room(
    ['web/ui/**', 'web/lib/**'],
    [
      outOf(['#web/app/**', '#web/features/**'], 'ui and lib know no features.'),
      outOf(['#server/**', '!#server/contract', '!#server/contract/**'], 'The page knows only the contract.'),
    ],
  ),
  room(
    ['web/embed/**'],
    [outOf(['#web/app/**', '#web/features/**', '#web/lib/**', '#server/**'], 'What other sites load is small.')],
  ),
  ...webFeatures.map((name) =>
    room(
      [`web/features/${name}/**`],
      [
        outOf(
          ['#web/app/**', ...otherWebFeatures(name).map((other) => `#web/features/${other}/**`)],
          'Features never import each other; pages compose them.',
        ),
        outOf(['#server/**', '!#server/contract', '!#server/contract/**'], 'The page knows only the contract.'),
      ],
    ),
  ),
  {
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
