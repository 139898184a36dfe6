import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { useLocation } from 'react-router';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { matchScore } from '#web/app/palette/match-score.ts';
import { usePalette } from '#web/app/palette/use-palette.tsx';
import { PersonContext } from '#web/app/signed-in-person.ts';

let hub: ScriptedHub;
const now = '2026-11-27T08:00:00Z';
const person = { id: 'ada', name: 'Ada', email: 'ada@example.org', role: 'administrator' as const, createdAt: now };
const page = (...items: object[]) => ({ body: { items, nextCursor: null } });
const toAgent = (id: string, name: string, tagline: string) => ({
  ...{
    id,
    name,
    tagline,
    handle: id,
    avatar: { kind: 'drawn', seed: id, color: '#0b6457' },
    category: 'hub',
    tags: [],
    translations: {},
  },
  ...{ visibility: 'private', publishedVersion: null, hasUnpublishedChanges: false, shipped: false },
  ...{ owner: { id: 'ada', name: 'Ada' }, createdAt: now, updatedAt: now },
  can: { run: true, edit: true, publish: true, delete: true, duplicate: true, export: true, useOwnModels: true },
});
const answering = { id: 'token-desk', handle: 'token-desk', name: 'Token desk' };
const talk = {
  ...{ id: 'talk-1', title: 'Fees of last week', source: 'page', agent: answering, answeredBy: answering },
  ...{ isWaiting: false, isPinned: false, isArchived: false, folder: null, createdAt: now, updatedAt: now },
};

function Place() {
  const { palette, openPalette } = usePalette();
  const [done, setDone] = useState('');
  return (
    <>
      <p>{`At ${useLocation().pathname}$`}</p>
      <button type="button" onClick={openPalette}>
        Open
      </button>
      <input aria-label="Elsewhere" />
      <div data-commands>
        <button type="button" data-also="restore compare" onClick={() => setDone('Versions opened')}>
          Versions
        </button>
        <button type="button" disabled>
          Out of reach
        </button>
      </div>
      <p>{done}</p>
      {palette}
    </>
  );
}
const draw = () =>
  renderPage(
    <PersonContext value={{ person, can: { createAgents: true, administer: true } }}>
      <Place />
    </PersonContext>,
  );

const open = async () => {
  await userEvent.keyboard('{Control>}k{/Control}');
  return screen.findByRole('combobox', { name: /Find pages/ });
};
const listOptions = () => screen.getAllByRole('option').map(({ textContent }) => textContent ?? '');
const findActive = (box: HTMLElement) => document.getElementById(box.getAttribute('aria-activedescendant') ?? '');

beforeAll(startTexts);
beforeEach(async () => {
  hub = await startScriptedHub();
  openAddress(hub.url);
  const agents = page(toAgent('token-desk', 'Token desk', 'Knows fees'), toAgent('poet', 'Poet', ''));
  hub.answer('GET /api/agents', ({ query }) => (query.get('search') === 'zzzz' ? page() : agents));
  hub.answer('GET /api/conversations', page(talk));
  hub.answer('GET /api/conversation-hits', page());
  hub.answer('GET /api/runs/waiting', page());
});
afterEach(async () => {
  cleanup();
  localStorage.clear();
  await closePage();
  await hub.close();
});

describe('the command palette', () => {
  it('opens by its key with the focus in its field, and closes by it again', async () => {
    draw();
    const box = await open();
    await waitFor(() => expect(document.activeElement).toBe(box));
    expect(listOptions()).toEqual(expect.arrayContaining(['AuditPage', 'New agentAction', 'Theme: DarkAction']));
    await userEvent.keyboard('{Control>}k{/Control}');
    await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull());
  });

  it('finds agents, conversations, pages and actions by a few letters, best first', async () => {
    draw();
    const box = await open();
    await screen.findByRole('option', { name: /Fees of last week/ });
    await userEvent.type(box, 'fees');
    expect(listOptions().slice(0, 2)).toEqual([
      'Fees of last weekToken deskConversation',
      expect.stringMatching(/^Token desk/),
    ]);
    await userEvent.clear(box);
    await userEvent.type(box, 'tkndsk');
    expect(listOptions()).toEqual(
      expect.arrayContaining(['Token deskKnows feesAgent', 'Edit Token deskKnows feesAgent']),
    );
    await waitFor(() => expect(hub.requests.at(-1)?.query.get('search')).toBe('tkndsk'));
    await userEvent.clear(box);
    await userEvent.type(box, 'zzzz');
    expect(await screen.findByText('0 results')).toBeTruthy();
  });

  it('finds an old conversation by what was said in it, and opens it there', async () => {
    const snippet = [
      { text: 'the quick ', isHit: false },
      { text: 'brown', isHit: true },
    ];
    const old = { ...talk, id: 'talk-0', title: 'Of a fox' };
    hub.answer('GET /api/conversation-hits', page({ conversation: old, message: 'message-7', snippet }));
    draw();
    await userEvent.type(await open(), 'brown');
    await screen.findByRole('option', { name: /Of a fox.*Token desk · the quick brown/ });
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(location.pathname + location.hash).toBe('/chat/token-desk/talk-0#message-message-7'));
  });

  it('goes where the keys point, and offers it first the next time', async () => {
    draw();
    const box = await open();
    await screen.findByRole('option', { name: /Poet/ });
    await userEvent.type(box, 'poet');
    expect(findActive(box)?.textContent).toContain('Poet');
    await userEvent.keyboard('{ArrowDown}{ArrowUp}{Enter}');
    await waitFor(() => expect(location.pathname).toBe('/chat/poet'));
    cleanup();
    history.replaceState(null, '', '/');
    draw();
    await open();
    await screen.findByRole('option', { name: /Poet/ });
    expect(listOptions()[0]).toContain('Poet');
  });

  it('says when not all could be read, and still knows the pages', async () => {
    hub.answer('GET /api/agents', {
      status: 400,
      body: { title: 'No', status: 400, code: 'bad_request', detail: 'No' },
    });
    draw();
    await open();
    expect(await screen.findByText(/could not all be read/)).toBeTruthy();
    expect(listOptions()).toContain('API keysPage');
  });

  it('has what the open page marks as its commands, found also by what lies behind them, and presses it', async () => {
    draw();
    await userEvent.type(await open(), 'restore');
    await waitFor(() => expect(listOptions()[0]).toBe('VersionsAction'));
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByText('Versions opened')).toBeTruthy();
    await userEvent.type(await open(), 'out of reach');
    await waitFor(() => expect(screen.queryAllByRole('option')).toEqual([]));
  });

  it('knows the settings within pages, and nothing by letters that are only scattered over a long text', async () => {
    const far = page(toAgent('far', 'Far', 'Puts apples slowly side by side when oranges rest daily'));
    hub.answer('GET /api/agents', ({ query }) => (query.get('search') ? page() : far));
    draw();
    await userEvent.type(await open(), 'password');
    await waitFor(() => expect(listOptions()).toEqual(['PasswordSetting']));
  });

  it('forgives typing errors where nothing fits as it was typed, and knows settings in every language of the page', async () => {
    draw();
    const box = await open();
    await userEvent.type(box, 'passwrod');
    await waitFor(() => expect(listOptions()[0]).toBe('PasswordSetting'));
    await userEvent.clear(box);
    await userEvent.type(box, '密码');
    await waitFor(() => expect(listOptions()[0]).toBe('PasswordSetting'));
    await userEvent.clear(box);
    await userEvent.type(box, '退出');
    await waitFor(() => expect(listOptions()).toContain('Sign outAction'));
  });

  it('tells the shortcuts by "?", but not to who is writing', async () => {
    draw();
    await userEvent.type(screen.getByLabelText('Elsewhere'), '?');
    expect(screen.queryByRole('dialog')).toBeNull();
    await userEvent.click(document.body);
    await userEvent.keyboard('?');
    const dialog = within(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' }));
    expect(dialog.getByText('Search everything')).toBeTruthy();
  });
});

describe('a match', () => {
  it('is better at the start of a word, then within one, then by single letters; Chinese is found by any part', () => {
    const scores = ['Usage', 'My usage', 'Reusage', 'United states of gauge'].map((text) => matchScore(text, 'usage'));
    expect(scores).toEqual([...scores].sort((one, other) => (other ?? 0) - (one ?? 0)));
    expect(matchScore('新建智能体', '智能')).not.toBeNull();
    expect([matchScore('Usage', 'x'), matchScore('Usage', 'usage x')]).toEqual([null, null]);
  });
});
