import { createToolGuard } from '#server/runtime/guards/guard-tools.ts';
import { createAgent } from 'langchain';
import { createEgress } from '#server/platform/egress/create-egress.ts';
import { createCallGate } from '#server/runtime/models/call-gate.ts';
import { createRunMaterial } from '#server/runtime/run-material.ts';
import { runAgent } from '#server/runtime/run-agent.ts';
import { createTokenCounter } from '#server/runtime/tokens/create-token-counter.ts';
import { createBenchAgent } from './bench-agent.ts';
import type { Row } from './bench-rows.ts';
import { median } from './load.ts';

const concurrent = 50;
const total = 500;

/**
 * The hub's own loop beside LangChain's `createAgent` on the same model class, client and upstream, in this process and
 * without storing anything: what each costs of one processor. The baseline is `createAgent`.
 */
export async function measureLoops(upstreamUrl: string, rounds: number): Promise<Row[]> {
  const egress = createEgress({ allowed: [new URL(upstreamUrl).host] });
  const { target, chat, definition } = createBenchAgent(upstreamUrl, egress.streamingFetch);
  const gate = createCallGate();
  const tokens = createTokenCounter();
  const notHere = () => {
    throw new Error('not in the bench');
  };
  const runOwn = async () => {
    const events = runAgent({
      definition,
      history: [{ role: 'user', content: 'Say something.' }],
      variables: {},
      models: [{ target, open: () => Promise.resolve(chat) }],
      gate,
      memory: null,
      tokens,
      tools: [],
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
        reportFailure: () => {},
        now: () => new Date(),
      },
      signal: new AbortController().signal,
    });
    let text = '';
    for await (const event of events) if (event.type === 'text-delta') text += event.text;
    return text;
  };
  const agent = createAgent({ model: chat, tools: [], systemPrompt: 'Answer.' });
  const runTheirs = async () => {
    const stream = await agent.stream(
      { messages: [{ role: 'user', content: 'Say something.' }] },
      { streamMode: 'messages' },
    );
    let text = '';
    for await (const [message] of stream) text += message.text;
    return text;
  };
  const seen: { own: number; theirs: number }[] = [];
  await runMany(runOwn);
  await runMany(runTheirs);
  for (let round = 0; round < rounds; round += 1) {
    seen.push({ own: await runMany(runOwn), theirs: await runMany(runTheirs) });
  }
  await egress.close();
  return [
    {
      scenario: 'loops',
      measure: 'processor time of a run; baseline: createAgent',
      hub: median(seen.map(({ own }) => own)),
      baseline: median(seen.map(({ theirs }) => theirs)),
      unit: 'ms',
    },
  ];
}

async function runMany(run: () => Promise<string>): Promise<number> {
  const before = process.cpuUsage();
  let begun = 0;
  await Promise.all(
    Array.from({ length: concurrent }, async () => {
      while (begun < total) {
        begun += 1;
        if (!(await run()).startsWith('word0 word1 ')) throw new Error('A loop lost text.');
      }
    }),
  );
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / total;
}
