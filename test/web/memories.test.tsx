import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Memory } from '#server/contract/memory.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { MemoryList } from '#web/features/memories/components/memory-list.tsx';
import { RunAnswer } from '#web/features/runs/components/run-answer.tsx';
import { emptyRunView } from '#web/features/runs/run-view.ts';
import { Toaster } from '#web/ui/toaster.tsx';

let hub: ScriptedHub;
const clerk = { id: 'agent-1', handle: 'fee-clerk', name: 'Fee Clerk', translations: {} };
const oslo: Memory = {
  id: 'memory-1',
  text: 'Lives in Oslo.',
  kind: 'person',
  agent: clerk,
  createdBy: 'summariser',
  source: { conversation: 'conversation-1', title: 'Moving', message: 'message-1' },
  createdAt: '2026-11-01T00:00:00.000Z',
  editedAt: null,
};
const office: Memory = {
  ...oslo,
  id: 'memory-2',
  text: 'The office closes at six.',
  kind: 'agent',
  createdBy: 'tool',
  source: null,
  agent: { id: 'agent-2', handle: 'porter', name: 'Porter', translations: {} },
};
const paths = { conversation: (handle: string, id: string) => `/chat/${handle}/${id}` };
const page = (items: Memory[]) => ({ body: { items, nextCursor: null } });

beforeAll(startTexts);
beforeEach(async () => {
  hub = await startScriptedHub();
  openAddress(hub.url);
  hub.answer('GET /api/memories', ({ query }) =>
    page([oslo, office].filter(({ text }) => text.includes(query.get('search') ?? ''))),
  );
});
afterEach(async () => {
  cleanup();
  await closePage();
  await hub.close();
});

const open = () =>
  renderPage(
    <>
      <MemoryList paths={paths} />
      <Toaster />
    </>,
  );

it('facts stand under their agent, with where they come from and whom they are for', async () => {
  open();
  const group = (await screen.findByRole('heading', { name: 'Fee Clerk' })).closest('li');
  expect(group?.textContent).toContain('Lives in Oslo.');
  expect(group?.textContent).toContain('Found after a conversation');
  const source = '/chat/fee-clerk/conversation-1#message-message-1';
  expect(screen.getByRole('link', { name: 'Moving' }).getAttribute('href')).toBe(source);
  const other = screen.getByRole('heading', { name: 'Porter' }).closest('li');
  expect(other?.textContent).toContain('For everybody who uses the agent');
  expect(screen.getByRole('link', { name: 'Export' }).getAttribute('href')).toBe('/api/memories/export');
});

it('a fact is changed by keyboard, and the focus comes back', async () => {
  hub.answer('PATCH /api/memories/memory-1', { body: { ...oslo, text: 'Lives in Bergen.' } });
  open();
  const edit = await screen.findByRole('button', { name: 'Change “Lives in Oslo.”' });
  edit.focus();
  await userEvent.keyboard('{Enter}');
  const field = await screen.findByRole('textbox', { name: 'Fact' });
  await waitFor(() => expect(document.activeElement).toBe(field));
  await userEvent.clear(field);
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(hub.sent('PATCH', '/api/memories/memory-1')).toEqual([]);
  await userEvent.type(field, 'Lives in Bergen.');
  hub.answer('GET /api/memories', page([{ ...oslo, text: 'Lives in Bergen.' }]));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  const changed = await screen.findByRole('button', { name: 'Change “Lives in Bergen.”' });
  await waitFor(() => expect(document.activeElement).toBe(changed));
  expect(hub.sent('PATCH', '/api/memories/memory-1')).toEqual([{ text: 'Lives in Bergen.' }]);
});

it('a fact is added, and one that was found is searched for', async () => {
  hub.answer('POST /api/memories', { status: 201, body: { ...oslo, id: 'memory-3', text: 'Has two cats.' } });
  open();
  const group = (await screen.findByRole('heading', { name: 'Fee Clerk' })).closest('li') as HTMLElement;
  await userEvent.click(within(group).getByRole('button', { name: 'Add a fact' }));
  await userEvent.type(within(group).getByRole('textbox', { name: 'Fact' }), 'Has two cats.');
  await userEvent.click(within(group).getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(hub.sent('POST', '/api/memories')).toEqual([{ agent: 'agent-1', text: 'Has two cats.' }]));
  await userEvent.type(screen.getByRole('searchbox', { name: 'Search' }), 'office');
  await waitFor(() => expect(screen.queryByRole('heading', { name: 'Fee Clerk' })).toBeNull());
  expect(await screen.findByRole('heading', { name: 'Porter' })).toBeTruthy();
});

it('what is deleted or forgotten can be had back until the notice closes', async () => {
  hub.answer('DELETE /api/memories', { status: 204 });
  open();
  await userEvent.click(await screen.findByRole('button', { name: 'Delete “Lives in Oslo.”' }));
  expect(screen.queryByText('Fee Clerk')).toBeNull();
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByRole('heading', { name: 'Fee Clerk' })).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Forget all that Porter remembers' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Dismiss' }));
  await waitFor(() => {
    const sent = hub.requests.filter(({ method }) => method === 'DELETE');
    expect(sent.map(({ path, query }) => `${path} ${query.get('agent')}`)).toEqual(['/api/memories agent-2']);
  });
});

it('an answer says what is remembered from now on, and takes it back', async () => {
  hub.answer('DELETE /api/memories/memory-1', { status: 204 });
  hub.answer('PATCH /api/memories/memory-2', { body: {} });
  const step = {
    call: 'call-1',
    tool: 'remember',
    parent: null,
    intent: 'Remembering: Lives in Oslo.',
    input: {},
    output: { memory: 'memory-1', fact: 'Lives in Oslo.', before: null, isNew: true },
    isError: false,
    isRunning: false,
    durationMs: 4,
    progress: null,
    file: null,
  };
  const corrected = { memory: 'memory-2', fact: 'Likes tea.', before: 'Likes coffee.', isNew: false };
  const known = { memory: 'memory-4', fact: 'Known before.', before: null, isNew: false };
  const steps = [step, { ...step, call: 'call-2', output: corrected }, { ...step, call: 'call-3', output: known }];
  renderPage(<RunAnswer view={{ ...emptyRunView, run: 'run-1', status: 'completed', text: 'Noted.', steps }} />);
  expect(screen.queryByText('Remembered: Known before.')).toBeNull();
  await userEvent.click(await screen.findByRole('button', { name: 'Do not remember “Lives in Oslo.”' }));
  expect(await screen.findByText('Not remembered')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Do not remember “Likes tea.”' }));
  await waitFor(() => expect(hub.sent('PATCH', '/api/memories/memory-2')).toEqual([{ text: 'Likes coffee.' }]));
});
