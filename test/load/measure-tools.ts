import { createToolGuard } from '#server/runtime/guards/guard-tools.ts';
import { setTimeout as wait } from 'node:timers/promises';
import OpenAI from 'openai';
import { z } from 'zod';
import { AgentTool } from '#server/contract/agent-definition.ts';
import { createToolOpener } from '#server/features/toolsets/open-tools.ts';
import { noCredential } from '#server/contract/toolset.ts';
import type { ToolsetRecord } from '#server/features/toolsets/toolset-record.ts';
import { createEgress } from '#server/platform/egress/create-egress.ts';
import { createCallGate } from '#server/runtime/models/call-gate.ts';
import { runAgent } from '#server/runtime/run-agent.ts';
import { createRunMaterial } from '#server/runtime/run-material.ts';
import { createTokenCounter } from '#server/runtime/tokens/create-token-counter.ts';
import { defineTool } from '#server/runtime/tools/tool.ts';
import { createScriptedModel } from '#test/support/scripted-model/create-scripted-model.ts';
import { createBenchAgent } from './bench-agent.ts';
import type { Row } from './bench-rows.ts';
import { median } from './load.ts';

const runs = 200;
const sideBySide = 10;
const toolMs = 100;
const listedTools = 100;

/**
 * What the hub adds to tools: from a model's answer to the request with the tool's result, beside the same done by hand with
 * the bare `openai` client; calls made side by side; and a long list of an MCP server's tools from memory.
 */
export async function measureTools(): Promise<Row[]> {
  const model = await createScriptedModel({ models: ['bench'] });
  const egress = createEgress({ allowed: [new URL(model.url).host] });
  try {
    const run = createRun(model.url, egress.streamingFetch);
    const client = new OpenAI({ baseURL: `${model.url}/v1`, apiKey: 'none' });
    /** From the request that is answered with a call to the one that brings its result, as the provider sees them. */
    const measureStep = async (go: () => Promise<unknown>) => {
      let askedAt = 0;
      let toldAt = 0;
      model.script(
        () => {
          askedAt = performance.now();
          return { toolCalls: [{ id: 'call_1', name: 'wait', arguments: { ms: 0 } }] };
        },
        () => {
          toldAt = performance.now();
          return { text: 'Done.' };
        },
      );
      await go();
      return toldAt - askedAt;
    };
    const seen: { hub: number; baseline: number }[] = [];
    for (let round = 0; round < runs * 2; round += 1) {
      const baseline = await measureStep(() => stepByHand(client));
      seen.push({ baseline, hub: await measureStep(run) });
    }
    const warm = seen.slice(runs);
    const together: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      const calls = Array.from({ length: sideBySide }, (_, place) => ({
        id: `call_${place}`,
        name: 'wait',
        arguments: { ms: toolMs },
      }));
      model.script({ toolCalls: calls }, { text: 'Done.' });
      const { firstCallAt, lastResultAt } = await run();
      together.push(lastResultAt - firstCallAt);
    }
    return [
      {
        scenario: 'tools',
        measure: 'a tool step, from the call to its result at the provider; baseline: the bare client',
        hub: median(warm.map(({ hub }) => hub)),
        baseline: median(warm.map(({ baseline }) => baseline)),
        unit: 'ms',
      },
      {
        scenario: 'tools',
        measure: `${sideBySide} calls side by side; baseline: one takes ${toolMs} ms`,
        hub: median(together),
        baseline: toolMs,
        unit: 'ms',
      },
      {
        scenario: 'tools',
        measure: `${listedTools} MCP tools listed from memory`,
        hub: await measureList(),
        unit: 'ms',
      },
    ];
  } finally {
    await egress.close();
    await model.close();
  }
}

const waitTool = defineTool({
  id: 'wait',
  title: { en: 'Wait', zh: '等待' },
  description: { en: 'Waits.', zh: '等待。' },
  category: 'basics',
  effect: 'read',
  untrusted: false,
  input: z.strictObject({ ms: z.number() }),
  output: z.object({ waited: z.number() }),
  timeoutMs: 10_000,
  maximumResultBytes: 1000,
  intent: () => 'Waiting',
  run: async ({ ms }, { signal }) => {
    if (ms > 0) await wait(ms, undefined, { signal });
    return { output: { waited: ms } };
  },
});

function createRun(url: string, fetch: typeof globalThis.fetch) {
  const { target, chat, definition } = createBenchAgent(url, fetch);
  const gate = createCallGate();
  const tokens = createTokenCounter();
  const notHere = () => {
    throw new Error('not in the bench');
  };
  return async () => {
    const events = runAgent({
      definition,
      history: [{ role: 'user', content: 'Wait.' }],
      variables: {},
      models: [{ target, open: () => Promise.resolve(chat) }],
      gate,
      memory: null,
      tokens,
      tools: [{ name: 'wait', tool: waitTool, settings: AgentTool.parse({ id: 'wait' }) }],
      resumed: null,
      limits: { maximumSteps: 12, check: async () => {} },
      ports: {
        language: 'en',
        modelOwnerId: 'person',
        lendFile: () => Promise.resolve(null),
        openData: notHere,
        openAlerts: () => null,
        guard: createToolGuard([], 'en'),
        storeFile: notHere,
        material: createRunMaterial({ readHistory: async () => [], readFile: async () => null }),
        openWait: notHere,
        equipAgent: notHere,
        reportFailure: notHere,
        now: () => new Date(),
      },
      signal: new AbortController().signal,
    });
    let firstCallAt = 0;
    let lastResultAt = 0;
    for await (const event of events) {
      if (event.type === 'tool-call' && firstCallAt === 0) firstCallAt = performance.now();
      if (event.type === 'tool-result') lastResultAt = performance.now();
    }
    return { firstCallAt, lastResultAt };
  };
}

async function stepByHand(client: OpenAI) {
  const tools = [{ type: 'function' as const, function: { name: 'wait', parameters: { type: 'object' } } }];
  const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: 'Wait.' }];
  const first = await client.chat.completions.create({ model: 'bench', messages, tools, stream: true });
  let id = '';
  let text = '';
  for await (const { choices } of first) {
    for (const call of choices[0]?.delta.tool_calls ?? []) {
      id = call.id ?? id;
      text += call.function?.arguments ?? '';
    }
  }
  messages.push(
    { role: 'assistant', tool_calls: [{ id, type: 'function', function: { name: 'wait', arguments: text } }] },
    { role: 'tool', tool_call_id: id, content: '{"waited":0}' },
  );
  const second = await client.chat.completions.create({ model: 'bench', messages, tools, stream: true });
  for await (const _ of second);
}

/** What is on the way of every message of an agent that uses them all, once they were read. */
async function measureList(): Promise<number> {
  const now = new Date();
  const toolset: ToolsetRecord = {
    id: 'toolset',
    ownerId: 'owner',
    slug: 'bench',
    name: 'Bench',
    kind: 'mcp',
    description: '',
    sourceUrl: null,
    command: null,
    serverUrl: null,
    credential: noCredential,
    credentialHints: [],
    secret: null,
    grant: null,
    signInState: null,
    skipped: [],
    problem: null,
    needsSignIn: false,
    staleAt: new Date(now.getTime() + 60_000),
    loadedAt: now,
    createdAt: now,
    updatedAt: now,
  };
  const tools = Array.from({ length: listedTools }, (_, place) => ({
    name: `tool-${place}`,
    title: '',
    description: '',
    effect: 'read' as const,
    inputSchema: { type: 'object' },
    invocation: { kind: 'mcp-tool' as const },
    isEnabled: true,
  }));
  const opener = createToolOpener({
    repository: { listBySlug: async () => [toolset], listTools: async () => tools },
    reload: () => undefined,
    now: () => now,
  });
  const ids = tools.map(({ name }) => `bench/${name}`);
  await opener.openTools('owner', ids);
  const seen: number[] = [];
  for (let round = 0; round < runs; round += 1) {
    const startedAt = performance.now();
    await opener.openTools('owner', ids);
    seen.push(performance.now() - startedAt);
  }
  return median(seen);
}
