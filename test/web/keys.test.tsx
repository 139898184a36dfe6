import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ApiKey } from '#server/contract/api-key.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { problem, type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { KeyList } from '#web/features/keys/components/key-list.tsx';
import { Toaster } from '#web/ui/toaster.tsx';

let hub: ScriptedHub;
const stored: ApiKey = {
  id: 'key-1',
  name: 'Report script',
  prefix: 'atr_8fK2',
  scopes: ['agents:read', 'runs:write'],
  agents: [{ id: 'agent-1', handle: 'fee-clerk' }],
  expiresAt: null,
  lastUsedAt: null,
  requestCount: 1284,
  totalTokens: 1_843_200,
  costUsd: 0.0042,
  budget: { maximumTokens: null, maximumUsd: null },
  spentThisMonth: { tokens: 0, costUsd: 0 },
  createdAt: '2026-11-01T00:00:00Z',
};
const page = (items: unknown[]) => ({ body: { items, nextCursor: null } });

beforeAll(startTexts);
beforeEach(async () => {
  hub = await startScriptedHub();
  openAddress(hub.url);
  hub.answer('GET /api/keys', page([stored]));
  hub.answer('GET /api/agents', page([{ id: 'agent-1', handle: 'fee-clerk', name: 'Fee Clerk', translations: {} }]));
});
afterEach(async () => {
  cleanup();
  await closePage();
  await hub.close();
});

const openList = () =>
  renderPage(
    <>
      <KeyList canAdminister={false} />
      <Toaster />
    </>,
  );
const openForm = async () => {
  await userEvent.click(await screen.findByRole('button', { name: 'New key' }));
  return within(await screen.findByRole('dialog', { name: 'New API key' }));
};

it('a key shows what it may do and did, and small costs are not shown as zero', async () => {
  renderPage(<KeyList canAdminister={false} />);
  const card = (await screen.findByRole('heading', { name: 'Report script' })).closest('li');
  for (const text of ['atr_8fK2', 'Run agents', 'fee-clerk', '1,284', '1.8M', '$0.0042', 'Never']) {
    expect(card?.textContent).toContain(text);
  }
});

it('a new key is shown once, with a call that works as it stands', async () => {
  const key = 'atr_new1_secret';
  hub.answer('POST /api/keys', { status: 201, body: { ...stored, id: 'key-2', name: 'Editor', key } });
  renderPage(<KeyList canAdminister={false} />);
  const form = await openForm();
  await userEvent.type(form.getByRole('textbox', { name: 'Name' }), 'Editor');
  await userEvent.click(form.getByRole('checkbox', { name: 'Read conversations' }));
  await userEvent.click(await form.findByRole('checkbox', { name: 'Fee Clerk' }));
  await userEvent.selectOptions(form.getByRole('combobox', { name: 'Ends after' }), 'Never');
  await userEvent.type(form.getByRole('textbox', { name: /Tokens a month/ }), '50000');
  await userEvent.click(form.getByRole('button', { name: 'Make the key' }));

  const shown = await screen.findByRole('dialog', { name: 'Your new key' });
  expect(within(shown).getByRole('region', { name: 'API key' }).textContent).toBe(key);
  const curl = within(shown).getByRole('region', { name: 'curl' }).textContent;
  expect(curl).toContain(`${hub.url}/api/agents/fee-clerk/runs`);
  expect(curl).toContain(`Authorization: Bearer ${key}`);
  expect(hub.sent('POST', '/api/keys')).toEqual([
    {
      name: 'Editor',
      scopes: ['agents:read', 'runs:write', 'conversations:read'],
      agents: ['fee-clerk'],
      expiresAt: null,
      budget: { maximumTokens: 50_000, maximumUsd: null },
    },
  ]);

  await userEvent.click(within(shown).getByRole('button', { name: 'I have kept it' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(document.body.textContent).not.toContain(key);
});

it('a key without a name or a scope is not sent', async () => {
  renderPage(<KeyList canAdminister={false} />);
  const form = await openForm();
  await userEvent.click(form.getByRole('checkbox', { name: 'Read agents' }));
  await userEvent.click(form.getByRole('checkbox', { name: 'Run agents' }));
  await userEvent.click(form.getByRole('button', { name: 'Make the key' }));
  expect(await form.findByText('This is needed.')).toBeTruthy();
  expect(form.getByText('Choose at least one.')).toBeTruthy();
  expect(hub.sent('POST', '/api/keys')).toEqual([]);
});

it('only an administrator is offered the administrator scope', async () => {
  renderPage(<KeyList canAdminister={false} />);
  expect((await openForm()).queryByRole('checkbox', { name: 'Administer' })).toBeNull();
  cleanup();
  renderPage(<KeyList canAdminister />);
  expect((await openForm()).getByRole('checkbox', { name: 'Administer' })).toBeTruthy();
});

const revoke = async () => {
  await userEvent.click(await screen.findByRole('button', { name: 'Revoke Report script' }));
  return within(await screen.findByRole('alertdialog', { name: 'Revoke “Report script”?' }));
};

it('a key is revoked as soon as that is confirmed, and the list follows', async () => {
  hub.answer('DELETE /api/keys/key-1', { status: 204 });
  openList();
  const question = await revoke();
  expect(hub.sent('DELETE', '/api/keys/key-1')).toHaveLength(0);
  hub.answer('GET /api/keys', page([]));
  await userEvent.click(question.getByRole('button', { name: 'Revoke' }));
  expect(await screen.findByRole('heading', { name: 'No keys yet' })).toBeTruthy();
  expect(hub.sent('DELETE', '/api/keys/key-1')).toHaveLength(1);
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
});

it('a revocation that fails says why, and the key stays', async () => {
  hub.answer('DELETE /api/keys/key-1', { status: 403, body: problem(403, 'forbidden', 'Not yours.') });
  openList();
  const question = await revoke();
  await userEvent.click(question.getByRole('button', { name: 'Revoke' }));
  expect(await question.findByText('Not yours.')).toBeTruthy();
  await userEvent.click(question.getByRole('button', { name: 'Cancel' }));
  expect(await screen.findByRole('heading', { name: 'Report script' })).toBeTruthy();
});

it('a list that cannot be read offers another try', async () => {
  hub.answer('GET /api/keys', { status: 403, body: problem(403, 'forbidden', 'No.') });
  renderPage(<KeyList canAdminister={false} />);
  const alert = await screen.findByRole('alert');
  hub.answer('GET /api/keys', page([stored]));
  await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('heading', { name: 'Report script' })).toBeTruthy();
});

it('a key shows how much of its month is used, and gets another budget', async () => {
  const budget = { maximumTokens: 1000, maximumUsd: 5 };
  hub.answer('GET /api/keys', page([{ ...stored, budget, spentThisMonth: { tokens: 250, costUsd: 0.5 } }]));
  hub.answer('PATCH /api/keys/key-1', { body: { ...stored, budget } });
  openList();
  expect(await screen.findByText('This month: 250 of 1,000 tokens')).toBeTruthy();
  expect(screen.getByText('This month: $0.50 of $5.00')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Budget of Report script' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Monthly budget of “Report script”' }));
  await userEvent.clear(dialog.getByRole('textbox', { name: /Tokens a month/ }));
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(hub.sent('PATCH', '/api/keys/key-1')).toEqual([{ budget: { maximumTokens: null, maximumUsd: 5 } }]),
  );
});
