import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Delivery } from '#server/contract/trigger.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { RunCallbacks } from '#web/features/triggers/components/run-callbacks.tsx';

let hub: ScriptedHub;
const createdAt = '2026-11-01T00:00:00Z';
const dead: Delivery = {
  id: 'delivery-1',
  event: 'run.completed',
  run: 'run-1',
  status: 'dead',
  attempts: 8,
  lastStatus: 500,
  lastError: 'It answered 500.',
  nextAt: null,
  createdAt,
  endedAt: createdAt,
};

beforeAll(startTexts);
beforeEach(async () => {
  hub = await startScriptedHub();
  openAddress(hub.url);
  hub.answer('GET /api/callbacks', { body: { items: [], nextCursor: null } });
});
afterEach(async () => {
  cleanup();
  await closePage();
  await hub.close();
});

it('a first secret is made and shown once', async () => {
  hub.answer('GET /api/callback-secret', { body: { createdAt: null } });
  hub.answer('POST /api/callback-secret', { status: 201, body: { secret: 'whsec_new', createdAt } });
  renderPage(<RunCallbacks />);
  await userEvent.click(await screen.findByRole('button', { name: 'Make a secret' }));
  expect((await screen.findByRole('region', { name: 'Secret for callbacks' })).textContent).toContain('whsec_new');
  expect(await screen.findByRole('button', { name: 'Change the secret' })).toBeTruthy();
});

it('another secret is made only when that is confirmed', async () => {
  hub.answer('GET /api/callback-secret', { body: { createdAt } });
  hub.answer('POST /api/callback-secret', { status: 201, body: { secret: 'whsec_newer', createdAt } });
  renderPage(<RunCallbacks />);
  await userEvent.click(await screen.findByRole('button', { name: 'Change the secret' }));
  const question = within(await screen.findByRole('alertdialog'));
  expect(hub.sent('POST', '/api/callback-secret')).toHaveLength(0);
  await userEvent.click(question.getByRole('button', { name: 'Change the secret' }));
  expect((await screen.findByRole('region', { name: 'Secret for callbacks' })).textContent).toContain('whsec_newer');
});

it('a callback that was given up is sent again', async () => {
  hub.answer('GET /api/callback-secret', { body: { createdAt } });
  hub.answer('GET /api/callbacks', { body: { items: [dead], nextCursor: null } });
  hub.answer('POST /api/callbacks/delivery-1/send', { status: 202, body: { ...dead, status: 'waiting' } });
  renderPage(<RunCallbacks />);
  expect(await screen.findByText(/It answered 500/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Send again' }));
  await waitFor(() => expect(hub.sent('POST', '/api/callbacks/delivery-1/send')).toHaveLength(1));
});
