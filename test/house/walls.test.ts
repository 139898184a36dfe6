import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { root } from './source-files.ts';

const eslint = new ESLint({
  cwd: root,
  overrideConfig: [
    tseslint.configs.disableTypeChecked,
    { languageOptions: { parserOptions: { projectService: false } } },
  ],
});

async function lint(filePath: string, code: string): Promise<(string | null)[]> {
  const results = await eslint.lintText(code, { filePath });
  return results.flatMap((result) => result.messages.map((message) => message.ruleId));
}

const imports = (specifier: string) => `import '${specifier}';\n`;

describe('walls between rooms', () => {
  it.each([
    ['a feature, another feature', 'server/features/agents/snippet.ts', '#server/features/runs/run-service.ts'],
    ['a feature, the runtime', 'server/features/agents/snippet.ts', '#server/runtime/run-agent.ts'],
    ['a feature, http', 'server/features/agents/snippet.ts', '#server/http/authentication.ts'],
    ['a service, Fastify', 'server/features/agents/snippet-service.ts', 'fastify'],
    ['a service, Prisma', 'server/features/agents/snippet-service.ts', '#server/platform/generated/prisma/client.ts'],
    ['a route, Prisma', 'server/features/agents/snippet-routes.ts', '@prisma/client'],
    ['a route, its repository', 'server/features/agents/snippet-routes.ts', './agent-repository.ts'],
    ['a feature, LangChain', 'server/features/agents/snippet.ts', '@langchain/core/messages'],
    ['a feature, viem', 'server/features/agents/snippet.ts', 'viem'],
    ['the contract, a feature', 'server/contract/snippet.ts', '#server/features/agents/agent-service.ts'],
    ['the contract, the platform', 'server/contract/snippet.ts', '#server/platform/env.ts'],
    ['the runtime, the platform', 'server/runtime/snippet.ts', '#server/platform/env.ts'],
    ['the runtime, viem', 'server/runtime/snippet.ts', 'viem'],
    ['the runtime, the MCP client', 'server/runtime/snippet.ts', '@modelcontextprotocol/client'],
    [
      'another room of the platform, the MCP client',
      'server/platform/snippet.ts',
      '@modelcontextprotocol/client/stdio',
    ],
    ['a repository, the MCP client', 'server/features/agents/a-repository.ts', '@modelcontextprotocol/client'],
    ['the platform, a feature', 'server/platform/snippet.ts', '#server/features/agents/agent-service.ts'],
    ['the chains, Prisma', 'server/onchain/snippet.ts', 'pg'],
    ['http, a feature', 'server/http/snippet.ts', '#server/features/agents/agent-service.ts'],
    ['a door, a repository', 'server/doors/snippet/snippet.ts', '#server/features/agents/agent-repository.ts'],
    ['a door, the runtime', 'server/doors/snippet/snippet.ts', '#server/runtime/run-agent.ts'],
    ['a page feature, another one', 'web/features/agents/snippet.ts', '#web/features/runs/reduce-run.ts'],
    ['a page feature, the server', 'web/features/agents/snippet.ts', '#server/platform/env.ts'],
    ['a primitive, a feature', 'web/ui/snippet.ts', '#web/features/runs/reduce-run.ts'],
    ['anything, by climbing', 'server/platform/snippet.ts', '../contract/run.ts'],
  ])('%s may not import', async (_case, file, specifier) => {
    expect(await lint(file, imports(specifier))).toContain('no-restricted-imports');
  });

  it.each([
    ['a feature, the contract', 'server/features/agents/snippet.ts', '#server/contract/run.ts'],
    ['a route, Fastify', 'server/features/agents/snippet-routes.ts', 'fastify'],
    [
      'a repository, Prisma',
      'server/features/agents/snippet-repository.ts',
      '#server/platform/generated/prisma/client.ts',
    ],
    ['the runtime, LangChain', 'server/runtime/snippet.ts', '@langchain/core/messages'],
    ['the chains, viem', 'server/onchain/snippet.ts', 'viem'],
    ['its room, the MCP client', 'server/platform/mcp/snippet.ts', '@modelcontextprotocol/client'],
    ['a page feature, the contract', 'web/features/agents/snippet.ts', '#server/contract/run.ts'],
    ['a page, features', 'web/app/snippet.ts', '#web/features/runs/reduce-run.ts'],
  ])('%s may import', async (_case, file, specifier) => {
    expect(await lint(file, imports(specifier))).not.toContain('no-restricted-imports');
  });
});

describe('ways out', () => {
  it('are closed to fetch outside the egress room', async () => {
    expect(await lint('server/runtime/snippet.ts', "await fetch('https://example.org');\n")).toContain(
      'no-restricted-globals',
    );
  });

  it('are closed to the environment outside its file', async () => {
    expect(await lint('server/http/snippet.ts', 'export const key = process.env.KEY;\n')).toContain(
      'no-restricted-properties',
    );
  });

  it('are closed to code from text', async () => {
    expect(await lint('server/runtime/snippet.ts', "eval('1');\n")).toContain('no-eval');
    expect(await lint('server/runtime/snippet.ts', "export const run = new Function('1');\n")).toContain('no-new-func');
  });
});
