import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './source-files.ts';

const closed = [
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
  ['another room of the platform, the MCP client', 'server/platform/snippet.ts', '@modelcontextprotocol/client/stdio'],
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
] as const;

const open = [
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
] as const;

const faults = [
  [
    'fetch outside the egress room',
    'no-restricted-globals',
    'server/runtime/snippet.ts',
    "await fetch('https://example.org');",
  ],
  [
    'the environment outside its file',
    'no-restricted-properties',
    'server/http/snippet.ts',
    'export const key = process.env.KEY;',
  ],
  ['code from text', 'no-eval', 'server/runtime/snippet.ts', "eval('1');"],
  [
    'code from text, as a function',
    'no-new-func',
    'server/runtime/snippet.ts',
    "export const run = new Function('1');",
  ],
  ['a promise that nobody waits for', 'no-floating-promises', 'server/http/snippet.ts', 'Promise.resolve(1);'],
  [
    'a promise as a condition',
    'no-misused-promises',
    'server/http/snippet.ts',
    'if (Promise.resolve(1)) console.log(1);',
  ],
  [
    'a case that is forgotten',
    'switch-exhaustiveness-check',
    'server/http/snippet.ts',
    "export const f = (a: 'a' | 'b') => { switch (a) { case 'a': return 1; } return 2; };",
  ],
  ['any', 'no-explicit-any', 'server/http/snippet.ts', `export type A = ${'an' + 'y'};`],
  ['what came out of any', 'no-unsafe-assignment', 'server/http/snippet.ts', "export const a = JSON.parse('1');"],
  ['a picture without words', 'alt-text', 'web/ui/snippet.tsx', 'export const a = <img />;'],
  [
    'a click that no key makes',
    'click-events-have-key-events',
    'web/ui/snippet.tsx',
    'export const a = <div onClick={() => {}} />;',
  ],
  [
    'a hook under a condition',
    'rules-of-hooks',
    'web/ui/snippet.tsx',
    "import { useState } from 'react';\nexport function A({ a }: { a: boolean }) { if (a) useState(1); return null; }",
  ],
  [
    'an effect that forgets what it reads',
    'exhaustive-deps',
    'web/ui/snippet.tsx',
    "import { useEffect } from 'react';\nexport function A({ a }: { a: string }) { useEffect(() => console.log(a), []); return null; }",
  ],
  [
    'a rule silenced for nothing',
    'unused directive',
    'server/http/snippet.ts',
    `// oxlint-${'disable'}-next-line eqeqeq\nexport const a = 1;`,
  ],
] as const;

type Diagnostic = { code?: string; message: string; filename: string };

const folder = mkdtempSync(join(tmpdir(), 'atrium-walls-'));
const toPath = (file: string, index: number) => file.replace('snippet', `snippet-${index}`);
const toImport = (specifier: string) => `import '${specifier}';`;
const imports = [...closed, ...open].map(([, file, specifier]) => [file, toImport(specifier)] as const);
const snippets = [...imports, ...faults.map(([, , file, code]) => [file, code] as const)];
let diagnostics: Diagnostic[] = [];

/** The linter over a copy of the house that holds nothing but snippets, under the house's own rules. */
async function lintSnippets(): Promise<Diagnostic[]> {
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  snippets.forEach(([file, code], index) => put(toPath(file, index), `${code}\n`));
  put('tsconfig.json', readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  put('oxlint.config.mjs', `export { default } from '${pathToFileURL(join(root, 'oxlint.config.mjs')).href}';\n`);
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const linter = join(root, 'node_modules/oxlint/bin/oxlint');
  const printed = await new Promise<string>((resolve) =>
    execFile(process.execPath, [linter, '-c', 'oxlint.config.mjs', '-f', 'json'], { cwd: folder }, (_, stdout) =>
      resolve(stdout),
    ),
  );
  return (JSON.parse(printed) as { diagnostics: Diagnostic[] }).diagnostics;
}

/** The rules that a snippet breaks, by its place among them all. */
function rulesAt(index: number): string[] {
  const [file] = snippets[index]!;
  return diagnostics
    .filter(({ filename }) => filename === toPath(file, index))
    .map(
      ({ code, message }) =>
        /\((.+)\)$/.exec(code ?? '')?.[1] ?? (/^Unused .* directive/.test(message) ? 'unused directive' : message),
    );
}

beforeAll(async () => {
  diagnostics = await lintSnippets();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('walls between rooms', () => {
  it.each(closed.map((row, index) => [row[0], index] as const))('%s may not import', (_case, index) => {
    expect(rulesAt(index)).toContain('no-restricted-imports');
  });

  it.each(open.map((row, index) => [row[0], closed.length + index] as const))('%s may import', (_case, index) => {
    expect(rulesAt(index)).not.toContain('no-restricted-imports');
  });
});

describe('the linter', () => {
  it.each(faults.map(([name, rule], index) => [name, rule, imports.length + index] as const))(
    'refuses %s',
    (_name, rule, index) => {
      expect(rulesAt(index)).toContain(rule);
    },
  );
});
