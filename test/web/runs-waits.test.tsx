import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Form } from '#server/contract/form.ts';
import type { RunEvent } from '#server/contract/run-event.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { runStart, toolCall } from '#test/support/sample-run.ts';
import { problem, type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { RunAnswer } from '#web/features/runs/components/run-answer.tsx';
import { reduceRun } from '#web/features/runs/reduce-run.ts';
import { emptyRunView } from '#web/features/runs/run-view.ts';

const approvals = '/api/runs/run-1/approvals/approval-1';
const forms = '/api/runs/run-1/forms/form-1';
const expiresAt = '2026-11-24T10:00:00Z';
let hub: ScriptedHub;

const fold = (...events: RunEvent[]) => [runStart, toolCall, ...events].reduce(reduceRun, emptyRunView);
const toSend: RunEvent = {
  type: 'approval-request',
  approval: 'approval-1',
  call: 'call-1',
  tool: 'pay',
  input: { amount: '12.50' },
  expiresAt,
};
const trip: RunEvent = {
  type: 'form-request',
  form: 'form-1',
  call: 'call-1',
  tool: 'ask-form',
  expiresAt,
  request: Form.parse({
    title: 'Your trip',
    description: 'To find a flight.',
    fields: [
      { type: 'text', name: 'city', label: 'City' },
      { type: 'long-text', name: 'wishes', label: 'Wishes', required: false },
      { type: 'number', name: 'travellers', label: 'Travellers', minimum: 1, whole: true },
      { type: 'choice', name: 'seat', label: 'Seat', options: ['Window', 'Aisle'] },
      { type: 'choices', name: 'meals', label: 'Meals', options: ['Lunch', 'Dinner'] },
      { type: 'date', name: 'leaving', label: 'Leaving', minimum: '2026-12-01' },
      { type: 'boolean', name: 'flexible', label: 'Flexible' },
    ],
  }),
};

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

describe('the question whether a call may be made', () => {
  it('lets a person change the arguments, which must be a JSON object', async () => {
    hub.answer(`POST ${approvals}`, { body: {} });
    renderPage(<RunAnswer view={fold(toSend)} />);
    const card = within(await screen.findByRole('region', { name: 'May this go ahead?' }));
    await userEvent.click(card.getByRole('button', { name: 'Edit…' }));
    await userEvent.click(card.getByRole('button', { name: 'Back' }));
    expect(document.activeElement?.textContent).toBe('Edit…');
    await userEvent.keyboard('{Enter}');
    const box = card.getByRole<HTMLTextAreaElement>('textbox', { name: 'Arguments, as JSON' });
    expect(document.activeElement).toBe(box);
    expect(JSON.parse(box.value)).toEqual({ amount: '12.50' });
    await userEvent.clear(box);
    await userEvent.type(box, '[[1]');
    await userEvent.click(card.getByRole('button', { name: 'Approve as edited' }));
    expect(await card.findByText('Write a JSON object.')).toBeTruthy();
    await userEvent.clear(box);
    await userEvent.type(box, '{{"amount": "1"}');
    await userEvent.click(card.getByRole('button', { name: 'Approve as edited' }));
    expect(await card.findByText('Your answer is on its way.')).toBeTruthy();
    expect(hub.sent('POST', approvals)).toEqual([{ decision: 'approve', input: { amount: '1' } }]);
  });

  it('says which agent asks when it is not the one of the conversation', async () => {
    const agent = { id: 'agent-2', handle: 'payer', name: 'Payer', translations: {} };
    renderPage(<RunAnswer view={fold({ ...toSend, agent }, { ...trip, agent })} />);
    expect(await screen.findByText(/^Payer wants to use “pay”/)).toBeTruthy();
    expect(await screen.findByText(/^Payer asks this, and waits until/)).toBeTruthy();
  });

  it('is gone once it is decided, and the step shows what the call was made with', () => {
    const decided: RunEvent = {
      type: 'approval-result',
      approval: 'approval-1',
      decision: 'approved',
      input: { amount: '1' },
      by: 'owner',
    };
    const view = fold(toSend, decided);
    expect([view.status, view.steps[0]?.input]).toEqual(['running', { amount: '1' }]);
    renderPage(<RunAnswer view={view} />);
    expect(screen.queryByRole('region', { name: 'May this go ahead?' })).toBeNull();
    expect(screen.getByText(/"amount": "1"/)).toBeTruthy();
  });
});

describe('a form in the chat', () => {
  it('is filled in by keyboard, checked before it is sent, and sent with typed values', async () => {
    hub.answer(`POST ${forms}`, { body: {} });
    renderPage(<RunAnswer view={fold(trip)} />);
    const card = within(await screen.findByRole('region', { name: 'Your trip' }));
    expect(card.getByText('To find a flight.')).toBeTruthy();
    await userEvent.click(card.getByRole('button', { name: 'Send' }));
    expect(await card.findAllByText('This is needed.')).toHaveLength(2);
    expect(card.getByText('Choose at least one.')).toBeTruthy();
    expect(hub.sent('POST', forms)).toEqual([]);
    await userEvent.type(card.getByLabelText('City'), 'Łódź{Tab}{Tab}two');
    expect(card.getByLabelText<HTMLInputElement>('Travellers').value).toBe('two');
    expect(await card.findByText('Enter a number.')).toBeTruthy();
    await userEvent.clear(card.getByLabelText('Travellers'));
    await userEvent.type(card.getByLabelText('Travellers'), '2');
    await userEvent.selectOptions(card.getByLabelText('Seat'), 'Aisle');
    await userEvent.click(card.getByLabelText('Lunch'));
    await userEvent.click(card.getByLabelText('Dinner'));
    await userEvent.type(card.getByLabelText('Leaving'), '2026-11-30');
    await userEvent.click(card.getByRole('button', { name: 'Send' }));
    expect(await card.findByText('2026-12-01 or later.')).toBeTruthy();
    await userEvent.clear(card.getByLabelText('Leaving'));
    await userEvent.type(card.getByLabelText('Leaving'), '2026-12-24');
    await userEvent.click(card.getByRole('button', { name: 'Send' }));
    expect(await card.findByText('Your answer is on its way.')).toBeTruthy();
    expect(hub.sent('POST', forms)).toEqual([
      {
        values: {
          city: 'Łódź',
          travellers: 2,
          seat: 'Aisle',
          meals: ['Lunch', 'Dinner'],
          leaving: '2026-12-24',
          flexible: false,
        },
      },
    ]);
  });

  it('may be declined; what the hub refuses is said', async () => {
    hub.answer(`POST ${forms}`, { status: 404, body: problem(404, 'not_found', 'There is no open form.') });
    renderPage(<RunAnswer view={fold(trip)} />);
    const card = within(await screen.findByRole('region', { name: 'Your trip' }));
    await userEvent.click(card.getByRole('button', { name: 'Rather not say' }));
    expect(await card.findByText('There is no open form.')).toBeTruthy();
    hub.answer(`POST ${forms}`, { body: {} });
    await userEvent.click(card.getByRole('button', { name: 'Rather not say' }));
    expect(await card.findByText('Your answer is on its way.')).toBeTruthy();
    expect(hub.sent('POST', forms).at(-1)).toEqual({ declined: true });
  });
});
