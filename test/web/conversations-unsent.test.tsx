import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
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
} from '#test/support/chat-page.tsx';
import { startTexts } from '#test/support/render-page.tsx';
import { sampleConversation } from '#test/support/sample-conversation.ts';
import { runEnd, runStart, say } from '#test/support/sample-run.ts';
import { problem, type RunLog, type ScriptedHub } from '#test/support/scripted-hub.ts';

const at = '2026-11-28T10:00:00.000Z';
let hub: ScriptedHub;
let log: RunLog;

beforeAll(startTexts);
beforeEach(async () => {
  ({ hub, log } = await startChatHub());
});
afterEach(() => closeChat(hub));

it.each([
  [413, 'payload_too_large'],
  [502, 'model_unavailable'],
  [0, 'network'],
] as const)('gives back the words and files of a message that did not go out (%i %s)', async (status, code) => {
  const table = { id: 'file-1', name: 'table.csv', mediaType: 'text/csv', size: 12, sha256: 'a', createdAt: at };
  hub.answer('POST /api/files', { status: 201, body: table });
  hub.answer(`POST ${runs}`, (_, response) => {
    if (status === 0) response.destroy();
    return status === 0 ? null : { status, body: problem(status, code, 'Not so.') };
  });
  openChat();
  const files = [new File(['a,b'], 'table.csv', { type: 'text/csv' })];
  fireEvent.paste(box(), { clipboardData: { types: ['Files'], files, getData: () => '' } });
  await screen.findByText(/^3 B/i);
  await userEvent.type(box(), 'What is it?{Enter}');
  await screen.findByText('Your message is back in the box below.');
  await waitFor(() => expect([box().value, messages().queryByText('What is it?')]).toEqual(['What is it?', null]));
  expect(screen.getByRole('button', { name: 'Remove table.csv' })).toBeTruthy();
  hub.answer(`POST ${runs}`, (request, response) => log.open(request, response));
  await userEvent.type(box(), ' Now.{Enter}');
  log.emit(runStart, say('A table.'), runEnd());
  await messages().findByText('A table.');
  expect(hub.sent('POST', runs)[1]).toMatchObject({ input: 'What is it? Now.', files: ['file-1'] });
  expect([box().value, screen.queryByRole('button', { name: 'Remove table.csv' })]).toEqual(['', null]);
});

it('takes a given back message away again where only the answer to it was lost', async () => {
  hub.answer('GET /api/conversations/conversation-1', sampleConversation(null));
  hub.answer(`GET ${messagesPath}`, page([]));
  hub.answer(`POST ${runs}`, (_, response) => {
    hub.answer(`GET ${messagesPath}`, exchange('Because.', 'run-1'));
    response.destroy();
    return null;
  });
  openChat({ conversation: 'conversation-1' });
  await screen.findByRole('log');
  await userEvent.type(box(), 'Why?{Enter}');
  expect(await messages().findByText('Because.')).toBeTruthy();
  await waitFor(() => expect(box().value).toBe(''));
  expect(messages().getAllByText('Why?')).toHaveLength(1);
});

it('opens an edited message again where it was refused, with what was written', async () => {
  hub.answer('GET /api/conversations/conversation-1', sampleConversation(null));
  hub.answer(`GET ${messagesPath}`, exchange('Old answer', 'run-0'));
  hub.answer(`POST ${runs}`, { status: 429, body: problem(429, 'rate_limited', 'Slowly.') });
  openChat({ conversation: 'conversation-1' });
  await screen.findByRole('log');
  await messages().findByText('Old answer');
  await userEvent.type(box(), '{ArrowUp}');
  const editor = () => messages().findByRole<HTMLTextAreaElement>('textbox', { name: 'Your message' });
  await userEvent.type(await editor(), ' And how?{Control>}{Enter}{/Control}');
  await messages().findByText('Old answer');
  expect([(await editor()).value, box().value]).toEqual(['Why? And how?', '']);
  hub.answer(`POST ${runs}`, (request, response) => log.open(request, response));
  await userEvent.click(messages().getByRole('button', { name: 'Try again' }));
  log.emit(runStart, say('New answer'), runEnd());
  await messages().findByText('New answer');
  expect(hub.sent('POST', runs)[1]).toMatchObject({ input: 'Why? And how?', parentMessageId: null });
  expect(messages().queryByRole('textbox')).toBeNull();
});
