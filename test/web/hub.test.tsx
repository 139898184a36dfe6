import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HubAgent, HubAgentDetail, HubReview } from '#server/contract/hub.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { problem, type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { AgentProfile } from '#web/features/hub/components/agent-profile.tsx';
import { HubDesk } from '#web/features/hub/components/hub-desk.tsx';
import { HubFront } from '#web/features/hub/components/hub-front.tsx';
import { takeWords } from '#web/lib/words-to-say.ts';

let hub: ScriptedHub;
const paths = {
  front: '/',
  agent: (handle: string) => `/hub/${handle}`,
  chat: (handle: string) => `/chat/${handle}`,
  edit: (agent: string) => `/agents/${agent}/edit`,
  create: '/agents/new',
};
const clerk: HubAgent = {
  id: 'agent-1',
  handle: 'fee-clerk',
  name: 'Fee Clerk',
  tagline: 'Works out fees',
  avatar: { kind: 'drawn', style: 'shapes', seed: 'fees', color: '#0b6457' },
  category: 'music',
  tags: ['fees'],
  translations: {},
  creator: { id: 'person-1', name: 'Ada' },
  licence: 'all-rights-reserved',
  version: 2,
  publishedAt: '2026-11-01T00:00:00.000Z',
  rating: { average: 4.5, count: 2 },
  use: { people: 12, runs: 40 },
  isFavourite: false,
};
const review: HubReview = {
  id: 'review-1',
  author: 'Bob',
  stars: 2,
  text: '<img src=x onerror=alert(1)> [here](javascript:alert(1))',
  version: 1,
  updatedAt: '2026-11-02T00:00:00.000Z',
  answer: null,
  can: { answer: true, remove: false },
};
const detail: HubAgentDetail = {
  ...clerk,
  visibility: 'hub',
  listing: 'refused',
  refusal: 'It promises returns.',
  description: '',
  opening: { message: '', starters: [], example: { question: 'What does it cost?', answer: 'Two.' } },
  translations: {},
  tools: [],
  data: { memory: 'off', guards: [], models: [] },
  versions: [{ version: 2, note: 'Cheaper.', createdAt: '2026-11-01T00:00:00.000Z' }],
  isRemix: true,
  origin: { handle: 'clerk', name: 'Clerk', translations: {}, version: 3 },
  remixes: 0,
  myReview: null,
  can: { run: true, remix: false, edit: true, review: false, report: false },
};
const page = (items: unknown[]) => ({ body: { items, nextCursor: null } });

beforeAll(startTexts);
beforeEach(async () => {
  hub = await startScriptedHub();
  openAddress(hub.url);
  hub.answer('GET /api/hub/featured', { body: { items: [] } });
  hub.answer('GET /api/hub/categories', {
    body: { items: [{ slug: 'music', name: { en: 'Music', zh: '音乐' }, hidden: false, isBuiltIn: false }] },
  });
  hub.answer('GET /api/hub/agents', ({ query }) => page(query.get('search') === 'none' ? [] : [clerk]));
});
afterEach(async () => {
  cleanup();
  await closePage();
  await hub.close();
});

describe('the hub’s front page', () => {
  it('leads from a card to the agent’s page and, in one press, to a chat', async () => {
    renderPage(<HubFront paths={paths} />);
    const link = await screen.findByRole('link', { name: 'Fee Clerk' });
    expect(link.getAttribute('href')).toBe('/hub/fee-clerk');
    expect(screen.getByRole('link', { name: 'Chat with Fee Clerk' }).getAttribute('href')).toBe('/chat/fee-clerk');
    const card = within(link.closest('li') ?? document.body);
    for (const text of ['Ada', 'Music', '12 people', '4.5 of 5 stars, 2 reviews'])
      expect(card.getByText(text)).toBeTruthy();
  });

  it('says agents in the page’s language, and by their own words where they have none in it', async () => {
    const translations = { en: { name: 'Fee Clerk', tagline: '' }, fr: { name: 'Greffier', tagline: 'Frais' } };
    hub.answer('GET /api/hub/agents', page([{ ...clerk, name: '费用专员', tagline: '算清费用', translations }]));
    renderPage(<HubFront paths={paths} />);
    const link = await screen.findByRole('link', { name: 'Fee Clerk' });
    expect(within(link.closest('li') ?? document.body).getByText('算清费用')).toBeTruthy();
  });

  it('keeps what is asked in the address, teaches where nothing fits, and shows everything again', async () => {
    renderPage(<HubFront paths={paths} />);
    await userEvent.click(await screen.findByRole('button', { name: 'Music' }));
    await waitFor(() => expect(window.location.search).toBe('?category=music'));
    await userEvent.type(screen.getByRole('searchbox', { name: 'Search agents' }), 'none');
    expect(await screen.findByRole('heading', { name: 'No agent fits' })).toBeTruthy();
    expect(window.location.search).toBe('?search=none&category=music');
    await userEvent.click(screen.getByRole('button', { name: 'Show all agents' }));
    expect(await screen.findByRole('link', { name: 'Fee Clerk' })).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>('searchbox', { name: 'Search agents' }).value).toBe('');
  });

  it('brings nobody back who leaves before what they typed was asked', async () => {
    renderPage(<HubFront paths={paths} />);
    await userEvent.type(await screen.findByRole('searchbox', { name: 'Search agents' }), 'fees');
    // As while the code of the next page is on its way.
    window.history.pushState(null, '', '/elsewhere');
    // Longer than the page waits for the next letter.
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(window.location.pathname).toBe('/elsewhere');
    expect(hub.sent('GET', '/api/hub/agents')).toHaveLength(1);
  });

  it('offers another try where the hub fails', async () => {
    hub.answer('GET /api/hub/agents', { status: 400, body: problem(400, 'validation_failed', 'No.') });
    renderPage(<HubFront paths={paths} />);
    const again = await screen.findByRole('button', { name: 'Try again' });
    hub.answer('GET /api/hub/agents', page([clerk]));
    await userEvent.click(again);
    expect(await screen.findByRole('link', { name: 'Fee Clerk' })).toBeTruthy();
  });

  it('takes a favourite back that the hub refuses', async () => {
    hub.answer('PUT /api/hub/agents/agent-1/favourite', { status: 404, body: problem(404, 'not_found', 'Gone.') });
    renderPage(<HubFront paths={paths} />);
    const heart = await screen.findByRole('button', { name: 'Fee Clerk is a favourite' });
    await userEvent.click(heart);
    await waitFor(() => expect(hub.sent('PUT', '/api/hub/agents/agent-1/favourite')).toHaveLength(1));
    await waitFor(() => expect(heart.getAttribute('aria-pressed')).toBe('false'));
  });
});

describe('an agent’s page', () => {
  beforeEach(() => {
    hub.answer('GET /api/hub/agents/fee-clerk', { body: detail });
    hub.answer('GET /api/hub/agents/fee-clerk/reviews', page([review]));
  });

  it('tells its owner why it was refused, and where it comes from', async () => {
    const { unmount } = renderPage(<AgentProfile handle="fee-clerk" paths={paths} share={null} />);
    expect(await screen.findByText('It promises returns.')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Clerk' }).getAttribute('href')).toBe('/hub/clerk');
    expect(screen.getByText('What does it cost?', { exact: false })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Remix' })).toBeNull();
    unmount();
    hub.answer('GET /api/hub/agents/fee-clerk', { body: { ...detail, origin: null } });
    renderPage(<AgentProfile handle="fee-clerk" paths={paths} share={null} />);
    expect(await screen.findByText('A remix of an agent that is not shown here.')).toBeTruthy();
  });

  it('is reported once, and the focus goes on from the button that is gone', async () => {
    const toDetail = (report: boolean) => ({ body: { ...detail, can: { ...detail.can, report } } });
    hub.answer('GET /api/hub/agents/fee-clerk', toDetail(true));
    hub.answer('POST /api/hub/agents/agent-1/reports', { status: 204 });
    renderPage(<AgentProfile handle="fee-clerk" paths={paths} share={null} />);
    await userEvent.click(await screen.findByRole('button', { name: 'Report' }));
    hub.answer('GET /api/hub/agents/fee-clerk', toDetail(false));
    await userEvent.click(await screen.findByRole('button', { name: 'Send report' }));
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Fee Clerk is a favourite'));
    expect(screen.queryByRole('button', { name: 'Report' })).toBeNull();
  });

  it('leads from one of its starters to a chat that asks it, and shows them only where one may not ask', async () => {
    const opening = { ...detail.opening, starters: ['What is a fee?'], example: { question: '', answer: '' } };
    hub.answer('GET /api/hub/agents/fee-clerk', {
      body: { ...detail, opening, can: { ...detail.can, run: false } },
    });
    const { unmount } = renderPage(<AgentProfile handle="fee-clerk" paths={paths} share={null} />);
    expect(await screen.findByText('What is a fee?')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'What is a fee?' })).toBeNull();
    unmount();
    hub.answer('GET /api/hub/agents/fee-clerk', { body: { ...detail, opening } });
    renderPage(<AgentProfile handle="fee-clerk" paths={paths} share={null} />);
    await userEvent.click(await screen.findByRole('button', { name: 'What is a fee?' }));
    expect(window.location.pathname).toBe('/chat/fee-clerk');
    expect(takeWords('chat', 'fee-clerk')).toBe('What is a fee?');
  });

  it('shows a hostile review as the text that it is, and lets the owner answer it', async () => {
    hub.answer('PUT /api/hub/reviews/review-1/answer', { body: { ...review, answer: null } });
    renderPage(<AgentProfile handle="fee-clerk" paths={paths} share={null} />);
    const text = await screen.findByText(review.text);
    expect(text.children).toHaveLength(0);
    await userEvent.click(screen.getByRole('button', { name: 'Answer' }));
    await userEvent.type(screen.getByRole('textbox', { name: 'Answer' }), 'It is cheaper now.');
    await userEvent.click(screen.getByRole('button', { name: 'Send answer' }));
    await waitFor(() =>
      expect(hub.sent('PUT', '/api/hub/reviews/review-1/answer')).toEqual([{ text: 'It is cheaper now.' }]),
    );
  });
});

describe('the hub desk', () => {
  it('gives the focus to what stands beside a report that was decided', async () => {
    const toReport = (id: string, name: string) => ({
      id,
      agent: { id: `agent-${id}`, handle: id, name, translations: {} },
      reporter: 'Bob',
      reason: 'spam',
      text: '',
      createdAt: '2026-11-02T00:00:00.000Z',
    });
    hub.answer('GET /api/hub/reports', page([toReport('one', 'One'), toReport('two', 'Two')]));
    hub.answer('GET /api/hub/requests', page([]));
    hub.answer('GET /api/hub/settings', { body: { reviewNewAgents: false } });
    for (const outcome of ['one', 'two']) hub.answer(`POST /api/hub/reports/${outcome}/outcome`, { status: 204 });
    renderPage(<HubDesk paths={paths} />);
    const toButtons = async (name: string) => screen.findAllByRole<HTMLButtonElement>('button', { name });
    (await toButtons('Dismiss'))[0]?.focus();
    hub.answer('GET /api/hub/reports', page([toReport('two', 'Two')]));
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Two'));
    (await toButtons('Keep off the hub'))[0]?.focus();
    hub.answer('GET /api/hub/reports', page([]));
    await userEvent.keyboard('{Enter}');
    await userEvent.click(
      within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Keep off the hub' }),
    );
    await waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('switch'));
  });
});
