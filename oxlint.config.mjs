import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ regex: string, message: string }} Wall */

/** @param {string} path */
const foldersIn = (path) =>
  readdirSync(join(import.meta.dirname, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);

/**
 * Closes packages or folders, with everything below them.
 *
 * @param {string[]} closed
 * @param {string} message
 * @returns {Wall}
 */
const outOf = (closed, message) => ({ regex: `^(?:${closed.join('|')})(?:/|$)`, message });

const langchain = outOf(['langchain', '@langchain'], 'LangChain stays in server/runtime.');
const viem = outOf(['viem'], 'viem stays in server/onchain.');
const solidity = outOf(
  ['solhint', 'solc', '@solidity-parser'],
  'Reading Solidity stays in server/platform/solidity; the compiler is a program of its own.',
);
const prisma = outOf(
  ['#server/platform/generated', '@prisma', 'pg', 'pg-boss'],
  'Prisma and pg stay in *-repository.ts and server/platform.',
);
const fastify = outOf(
  ['fastify', '@fastify', 'fastify-type-provider-zod'],
  'Fastify stays in http/, doors/ and *-routes.ts.',
);
const mcp = outOf(['@modelcontextprotocol'], 'The MCP client stays in server/platform/mcp and server/platform/oauth.');
const climbing = outOf(['\\.\\.'], 'Within a room ./, across a wall #server/… or #web/….');
const serverBehindContract = outOf(
  [
    '#server/[^/]+\\.[a-z]+',
    ...foldersIn('server')
      .filter((name) => name !== 'contract')
      .map((name) => `#server/${name}`),
  ],
  'The page knows only the contract.',
);
/** @param {string[]} rooms */
const serverRooms = (...rooms) =>
  outOf(
    rooms.map((room) => `#server/${room}`),
    `This room may not import ${rooms.join(', ')}.`,
  );

/**
 * @param {string[]} files
 * @param {Wall[]} walls
 * @param {string[]} excludeFiles
 */
const room = (files, walls, excludeFiles = []) => ({
  files,
  excludeFiles,
  rules: { 'no-restricted-imports': ['error', { patterns: [climbing, ...walls] }] },
});

const serverFeatures = foldersIn('server/features');
const webFeatures = foldersIn('web/features');
// A chat is made of runs, both show files, tools are tried where they are chosen, tests show what was run, proposals come of a talk, speech is heard and said in a chat, and a visit is a small chat: floors below a feature, named one by one.
/** @type {Record<string, string[]>} */
const webFloors = {
  conversations: ['runs', 'files', 'shares', 'feedback', 'agents', 'speech'],
  speech: ['models'],
  shares: ['runs', 'files'],
  runs: ['files'],
  tools: ['runs', 'files'],
  agents: ['files', 'tools', 'proposals', 'feedback'],
  proposals: ['runs', 'evals', 'tools'],
  toolsets: ['tools'],
  evals: ['runs', 'files'],
  embeds: ['runs', 'conversations'],
  queries: ['runs', 'indexes'],
  dashboards: ['queries', 'runs'],
  'contract-audits': ['runs', 'tools'],
  chains: ['runs', 'tools'],
  analyses: ['runs'],
};

/** @param {string} own */
const serverFeatureRooms = (own) => {
  const here = `server/features/${own}`;
  const routes = `${here}/**/*-routes.ts`;
  const repositories = `${here}/**/*-repository.ts`;
  const walls = [
    outOf(
      serverFeatures.filter((other) => other !== own).map((other) => `#server/features/${other}`),
      'A need from another feature is stated as a type and handed over in compose.ts.',
    ),
    serverRooms('runtime', 'http', 'doors'),
    langchain,
    viem,
    mcp,
    solidity,
  ];
  return [
    room([`${here}/**`], [...walls, fastify, prisma], [routes, repositories]),
    room([routes], [...walls, prisma, outOf(['\\./[^/]*-repository\\.ts'], 'Routes call services.')]),
    room([repositories], [...walls, fastify]),
  ];
};

/** @param {string} own */
const webFeatureRoom = (own) =>
  room(
    [`web/features/${own}/**`],
    [
      outOf(
        [
          '#web/app',
          ...webFeatures
            .filter((other) => other !== own && !webFloors[own]?.includes(other))
            .map((other) => `#web/features/${other}`),
        ],
        'Features never import each other; pages compose them.',
      ),
      serverBehindContract,
    ],
  );

const handlers = ['onClick', 'onMouseDown', 'onMouseUp', 'onKeyPress', 'onKeyDown', 'onKeyUp'];
const lists = ['listbox', 'menu', 'menubar', 'radiogroup', 'tablist', 'tree', 'treegrid'];
// What jsx-a11y recommends, its options included where the linter begins with others.
const accessibility = {
  'jsx-a11y/alt-text': 'error',
  'jsx-a11y/anchor-has-content': 'error',
  'jsx-a11y/anchor-is-valid': 'error',
  'jsx-a11y/aria-activedescendant-has-tabindex': 'error',
  'jsx-a11y/aria-props': 'error',
  'jsx-a11y/aria-proptypes': 'error',
  'jsx-a11y/aria-role': 'error',
  'jsx-a11y/aria-unsupported-elements': 'error',
  'jsx-a11y/autocomplete-valid': 'error',
  'jsx-a11y/click-events-have-key-events': 'error',
  'jsx-a11y/heading-has-content': 'error',
  'jsx-a11y/html-has-lang': 'error',
  'jsx-a11y/iframe-has-title': 'error',
  'jsx-a11y/img-redundant-alt': 'error',
  'jsx-a11y/interactive-supports-focus': 'error',
  'jsx-a11y/label-has-associated-control': 'error',
  'jsx-a11y/media-has-caption': 'error',
  'jsx-a11y/mouse-events-have-key-events': 'error',
  'jsx-a11y/no-access-key': 'error',
  'jsx-a11y/no-autofocus': 'error',
  'jsx-a11y/no-distracting-elements': 'error',
  'jsx-a11y/no-interactive-element-to-noninteractive-role': 'error',
  'jsx-a11y/no-noninteractive-element-interactions': [
    'error',
    {
      handlers: [...handlers, 'onError', 'onLoad'],
      alert: ['onKeyUp', 'onKeyDown', 'onKeyPress'],
      body: ['onError', 'onLoad'],
      dialog: ['onKeyUp', 'onKeyDown', 'onKeyPress'],
      iframe: ['onError', 'onLoad'],
      img: ['onError', 'onLoad'],
    },
  ],
  'jsx-a11y/no-noninteractive-element-to-interactive-role': [
    'error',
    {
      ul: lists,
      ol: lists,
      li: ['menuitem', 'menuitemradio', 'menuitemcheckbox', 'option', 'row', 'tab', 'treeitem'],
      table: ['grid'],
      td: ['gridcell'],
      fieldset: ['radiogroup', 'presentation'],
    },
  ],
  'jsx-a11y/no-noninteractive-tabindex': 'error',
  'jsx-a11y/no-redundant-roles': 'error',
  'jsx-a11y/no-static-element-interactions': ['error', { handlers, allowExpressionValues: true }],
  'jsx-a11y/role-has-required-aria-props': 'error',
  'jsx-a11y/role-supports-aria-props': 'error',
  'jsx-a11y/scope': 'error',
  'jsx-a11y/tabindex-no-positive': 'error',
};

export default {
  plugins: ['typescript'],
  categories: { correctness: 'error' },
  ignorePatterns: [
    'dist',
    'data',
    'node_modules',
    'server/platform/generated',
    'web/public',
    'bench-results',
    'pictures',
  ],
  options: { typeAware: true, reportUnusedDisableDirectives: 'error' },
  rules: {
    eqeqeq: 'error',
    'no-array-constructor': 'error',
    'no-new-func': 'error',
    'no-restricted-imports': ['error', { patterns: [climbing] }],
    'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    'no-var': 'error',
    'prefer-const': 'error',
    'prefer-rest-params': 'error',
    'prefer-spread': 'error',
    'typescript/ban-ts-comment': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-empty-object-type': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    'typescript/no-namespace': 'error',
    'typescript/no-require-imports': 'error',
    'typescript/no-unnecessary-type-assertion': 'error',
    'typescript/no-unnecessary-type-constraint': 'error',
    'typescript/no-unsafe-argument': 'error',
    'typescript/no-unsafe-assignment': 'error',
    'typescript/no-unsafe-call': 'error',
    'typescript/no-unsafe-enum-comparison': 'error',
    'typescript/no-unsafe-function-type': 'error',
    'typescript/no-unsafe-member-access': 'error',
    'typescript/no-unsafe-return': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/prefer-promise-reject-errors': 'error',
    'typescript/restrict-plus-operands': 'error',
    'typescript/switch-exhaustiveness-check': 'error',
    // Said on purpose here: letters by code point, control characters refused, optional chains that tests assert.
    'no-control-regex': 'off',
    'no-misleading-character-class': 'off',
    'no-unsafe-optional-chaining': 'off',
    'typescript/no-meaningless-void-operator': 'off',
    'typescript/no-misused-spread': 'off',
    'typescript/no-useless-default-assignment': 'off',
    'typescript/require-array-sort-compare': 'off',
  },
  overrides: [
    {
      files: ['server/**/*.ts'],
      excludeFiles: [
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
      [
        serverRooms('platform', 'onchain', 'runtime', 'features', 'http', 'doors'),
        langchain,
        viem,
        prisma,
        fastify,
        mcp,
        solidity,
      ],
    ),
    room(
      ['server/platform/**'],
      [serverRooms('features', 'runtime', 'http', 'doors'), langchain, fastify, mcp, solidity],
      ['server/platform/{mcp,oauth,solidity}/**'],
    ),
    room(
      ['server/platform/solidity/**'],
      [serverRooms('features', 'runtime', 'http', 'doors'), langchain, fastify, mcp],
    ),
    room(
      ['server/platform/{mcp,oauth}/**'],
      [serverRooms('features', 'runtime', 'http', 'doors'), langchain, fastify, prisma, solidity],
    ),
    room(
      ['server/onchain/**'],
      [serverRooms('features', 'runtime', 'http', 'doors', 'platform'), langchain, fastify, prisma, mcp, solidity],
    ),
    room(
      ['server/runtime/**'],
      [serverRooms('features', 'http', 'doors', 'platform', 'onchain'), viem, prisma, fastify, mcp, solidity],
    ),
    room(['server/http/**'], [serverRooms('features', 'runtime', 'doors'), langchain, viem, prisma, mcp, solidity]),
    room(
      ['server/doors/**'],
      [
        serverRooms('runtime', 'platform'),
        outOf(['#server/features/.*-repository\\.ts'], 'Doors speak to services.'),
        langchain,
        viem,
        prisma,
        solidity,
      ],
    ),
    ...serverFeatures.flatMap(serverFeatureRooms),
    {
      files: ['web/**/*.{ts,tsx}'],
      plugins: ['typescript', 'react', 'jsx-a11y'],
      rules: { 'react/rules-of-hooks': 'error', 'react/exhaustive-deps': 'error', ...accessibility },
    },
    {
      // A native checkbox says itself whether it is checked; the rule asks it to say so twice.
      files: ['web/ui/switch-field.tsx'],
      plugins: ['jsx-a11y'],
      rules: { 'jsx-a11y/role-has-required-aria-props': 'off' },
    },
    room(['web/app/**'], [serverBehindContract]),
    room(
      ['web/ui/**', 'web/lib/**'],
      [outOf(['#web/app', '#web/features'], 'ui and lib know no features.'), serverBehindContract],
    ),
    room(
      ['web/embed/**'],
      [outOf(['#web/app', '#web/features', '#web/lib', '#server'], 'What other sites load is small.')],
    ),
    ...webFeatures.map(webFeatureRoom),
    {
      files: ['test/**'],
      rules: {
        'typescript/no-unsafe-assignment': 'off',
        'typescript/no-unsafe-member-access': 'off',
        'typescript/unbound-method': 'off',
      },
    },
  ],
};
