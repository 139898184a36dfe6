import { expect, test } from 'vitest';
import { createToolFinder } from '#server/runtime/find-tools.ts';

const notHere = () => Promise.reject(new Error('not in this test'));
const finder = createToolFinder({
  tools: {
    now: () => new Date(),
    fetch: notHere,
    readPage: notHere,
    drawChart: notHere,
    runCode: notHere,
    createImage: null,
    makeThumbnail: notHere,
    chains: null,
  },
  findConnectedTools: notHere,
  findAgent: notHere,
  runAgentOf: () => {
    throw new Error('not in this test');
  },
});
const turnOf = (userId: string) => ({
  actor: { userId, name: '', role: 'member' as const, key: null },
  agentId: 'agent',
  ownerId: userId,
  language: 'en' as const,
});

test('runs share the tools of the hub, whoever they run for', async () => {
  const ids = ['chart', 'calculator', 'not-there'];
  const [chart, calculator, missing] = await finder.findTools(turnOf('one'), ids);
  const others = await finder.findTools(turnOf('another'), ids);
  expect(chart?.id).toBe('chart');
  expect(missing).toBeNull();
  expect(others[0]).toBe(chart);
  expect(others[1]).toBe(calculator);
});
