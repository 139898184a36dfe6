import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '#server/contract/conversation.ts';
import { moveView, tellNearViews } from '#test/support/near-view.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { sampleAgent } from '#test/support/sample-agent.ts';
import { sampleConversation } from '#test/support/sample-conversation.ts';
import { runEnd, runStart, say } from '#test/support/sample-run.ts';
import { createRunLog, type RunLog, type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { Chat } from '#web/features/conversations/components/chat.tsx';

const pageLength = 25;
const length = 150;
const pages = 4;
const messagesPath = '/api/conversations/conversation-1/messages';
let hub: ScriptedHub;
let log: RunLog;
let stopTelling: () => void;

const message = (number: number): Message => ({
  id: `m${number}`,
  parentId: number === 1 ? null : `m${number - 1}`,
  siblings: { number: 1, count: 1, previous: null, next: null },
  role: number % 2 === 1 ? 'user' : 'assistant',
  content: number % 2 === 1 ? `Question ${number}` : `Answer **${number}**. ${'word '.repeat(100)}`,
  files: [],
  feedback: null,
  createdAt: '2026-11-23T10:00:00Z',
  run: null,
  sources: [],
});

beforeAll(startTexts);
beforeEach(async () => {
  localStorage.clear();
  hub = await startScriptedHub();
  openAddress(hub.url);
  log = createRunLog();
  stopTelling = tellNearViews();
  hub.answer('GET /api/conversations/conversation-1', sampleConversation(null));
  hub.answer('POST /api/agents/fee-clerk/runs', (request, response) => log.open(request, response));
  hub.answer(`GET ${messagesPath}`, ({ query }) => {
    const newest = Number(query.get('cursor') ?? length);
    const items = Array.from({ length: Math.min(pageLength, newest) }, (_, place) => message(newest - place));
    const earlier = newest - pageLength;
    return { body: { items, nextCursor: earlier > 0 ? String(earlier) : null } };
  });
  renderPage(<Chat agent={sampleAgent()} conversation="conversation-1" />);
  await screen.findByText('150');
});
afterEach(async () => {
  cleanup();
  stopTelling();
  await closePage();
  await hub.close();
});

const turn = (number: number) => document.getElementById(`message-m${number}`);
/** The browser tells of groups of earlier messages, and of each that was there from the beginning. */
const groupOf = (number: number) => turn(number)?.closest('[data-near-group]') ?? turn(number);
const groupsOf = (numbers: number[]) => new Set(numbers.map(groupOf));
const isFormed = (number: number) => Boolean(turn(number)?.querySelector('strong'));
/** Has an earlier page read, of which this message is the last. */
const loadEarlier = async (number: number) => {
  await userEvent.click(await screen.findByRole('button', { name: 'Load earlier messages' }));
  await waitFor(() => expect(turn(number - pageLength + 1)).not.toBeNull());
};

describe('a long conversation', () => {
  it('draws what fills the screen; earlier messages are words until they come near it', async () => {
    expect(isFormed(150)).toBe(true);
    await waitFor(() => expect(turn(126)).not.toBeNull());
    const earlier = within(turn(126) ?? document.body);
    expect(earlier.getByRole('article', { name: 'Fee Clerk' }).textContent).toMatch(/^Answer 126\. word/);
    expect(isFormed(126)).toBe(false);
    moveView(groupOf(126), 'near');
    await waitFor(() => expect(isFormed(126)).toBe(true));
    expect(turn(126)?.querySelector('strong')?.textContent).toBe('126');
  });

  it('gives back the form of what was left long ago, unless somebody used it', async () => {
    for (let page = 1; page < pages; page += 1) await loadEarlier(length - page * pageLength);
    const turns = Array.from({ length: pages * pageLength }, (_, place) => length - place);
    const answers = turns.filter((number) => number % 2 === 0);
    for (const group of groupsOf(turns)) moveView(group, 'near');
    // One a frame: on a busy machine that takes its time.
    await waitFor(() => expect(answers.filter(isFormed)).toEqual(answers), { timeout: 25_000 });
    await userEvent.click(within(turn(length - 2) ?? document.body).getByText(`${length - 2}`));
    for (const group of groupsOf(turns)) moveView(group, 'far');
    await waitFor(() => expect(isFormed(length)).toBe(false));
    expect(turn(length)?.textContent).toContain(`Answer ${length}.`);
    expect(isFormed(length - 2)).toBe(true);
    expect(isFormed(length - pages * pageLength + 2)).toBe(true);
  });

  it('reads only its end again when a new message was answered', async () => {
    await loadEarlier(125);
    await loadEarlier(100);
    const before = hub.sent('GET', messagesPath).length;
    await userEvent.type(screen.getByRole('textbox', { name: 'Message to Fee Clerk' }), 'And now?{Enter}');
    await screen.findByText('And now?');
    log.emit(runStart, say('Now.'), runEnd());
    await screen.findByText('Now.');
    await waitFor(() => expect(hub.sent('GET', messagesPath).length).toBe(before + 2));
    // Both were asked for; the second may still be on its way.
    await waitFor(() => expect(turn(101)).not.toBeNull());
    expect(turn(100)).toBeNull();
  });
});
