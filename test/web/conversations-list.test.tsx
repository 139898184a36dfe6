import { cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ConversationSummary } from '#server/contract/conversation.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { ConversationList } from '#web/features/conversations/components/conversation-list.tsx';

let hub: ScriptedHub;
const written: ConversationSummary = {
  id: 'conversation-1',
  title: 'What I asked',
  source: 'page',
  agent: { id: 'agent-1', handle: 'clerk', name: 'Clerk' },
  answeredBy: { id: 'agent-1', handle: 'clerk', name: 'Clerk' },
  isWaiting: false,
  isPinned: false,
  isArchived: false,
  folder: null,
  createdAt: '2026-11-01T00:00:00Z',
  updatedAt: '2026-11-01T00:00:00Z',
};
const fired: ConversationSummary = { ...written, id: 'conversation-2', title: 'Morning report', source: 'trigger' };

beforeAll(startTexts);
beforeEach(async () => {
  hub = await startScriptedHub();
  openAddress(hub.url);
});
afterEach(async () => {
  cleanup();
  await closePage();
  await hub.close();
});

it('what triggers began is one choice away from what the person began', async () => {
  hub.answer('GET /api/conversations', ({ query }) => ({
    body: { items: [written, fired].filter(({ source }) => source === query.get('source')), nextCursor: null },
  }));
  renderPage(<ConversationList agent="clerk" toAddress={(id) => `/chat/clerk/${id ?? ''}`} />);
  expect(await screen.findByRole('link', { name: /What I asked/ })).toBeTruthy();
  await userEvent.click(screen.getByRole('radio', { name: 'By triggers' }));
  const link = await screen.findByRole('link', { name: /Morning report/ });
  expect(link.getAttribute('href')).toBe('/chat/clerk/conversation-2');
  expect(screen.queryByRole('link', { name: /What I asked/ })).toBeNull();
});
