import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '#server/contract/conversation.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { sampleAgent } from '#test/support/sample-agent.ts';
import { clerk, sampleConversation } from '#test/support/sample-conversation.ts';
import { runEnd, runStart, say } from '#test/support/sample-run.ts';
import { createRunLog, type RunLog, type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { Chat, type ChatProps } from '#web/features/conversations/components/chat.tsx';

const runs = '/api/agents/fee-clerk/runs';
const messagesPath = '/api/conversations/conversation-1/messages';
let hub: ScriptedHub;
let log: RunLog;

const stored = (
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
const page = (items: Message[], nextCursor: string | null = null) => ({ body: { items, nextCursor } });
const exchange = (answer: string, run: string) =>
  page([stored('m2', 'assistant', answer, run, { parentId: 'm1' }), stored('m1', 'user', 'Why?', run)]);
const openChat = (parts: Partial<ChatProps> = {}) => renderPage(<Chat agent={sampleAgent()} {...parts} />);
const box = () => screen.getByRole('textbox', { name: 'Message to Fee Clerk' });
const messages = () => within(screen.getByRole('log'));

beforeAll(startTexts);
beforeEach(async () => {
  localStorage.clear();
  hub = await startScriptedHub();
  openAddress(hub.url);
  log = createRunLog();
  hub.answer(`POST ${runs}`, (request, response) => log.open(request, response));
  hub.answer('GET /api/runs/run-1/events', (request, response) => log.open(request, response));
  hub.answer(`GET ${messagesPath}`, page([]));
  hub.answer('GET /api/conversations/conversation-1', sampleConversation(null));
});
afterEach(async () => {
  cleanup();
  await closePage();
  await hub.close();
});

describe('a chat that goes another way', () => {
  it('takes the keyboard along to a conversation that is forked', async () => {
    const forked = { ...sampleConversation(null).body, id: 'conversation-2', forkedFromId: 'conversation-1' };
    hub.answer(`GET ${messagesPath}`, exchange('Because.', 'run-0'));
    hub.answer('POST /api/conversations/conversation-1/fork', { body: forked });
    hub.answer('GET /api/conversations/conversation-2', { body: forked });
    hub.answer('GET /api/conversations/conversation-2/messages', exchange('Because.', 'run-0'));
    const Forking = () => {
      const [conversation, open] = useState('conversation-1');
      return <Chat agent={sampleAgent()} conversation={conversation} onConversation={open} onOpen={open} />;
    };
    renderPage(<Forking />);
    const before = box();
    await userEvent.click(await screen.findByRole('button', { name: 'More' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Fork from here' }));
    await waitFor(() => expect(box()).not.toBe(before));
    expect(document.activeElement).toBe(box());
  });

  it('offers to go on with an answer that was cut off, and to answer what never was', async () => {
    const cut = stored('m2', 'assistant', 'One, two', 'run-0', { parentId: 'm1' });
    if (cut.run) cut.run.finishReason = 'length';
    const question = stored('m1', 'user', 'Count', 'run-0');
    hub.answer(`GET ${messagesPath}`, page([cut, question]));
    const { unmount } = openChat({ conversation: 'conversation-1' });
    await screen.findByRole('log');
    await userEvent.click(await messages().findByRole('button', { name: 'Continue' }));
    await waitFor(() => expect(hub.sent('POST', runs)[0]).toMatchObject({ parentMessageId: 'm2' }));
    expect(messages().getByText('One, two')).toBeTruthy();
    const whole = [stored('m3', 'assistant', 'three', 'run-1', { parentId: 'm2' }), cut, question];
    hub.answer(`GET ${messagesPath}`, page(whole));
    log.emit(runStart);
    await waitFor(() => expect(messages().queryByRole('button', { name: 'Continue' })).toBeNull());
    log.emit(say('three'), runEnd());
    await waitFor(() => expect(messages().getAllByRole('button', { name: 'Copy answer' })).toHaveLength(2));
    expect(messages().queryByRole('button', { name: 'Continue' })).toBeNull();
    unmount();
    const again = openChat({ conversation: 'conversation-1' });
    await waitFor(() => expect(screen.getAllByRole('button', { name: 'Copy answer' })).toHaveLength(2));
    expect(messages().queryByRole('button', { name: 'Continue' })).toBeNull();
    again.unmount();
    hub.answer(`GET ${messagesPath}`, page([question]));
    openChat({ conversation: 'conversation-1' });
    await screen.findByRole('log');
    await userEvent.click(await messages().findByRole('button', { name: 'Answer this message' }));
    await waitFor(() => expect(hub.sent('POST', runs)[1]).toMatchObject({ parentMessageId: 'm1' }));
  });
});
