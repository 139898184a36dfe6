import { act, cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Person, SessionState, SignedInBrowser } from '#server/contract/account.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { problem, type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { BrowserList } from '#web/features/accounts/components/browser-list.tsx';
import { InstallCard } from '#web/features/accounts/components/install-card.tsx';
import { PasswordCard } from '#web/features/accounts/components/password-card.tsx';
import { PeopleList } from '#web/features/accounts/components/people-list.tsx';
import { ProfileCard } from '#web/features/accounts/components/profile-card.tsx';
import { ResetPassword } from '#web/features/accounts/components/reset-password.tsx';
import { toBrowserName } from '#web/features/accounts/to-browser-name.ts';
import { keepInstallOffer } from '#web/lib/install-offer.ts';
import { Toaster } from '#web/ui/toaster.tsx';

let hub: ScriptedHub;
const ada: Person = {
  id: 'p1',
  name: 'Ada',
  email: 'ada@example.org',
  role: 'administrator',
  createdAt: '2026-11-01T00:00:00Z',
};
const grace: Person = { ...ada, id: 'p2', name: 'Grace', email: 'grace@example.org', role: 'member' };
const session: SessionState = { needsSetup: false, person: grace, can: { createAgents: false, administer: false } };
const browser = (id: string, userAgent: string, isCurrent = false): SignedInBrowser => ({
  id,
  isCurrent,
  userAgent,
  address: '192.0.2.1',
  createdAt: '2026-11-20T10:00:00Z',
  seenAt: '2026-11-22T10:00:00Z',
});
const chromeOnWindows =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const safariOnPhone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

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

describe('a person’s own name', () => {
  it('is changed in a window that starts with the present one', async () => {
    hub.answer('PATCH /api/profile', { body: { ...ada, name: 'Ada Lovelace' } });
    renderPage(<ProfileCard person={ada} onSignOut={() => undefined} />);
    await userEvent.click(screen.getByRole('button', { name: 'Change your name' }));
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Your name' });
    expect(field.value).toBe('Ada');
    await userEvent.type(field, ' Lovelace{Enter}');
    await expect.poll(() => hub.sent('PATCH', '/api/profile')).toEqual([{ name: 'Ada Lovelace' }]);
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
  });
});

describe('a person’s own password', () => {
  const fill = async (current: string, next: string) => {
    renderPage(
      <>
        <PasswordCard person={ada} />
        <Toaster />
      </>,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Change password' }));
    await userEvent.type(await screen.findByLabelText('Current password'), current);
    await userEvent.type(screen.getByLabelText('New password'), `${next}{Enter}`);
  };

  it('is changed with the current one, and that is said', async () => {
    hub.answer('POST /api/profile/password', { status: 204 });
    await fill('the old sentence', 'quite another sentence');
    expect(await screen.findByText('Your password is changed')).toBeTruthy();
    expect(hub.sent('POST', '/api/profile/password')).toEqual([
      { currentPassword: 'the old sentence', newPassword: 'quite another sentence' },
    ]);
  });

  it('is not sent when the new one is short; a wrong current one is told at its field in the page’s words', async () => {
    const errors = [{ path: 'body.currentPassword', message: 'Words of the hub.' }];
    const refusal = { ...problem(400, 'validation_failed', 'Wrong.'), errors };
    hub.answer('POST /api/profile/password', { status: 400, body: refusal });
    await fill('a guess', 'short');
    expect(await screen.findByText('At least 10 characters.')).toBeTruthy();
    expect(hub.sent('POST', '/api/profile/password')).toEqual([]);
    await userEvent.type(screen.getByLabelText('New password'), ' but longer now{Enter}');
    expect(await screen.findByText('That is not your current password.')).toBeTruthy();
    expect(screen.getByLabelText('Current password').getAttribute('aria-invalid')).toBe('true');
  });
});

describe('the browsers in which a person is signed in', () => {
  const two = [browser('s2', safariOnPhone), browser('s1', chromeOnWindows, true)];

  it('are named as people would, this one cannot be ended here, another can', async () => {
    hub.answer('GET /api/sessions', { body: { items: two } });
    hub.answer('DELETE /api/sessions/s2', { status: 204 });
    renderPage(<BrowserList />);
    const list = await screen.findByRole('list', { name: 'Where you are signed in' });
    const [phone, here] = within(list).getAllByRole('listitem');
    expect(phone?.textContent).toContain('Safari on iPhone');
    expect(here?.textContent).toContain('Chrome on Windows');
    expect(here?.textContent).toContain('this browser');
    expect(within(list).getAllByRole('button')).toHaveLength(1);
    hub.answer('GET /api/sessions', { body: { items: two.slice(1) } });
    await userEvent.click(within(list).getByRole('button', { name: 'Sign out of Safari on iPhone' }));
    await expect.poll(() => within(list).getAllByRole('listitem')).toHaveLength(1);
    expect(screen.queryByRole('button', { name: 'Sign out everywhere else' })).toBeNull();
  });

  it('are all ended at once but for this one', async () => {
    hub.answer('GET /api/sessions', { body: { items: two } });
    hub.answer('DELETE /api/sessions', { status: 204 });
    renderPage(<BrowserList />);
    await userEvent.click(await screen.findByRole('button', { name: 'Sign out everywhere else' }));
    await expect.poll(() => hub.sent('DELETE', '/api/sessions')).toHaveLength(1);
  });

  it.each([
    ['curl/8.5.0', { browser: null, system: null }],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', { browser: 'Firefox', system: 'Linux' }],
    [`${chromeOnWindows} Edg/140.0.0.0`, { browser: 'Edge', system: 'Windows' }],
  ])('%s is read', (userAgent, name) => {
    expect(toBrowserName(userAgent)).toEqual(name);
  });
});

describe('a link to a new password', () => {
  it('is made for another person and shown once', async () => {
    hub.answer('GET /api/people', { body: { items: [ada, grace], nextCursor: null } });
    hub.answer('POST /api/people/p2/password-reset', {
      status: 201,
      body: { name: 'Grace', email: grace.email, expiresAt: '2026-11-25T00:00:00Z', token: 'one-time' },
    });
    renderPage(<PeopleList self={ada} toResetAddress={(token) => `/new-password/${token}`} />);
    await userEvent.click(await screen.findByRole('button', { name: 'New password for Grace' }));
    expect(screen.queryByRole('button', { name: 'New password for Ada' })).toBeNull();
    await userEvent.click(await screen.findByRole('button', { name: 'Make the link' }));
    expect(await screen.findByText(`${hub.url}/new-password/one-time`)).toBeTruthy();
    await userEvent.keyboard('{Escape}');
    expect(screen.getByRole('dialog')).toBeTruthy();
  });

  it('sets the password of the person it names', async () => {
    const done: SessionState[] = [];
    const reset = { name: 'Grace', email: grace.email, expiresAt: '2026-11-25T00:00:00Z' };
    hub.answer('GET /api/password-resets/open/one-time', { body: reset });
    hub.answer('POST /api/password-resets/accept', { body: session });
    renderPage(<ResetPassword token="one-time" onDone={(state) => done.push(state)} />);
    expect((await screen.findByRole<HTMLInputElement>('textbox', { name: 'E-mail' })).value).toBe(grace.email);
    await userEvent.type(screen.getByLabelText('New password'), 'quite another sentence{Enter}');
    await expect.poll(() => done).toEqual([session]);
    expect(hub.sent('POST', '/api/password-resets/accept')).toEqual([
      { token: 'one-time', password: 'quite another sentence' },
    ]);
  });
});

describe('the page as an app', () => {
  it('is offered where the browser can install it, once', async () => {
    keepInstallOffer();
    renderPage(<InstallCard />);
    expect(screen.queryByRole('button')).toBeNull();
    let asked = 0;
    const event = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), {
      prompt: async () => void (asked += 1),
    });
    act(() => void window.dispatchEvent(event));
    expect(event.defaultPrevented).toBe(true);
    await userEvent.click(await screen.findByRole('button', { name: 'Install' }));
    expect(asked).toBe(1);
    expect(screen.queryByRole('button')).toBeNull();
  });
});
