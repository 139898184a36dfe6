import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { PendingWait } from '#server/contract/run-wait.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { problem, type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { WaitingList } from '#web/features/runs/components/waiting-list.tsx';

let hub: ScriptedHub;
const paths = { conversation: (handle: string, conversation: string) => `/chat/${handle}/${conversation}` };
const page = (items: PendingWait[]) => ({ body: { items, nextCursor: null } });
const agent = { id: 'agent-1', handle: 'clerk', name: 'Clerk', translations: {} };
const expiresAt = '2026-11-28T10:00:00Z';
const createdAt = '2026-11-27T10:00:00Z';
const payment: PendingWait = {
  run: 'run-1',
  agent,
  conversationId: 'conversation-1',
  createdAt,
  person: null,
  startedBy: { kind: 'schedule', trigger: { id: 'trigger-1', name: 'Every morning' } },
  wait: { kind: 'approval', id: 'approval-1', call: 'call-1', tool: 'pay', input: { amount: '12.50' }, expiresAt },
};
const forBo: PendingWait = {
  ...payment,
  run: 'run-2',
  conversationId: null,
  person: { name: 'Bo' },
  startedBy: null,
  wait: { ...payment.wait, id: 'approval-2' },
};
const trip: PendingWait = {
  ...payment,
  run: 'run-3',
  startedBy: { kind: 'page' },
  wait: {
    kind: 'form',
    id: 'form-1',
    call: 'call-1',
    tool: 'ask-form',
    form: { title: 'Your trip', fields: [{ type: 'text', name: 'city', label: 'City', required: true }] },
    expiresAt,
  },
};

const cards = () => screen.findAllByRole('region', { name: 'May this go ahead?' });

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

it('shows what is asked with its arguments, who started it, and the way to its conversation', async () => {
  hub.answer('GET /api/approvals', page([payment, forBo]));
  renderPage(<WaitingList paths={paths} />);
  const [own, others] = (await cards()).map((card) => card.closest('li'));
  expect(own?.textContent).toContain('"amount": "12.50"');
  expect(own?.textContent).toContain('Started by the schedule “Every morning”');
  expect(
    within(own ?? document.body)
      .getByRole('link')
      .getAttribute('href'),
  ).toBe('/chat/clerk/conversation-1');
  expect(others?.textContent).toContain('For Bo');
  expect(within(others ?? document.body).queryByRole('link')).toBeNull();
});

it('takes a refusal with its reason, and what was answered goes', async () => {
  hub.answer('GET /api/approvals', page([payment]));
  hub.answer('POST /api/runs/run-1/approvals/approval-1', { status: 204 });
  renderPage(<WaitingList paths={paths} />);
  const card = within((await cards())[0] ?? document.body);
  await userEvent.click(card.getByRole('button', { name: 'Refuse…' }));
  await userEvent.type(card.getByRole('textbox', { name: /Why not/ }), 'Too dear');
  hub.answer('GET /api/approvals', page([]));
  await userEvent.click(card.getByRole('button', { name: 'Refuse' }));
  expect(await screen.findByRole('heading', { name: 'Nothing waits for you' })).toBeTruthy();
  expect(hub.sent('POST', '/api/runs/run-1/approvals/approval-1')).toEqual([
    { decision: 'refuse', reason: 'Too dear' },
  ]);
  await waitFor(() => expect(document.activeElement?.textContent).toContain('Nothing waits for you'));
});

it('takes the values of a form', async () => {
  hub.answer('GET /api/approvals', page([trip]));
  hub.answer('POST /api/runs/run-3/forms/form-1', { status: 204 });
  renderPage(<WaitingList paths={paths} />);
  const card = within(await screen.findByRole('region', { name: 'Your trip' }));
  await userEvent.type(card.getByLabelText('City'), 'Łódź');
  hub.answer('GET /api/approvals', page([]));
  await userEvent.click(card.getByRole('button', { name: 'Send' }));
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Your trip' })).toBeNull());
  expect(hub.sent('POST', '/api/runs/run-3/forms/form-1')).toEqual([{ values: { city: 'Łódź' } }]);
});

it('offers another try when it cannot be read', async () => {
  hub.answer('GET /api/approvals', { status: 403, body: problem(403, 'forbidden', 'No.') });
  renderPage(<WaitingList paths={paths} />);
  const alert = await screen.findByRole('alert');
  hub.answer('GET /api/approvals', page([payment]));
  await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
  expect(await cards()).toHaveLength(1);
});
