import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '#server/contract/problem.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { startTexts } from '#test/support/render-page.tsx';
import { runEnd, runStart, say } from '#test/support/sample-run.ts';
import { createRunLog, problem, type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { EmbedChat } from '#web/features/embeds/components/embed-chat.tsx';
import { forgetVisit, keepVisit } from '#web/features/embeds/kept-visit.ts';

const base = '/api/embeds/fee-clerk';
const avatar = { kind: 'drawn', style: 'shapes', seed: 'fees', color: '#0b6457' };
const opening = {
  agent: {
    ...{ handle: 'fee-clerk', name: '费用专员', tagline: '', avatar },
    translations: { en: { name: 'Fee Clerk', opening: { starters: ['What does it cost?'] } } },
  },
  message: '',
  starters: ['多少钱？'],
  variables: [],
  color: null,
  position: 'right',
  maximumMessages: 3,
};
let hub: ScriptedHub;

beforeAll(startTexts);
beforeEach(async () => {
  hub = await startScriptedHub();
  openAddress(hub.url);
  hub.answer(`GET ${base}`, { body: opening });
  hub.answer(`POST ${base}/visits`, { status: 201, body: { token: 'token-1' } });
});
afterEach(async () => {
  cleanup();
  forgetVisit('fee-clerk');
  await closePage();
  await hub.close();
});

const open = () => render(<EmbedChat agent="fee-clerk" agentAddress="/hub/fee-clerk" onClose={null} />);
const ask = async () => userEvent.click(await screen.findByRole('button', { name: 'What does it cost?' }));
const retry = async () => userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
const asked = () => hub.sent('POST', `${base}/runs`);

/** Answers a run with these events. */
function answer(...events: Parameters<ReturnType<typeof createRunLog>['emit']>) {
  const log = createRunLog();
  log.emit(runStart, ...events);
  hub.answer(`POST ${base}/runs`, log.open);
}

const message = (id: string, role: 'user' | 'assistant', content: string) => ({
  id,
  role,
  content,
  status: role === 'user' ? null : 'completed',
  sources: [],
  artifacts: [],
});
const page = (items: object[], nextCursor: string | null = null, messagesLeft = 3) => ({
  items,
  nextCursor,
  messagesLeft,
  activeRun: null,
});

describe('a long visit', () => {
  it('shows its newest messages, and earlier ones at a wish with their answers', async () => {
    keepVisit({ agent: 'fee-clerk', token: 'old' });
    hub.answer(`GET ${base}/conversation`, ({ query }) => ({
      body:
        query.get('cursor') === null
          ? page(
              [message('m4', 'assistant', 'Two.'), message('m3', 'user', 'Second'), message('m2', 'assistant', 'One.')],
              'm2',
            )
          : page([message('m1', 'user', 'First')]),
    }));
    open();
    await screen.findByText('Second');
    expect(screen.queryByText('One.')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Earlier messages' }));
    await screen.findByText('First');
    expect(screen.getAllByRole('article').map(({ textContent }) => textContent)).toEqual([
      'First',
      expect.stringContaining('One.'),
      'Second',
      expect.stringContaining('Two.'),
    ]);
    expect(screen.queryByRole('button', { name: 'Earlier messages' })).toBeNull();
  });

  it('says when as much was asked as may be, and goes on anew', async () => {
    keepVisit({ agent: 'fee-clerk', token: 'old' });
    hub.answer(`GET ${base}/conversation`, { body: page([message('m1', 'user', 'Before')], null, 1) });
    hub.answer(`DELETE ${base}/visits`, { status: 204 });
    open();
    answer(say('Last one.'), runEnd());
    await userEvent.type(await screen.findByRole('textbox'), 'Now{Enter}');
    expect(await screen.findByText('You have asked 3 times, as often as you may here')).toBeTruthy();
    expect(screen.queryByRole('textbox')).toBeNull();
    await userEvent.click(screen.getAllByRole('button', { name: 'Start over' })[1]!);
    expect(await screen.findByRole('textbox')).toBeTruthy();
  });
});

describe('a visitor’s question', () => {
  it('that was refused is sent again, and one that failed is answered again', async () => {
    hub.answer(`POST ${base}/runs`, { status: 409, body: problem(409, 'conflict', 'Busy.') });
    open();
    await ask();
    const broken = Problem.parse(problem(503, 'unavailable', 'Cannot answer.'));
    await screen.findByRole('alert');
    answer(say('It co'), { type: 'error', problem: broken }, runEnd({ status: 'failed' }));
    await retry();
    await screen.findByText('It co');
    await screen.findByRole('alert');
    answer(say('Nothing at all.'), runEnd());
    await retry();
    await screen.findByText('Nothing at all.');
    const said = { input: 'What does it cost?' };
    expect(asked()).toEqual([said, said, { again: true }]);
    expect(hub.requests.at(-1)?.headers['x-embed-session']).toBe('token-1');
    expect(screen.queryByText('It co')).toBeNull();
  });

  it('begins another visit when the last one has ended', async () => {
    keepVisit({ agent: 'fee-clerk', token: 'old' });
    hub.answer(`GET ${base}/conversation`, { body: page([message('m1', 'user', 'Before')]) });
    open();
    await screen.findByText('Before');
    const log = createRunLog();
    log.emit(runStart, say('Anew.'), runEnd());
    hub.answer(`POST ${base}/runs`, (request, response) =>
      request.headers['x-embed-session'] === 'old'
        ? { status: 404, body: problem(404, 'not_found', 'Ended.') }
        : log.open(request, response),
    );
    await userEvent.type(screen.getByRole('textbox'), 'Now{Enter}');
    await screen.findByText('Anew.');
    expect(screen.queryByText('Before')).toBeNull();
  });

  it('is stopped, and what was said is forgotten at a wish', async () => {
    const log = createRunLog();
    log.emit(runStart, say('A long '));
    hub.answer(`POST ${base}/runs`, log.open);
    hub.answer(`POST ${base}/runs/run-1/cancel`, () => {
      log.emit(runEnd({ status: 'cancelled', finishReason: 'cancelled' }));
      return { status: 204 };
    });
    hub.answer(`DELETE ${base}/visits`, { status: 204 });
    open();
    await ask();
    await screen.findByText('A long');
    await userEvent.click(screen.getByRole('button', { name: 'Stop' }));
    await screen.findByRole('button', { name: 'Try again' });
    await userEvent.click(screen.getByRole('button', { name: 'Start over' }));
    expect(await screen.findByRole('button', { name: 'What does it cost?' })).toBeTruthy();
    expect(hub.requests.at(-1)).toMatchObject({ method: 'DELETE', path: `${base}/visits` });
  });

  it('cannot be asked where the agent may not be shown', async () => {
    hub.answer(`GET ${base}`, { status: 403, body: problem(403, 'forbidden', 'Off.') });
    open();
    expect(await screen.findByRole('heading', { name: 'Not available here' })).toBeTruthy();
    expect(screen.queryByRole('textbox')).toBeNull();
  });
});
