import { cleanup, screen, within } from '@testing-library/react';
import type { Message } from '#server/contract/conversation.ts';
import { Chat, type ChatProps } from '#web/features/conversations/components/chat.tsx';
import { closePage, openAddress } from './page-window.ts';
import { renderPage } from './render-page.tsx';
import { sampleAgent } from './sample-agent.ts';
import { clerk, sampleConversation } from './sample-conversation.ts';
import { createRunLog, type ScriptedHub, startScriptedHub } from './scripted-hub.ts';

export const runs = '/api/agents/fee-clerk/runs';
export const messagesPath = '/api/conversations/conversation-1/messages';

/** A message as the hub lists it; with the id of a run, one of that. */
export const stored = (
  id: string,
  role: Message['role'],
  content: string,
  run: string | null = null,
  place: Partial<Message> = {},
): Message => ({
  id,
  parentId: null,
  siblings: { number: 1, count: 1, previous: null, next: null },
  role,
  content,
  files: [],
  feedback: null,
  createdAt: '2026-11-23T10:00:00Z',
  sources: [],
  run:
    run === null
      ? null
      : {
          id: run,
          status: 'completed',
          agent: clerk,
          version: 1,
          model: 'openai/gpt-5-mini',
          finishReason: 'stop',
          startedBy: { kind: 'page' },
          startedAt: '2026-11-23T10:00:00Z',
          steps: [],
          sources: [],
          artifacts: [],
          reasoning: '',
          error: null,
        },
  ...place,
});

/** What the hub answers to a request for messages, newest first. */
export const page = (items: Message[], nextCursor: string | null = null) => ({ body: { items, nextCursor } });

/** A question and its answer, as a page of messages. */
export const exchange = (answer: string, run: string) =>
  page([stored('m2', 'assistant', answer, run, { parentId: 'm1' }), stored('m1', 'user', 'Why?', run)]);

export const openChat = (parts: Partial<ChatProps> = {}) => renderPage(<Chat agent={sampleAgent()} {...parts} />);
export const box = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message to Fee Clerk' });
export const messages = () => within(screen.getByRole('log'));

/** A hub with one empty conversation, whose runs are as the log tells. */
export async function startChatHub() {
  localStorage.clear();
  const hub = await startScriptedHub();
  openAddress(hub.url);
  const log = createRunLog();
  hub.answer(`POST ${runs}`, (request, response) => log.open(request, response));
  hub.answer('GET /api/runs/run-1/events', (request, response) => log.open(request, response));
  hub.answer(`GET ${messagesPath}`, page([]));
  hub.answer('GET /api/conversations/conversation-1', sampleConversation(null));
  return { hub, log };
}

export async function closeChat(hub: ScriptedHub) {
  cleanup();
  await closePage();
  await hub.close();
}
