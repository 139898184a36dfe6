import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SessionState } from '#server/contract/account.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { startTexts } from '#test/support/render-page.tsx';
import { problem, type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { openings } from '#web/app/page-openings.ts';
import { findPage } from '#web/app/pages.ts';
import { routes } from '#web/app/paths.ts';
import { createPageQueryClient, Providers } from '#web/app/providers.tsx';
import { preloadPage } from '#web/app/router.tsx';
import { createPageHistory } from '#web/lib/page-history.ts';

let hub: ScriptedHub;
const signedOut: SessionState = { needsSetup: false, person: null, can: { createAgents: false, administer: false } };
const signedIn: SessionState = {
  needsSetup: false,
  person: { id: 'p1', name: 'Ada', email: 'ada@example.org', role: 'creator', createdAt: '2026-11-01T00:00:00Z' },
  can: { createAgents: true, administer: false },
};

function openPage(path: string) {
  openAddress(hub.url + path);
  render(<Providers history={createPageHistory()} queryClient={createPageQueryClient()} />);
}

beforeAll(async () => {
  startTexts();
});
beforeEach(async () => {
  hub = await startScriptedHub();
  openAddress(hub.url);
  hub.answer('GET /api/keys', { body: { items: [], nextCursor: null } });
});
afterEach(async () => {
  cleanup();
  await closePage();
  await hub.close();
});

describe('the way in', () => {
  it('a person who is signed out is led to sign-in, and then to where they wanted to go', async () => {
    hub.answer('GET /api/session', { body: signedOut });
    hub.answer('POST /api/session', { body: signedIn });
    openPage('/settings/keys');
    await userEvent.type(await screen.findByRole('textbox', { name: 'E-mail' }), 'ada@example.org');
    await userEvent.type(screen.getByLabelText('Password'), 'right horse battery{Enter}');
    expect(await screen.findByRole('heading', { level: 1, name: 'API keys' })).toBeTruthy();
    expect(window.location.pathname).toBe('/settings/keys');
    expect(hub.sent('POST', '/api/session')).toEqual([{ email: 'ada@example.org', password: 'right horse battery' }]);
    await waitFor(() => expect(document.title).toBe('API keys · Atrium'));
  });

  it.each([
    { path: '/invitations/old', api: '/api/invitations/open/old', title: 'This invitation is no longer open' },
    { path: '/new-password/old', api: '/api/password-resets/open/old', title: 'This link no longer works' },
  ])('an old link at $path says so, and leads on', async ({ path, api, title }) => {
    hub.answer('GET /api/session', { body: signedOut });
    hub.answer(`GET ${api}`, { status: 404, body: problem(404, 'not_found', 'Gone.') });
    openPage(path);
    expect(await screen.findByRole('heading', { level: 1, name: title })).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Go to sign-in' }).getAttribute('href')).toBe('/sign-in');
  });

  it('the navigation counts what waits for the person', async () => {
    hub.answer('GET /api/session', { body: signedIn });
    const wait = { kind: 'approval', call: 'c', tool: 'pay', input: {}, expiresAt: '2026-12-01T00:00:00Z' };
    const asked = ['one', 'two'].map((id) => ({
      run: 'run-1',
      agent: { id: 'agent-1', handle: 'clerk', name: 'Clerk' },
      conversationId: null,
      createdAt: '2026-11-01T00:00:00Z',
      person: { name: 'Bo' },
      startedBy: null,
      wait: { ...wait, id },
    }));
    hub.answer('GET /api/approvals', { body: { items: asked, nextCursor: null } });
    openPage('/settings/keys');
    const [link] = await screen.findAllByRole('link', { name: /2 wait for you/ });
    expect(link?.getAttribute('href')).toBe('/waiting');
  });

  it('after sign-in no other site is gone to', async () => {
    hub.answer('GET /api/session', { body: signedIn });
    hub.answer('GET /api/hub/agents', { body: { items: [], nextCursor: null } });
    openPage('/sign-in?next=//evil.example/steal');
    await waitFor(() => expect(window.location.pathname).toBe('/'));
  });

  it('a wrong password is told without saying which of the two is wrong, and nothing typed is lost', async () => {
    hub.answer('GET /api/session', { body: signedOut });
    hub.answer('POST /api/session', { status: 401, body: problem(401, 'unauthenticated', 'No.') });
    openPage('/sign-in');
    const email = await screen.findByRole<HTMLInputElement>('textbox', { name: 'E-mail' });
    await userEvent.type(email, 'ada@example.org');
    await userEvent.type(screen.getByLabelText('Password'), 'wrong{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('do not belong together');
    expect(email.value).toBe('ada@example.org');
  });

  it('an address that is none is found out before anything is sent', async () => {
    hub.answer('GET /api/session', { body: signedOut });
    openPage('/sign-in');
    const email = await screen.findByRole('textbox', { name: 'E-mail' });
    await userEvent.type(email, 'ada{Enter}');
    expect(await screen.findByText('Enter an e-mail address, such as ada@example.org.')).toBeTruthy();
    expect(screen.getByText('This is needed.')).toBeTruthy();
    expect(email.getAttribute('aria-invalid')).toBe('true');
    expect(hub.sent('POST', '/api/session')).toEqual([]);
  });

  it('a new hub is set up with the token of the link', async () => {
    hub.answer('GET /api/session', { body: { ...signedOut, needsSetup: true } });
    hub.answer('POST /api/setup', { body: signedIn });
    hub.answer('GET /api/agents', { body: { items: [], nextCursor: null } });
    openPage('/set-up?token=one-time');
    await userEvent.type(await screen.findByRole('textbox', { name: 'Your name' }), 'Ada');
    await userEvent.type(screen.getByRole('textbox', { name: 'E-mail' }), 'ada@example.org');
    await userEvent.type(screen.getByLabelText('Password'), 'right horse battery{Enter}');
    await screen.findByRole('heading', { level: 1, name: 'The hub' });
    expect(hub.sent('POST', '/api/setup')).toEqual([
      { token: 'one-time', name: 'Ada', email: 'ada@example.org', password: 'right horse battery' },
    ]);
  });

  it('what the hub finds wrong stands at its field', async () => {
    hub.answer('GET /api/session', { body: { ...signedOut, needsSetup: true } });
    const errors = [{ path: 'body.token', message: 'The token was used.' }];
    hub.answer('POST /api/setup', { status: 400, body: { ...problem(400, 'validation_failed', 'Wrong.'), errors } });
    openPage('/set-up?token=old');
    await userEvent.type(await screen.findByRole('textbox', { name: 'Your name' }), 'Ada');
    await userEvent.type(screen.getByRole('textbox', { name: 'E-mail' }), 'ada@example.org');
    await userEvent.type(screen.getByLabelText('Password'), 'right horse battery{Enter}');
    const token = await screen.findByRole('textbox', { name: 'One-time token' });
    expect(document.getElementById(`${token.id}-error`)?.textContent).toBe('The token was used.');
  });

  it('a hub that is away is told, and tried again when asked', async () => {
    hub.answer('GET /api/session', { status: 500, body: '' });
    openPage('/settings/keys');
    expect((await screen.findByRole('alert')).textContent).toContain('do not understand each other');
    hub.answer('GET /api/session', { body: signedIn });
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'API keys' })).toBeTruthy();
  });
});

describe('the shell', () => {
  it('offers only what the person may do, marks where they are, and can be skipped', async () => {
    hub.answer('GET /api/session', { body: signedIn });
    openPage('/settings/keys');
    await screen.findByRole('heading', { level: 1, name: 'API keys' });
    const current = screen.getAllByRole('link', { name: 'API keys' });
    expect(current.some((link) => link.getAttribute('aria-current') === 'page')).toBe(true);
    expect(screen.queryByRole('link', { name: 'People' })).toBeNull();
    expect(screen.getByRole('link', { name: 'Skip to the content' }).getAttribute('href')).toBe('#content');
  });

  it('signing out leads back to the door', async () => {
    hub.answer('GET /api/session', { body: signedIn });
    hub.answer('DELETE /api/session', { status: 204 });
    openPage('/settings/keys');
    await screen.findByRole('heading', { level: 1, name: 'API keys' });
    hub.answer('GET /api/session', { body: signedOut });
    await userEvent.click(screen.getByRole('button', { name: 'Sign out' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Welcome back' })).toBeTruthy();
  });

  it('an address that is none says so', async () => {
    hub.answer('GET /api/session', { body: signedIn });
    openPage('/no/such/place');
    expect(await screen.findByRole('heading', { name: 'There is nothing here' })).toBeTruthy();
  });
});

describe('a page that is loaded before it is drawn', () => {
  it.each(['/', '/agents', '/agents/scout/edit', '/chat/scout', '/chat/scout/c1'])(
    'asks at %s for what its document has announced',
    async (path) => {
      hub.answer('GET /api/session', { body: signedIn });
      openAddress(hub.url + path);
      await preloadPage(path, createPageQueryClient());
      const opening = openings.find(({ pattern }) => new RegExp(pattern).test(path));
      const names = new RegExp(opening?.pattern ?? '').exec(path)?.groups ?? {};
      const announced = opening?.asks.map((asked) =>
        asked.replaceAll(/:(\w+)/g, (_, name: string) => names[name] ?? ''),
      );
      const asked = hub.requests.map((request) => decodeURI(`${request.path}?${request.query.toString()}`));
      expect(asked.sort()).toEqual(
        ['/api/session', ...(announced ?? [])].map((address) => (/\?/.test(address) ? address : `${address}?`)).sort(),
      );
      expect(announced?.length).toBeGreaterThan(0);
    },
  );

  it('asks for nothing but who is signed in where nobody is', async () => {
    hub.answer('GET /api/session', { body: signedOut });
    openAddress(`${hub.url}/chat/scout/c1`);
    await preloadPage('/chat/scout/c1', createPageQueryClient());
    expect(hub.requests.map((request) => request.path)).toEqual(['/api/session']);
  });
});

it.each([
  ['/', routes.home],
  ['/agents/new', routes.newAgent],
  ['/agents/scout/edit', routes.editAgent],
  ['/chat/scout', routes.chat],
  ['/chat/scout/c1/', routes.chat],
  ['/toolsets/signed-in', routes.toolsetSignedIn],
  ['/toolsets/weather', routes.toolset],
  ['/chat/scout/c1/more', undefined],
])('what stands at %s is known before there is a router', (address, path) => {
  expect(findPage(address)?.path).toBe(path);
});
