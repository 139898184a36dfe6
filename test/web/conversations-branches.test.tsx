import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  box,
  closeChat,
  exchange,
  messages,
  messagesPath,
  openChat,
  page,
  runs,
  startChatHub,
  stored,
} from '#test/support/chat-page.tsx';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { sampleAgent } from '#test/support/sample-agent.ts';
import { sampleConversation } from '#test/support/sample-conversation.ts';
import { runEnd, runStart, say } from '#test/support/sample-run.ts';
import { type RunLog, type ScriptedHub } from '#test/support/scripted-hub.ts';
import { Chat } from '#web/features/conversations/components/chat.tsx';

let hub: ScriptedHub;
let log: RunLog;

beforeAll(startTexts);
beforeEach(async () => {
  ({ hub, log } = await startChatHub());
});
afterEach(() => closeChat(hub));

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
    // The focus comes after the box is drawn.
    await waitFor(() => expect(document.activeElement).toBe(box()));
  });

  it('gives the focus back to the button that began an edit which was dropped', async () => {
    hub.answer(`GET ${messagesPath}`, exchange('Because.', 'run-0'));
    openChat({ conversation: 'conversation-1' });
    await userEvent.click(await screen.findByRole('button', { name: 'Edit message' }));
    await userEvent.type(await screen.findByRole('textbox', { name: 'Your message' }), '{Escape}');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Edit message' })));
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
