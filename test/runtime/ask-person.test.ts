import { expect, test } from 'vitest';
import { z } from 'zod';
import { AgentTool } from '#server/contract/agent-definition.ts';
import { HubError } from '#server/hub-error.ts';
import { findQuestion } from '#server/runtime/ask-person.ts';
import { defineTool } from '#server/runtime/tools/tool.ts';

const spending = (cost: () => { en: string; zh: string } | null) => ({
  name: 'spend',
  settings: AgentTool.parse({ id: 'spend', approval: 'never' }),
  tool: defineTool({
    id: 'spend',
    title: { en: 'Spend', zh: '花费' },
    description: { en: 'Spends.', zh: '花费。' },
    category: 'basics',
    effect: 'read',
    untrusted: false,
    input: z.strictObject({}),
    output: z.unknown(),
    timeoutMs: 1000,
    maximumResultBytes: 1000,
    intent: () => 'Spending',
    asksFirst: async () => cost(),
    run: async () => ({ output: null }),
  }),
});
const desks = { openData: () => null, openAlerts: () => null, language: 'en' } as const;
const fail = (code: 'unavailable' | 'not_found') => (): never => {
  throw new HubError(code, { en: 'The queries cannot be read.', zh: '无法读取查询。' });
};

test.each([
  ['what it spends is told', () => ({ en: 'Ten credits.', zh: '十个额度。' }), 'Ten credits.'],
  ['what it spends cannot be looked up', fail('unavailable'), 'What this would spend could not be looked up now.'],
])('a person is asked where %s', async (_case, cost, note) => {
  expect(await findQuestion(spending(cost), {}, desks)).toMatchObject({ kind: 'approval', note });
});

test.each([
  ['it spends nothing', () => null],
  ['what it names is not there', fail('not_found')],
])('nobody is asked where %s', async (_case, cost) => {
  expect(await findQuestion(spending(cost), {}, desks)).toBeNull();
});
