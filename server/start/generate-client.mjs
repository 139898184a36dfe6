import { runProgram } from './run-program.mjs';
import { sayWhile } from './say.mjs';
import { createStamp } from './stamp.mjs';

/** Generates the Prisma client when the schema or Prisma changed. @param {string} root */
export async function generateClient(root) {
  const stamp = createStamp({
    root,
    name: 'client',
    inputs: ['prisma/schema', 'prisma.config.ts', 'node_modules/prisma/package.json'],
    outputs: ['server/platform/generated/prisma/client.ts'],
  });
  if (stamp.isCurrent()) return;
  stamp.forget();
  await sayWhile('Generating the database client', () =>
    runProgram(['node_modules/prisma/build/index.js', 'generate'], {
      root,
      // Prisma downloads an engine that generating does not use, unless it is told of any executable.
      environment: {
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        CHECKPOINT_DISABLE: '1',
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
      },
    }),
  );
  stamp.remember();
}
