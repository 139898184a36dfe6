import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { noCredential, type ToolsetTool, type ToolsetWithTools } from '#server/contract/toolset.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { sampleTool, sampleToolset } from '#test/support/sample-toolset.ts';
import { problem, type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { SignInReturn } from '#web/features/toolsets/components/sign-in-return.tsx';
import { ToolsetView } from '#web/features/toolsets/components/toolset-view.tsx';
import { Toaster } from '#web/ui/toaster.tsx';

let hub: ScriptedHub;
let left: string[];
const paths = {
  list: '/elsewhere',
  one: () => '/elsewhere',
  signedIn: '/toolsets/signed-in',
  leave: (address: string) => void left.push(address),
};
const feed = sampleToolset;
const open = (name: RegExp | string) => userEvent.click(screen.getByRole('button', { name }));
const dialogOf = async (name: RegExp | string) => within(await screen.findByRole('dialog', { name }));
const paste = async (field: HTMLElement, text: string) => {
  await userEvent.clear(field);
  await userEvent.click(field);
  await userEvent.paste(text);
};

beforeAll(async () => {
  // Without it, which happy-dom lacks, the form takes every list for one that was changed before it was there.
  Object.defineProperty(HTMLSelectElement.prototype, 'size', { value: 0, configurable: true });
  startTexts();
});
beforeEach(async () => {
  left = [];
  sessionStorage.clear();
  hub = await startScriptedHub();
  openAddress(hub.url);
  hub.answer('GET /api/toolsets/t1', { body: feed });
});
afterEach(async () => {
  cleanup();
  await closePage();
  await hub.close();
});

describe('a toolset', () => {
  const patches = () => hub.sent('PATCH', '/api/toolsets/t1');
  const openToolset = async (toolset: ToolsetWithTools = feed) => {
    hub.answer('GET /api/toolsets/t1', { body: toolset });
    hub.answer('PATCH /api/toolsets/t1', ({ body }) => {
      const enabled = (body as { enabled?: string[] }).enabled;
      const isOn = ({ name, isEnabled }: ToolsetTool) => enabled?.includes(name) ?? isEnabled;
      return { body: { ...toolset, tools: toolset.tools.map((each) => ({ ...each, isEnabled: isOn(each) })) } };
    });
    renderPage(
      <>
        <ToolsetView id="t1" paths={paths} />
        <Toaster />
      </>,
    );
    await screen.findByRole('heading', { level: 1, name: toolset.name });
  };
  const switchOf = (name: string) => screen.getByRole<HTMLInputElement>('switch', { name });

  it('shows how its service is reached, never the secret, and what was left out', async () => {
    await openToolset();
    expect(screen.getByText('API key “apikey” (query)')).toBeTruthy();
    expect(screen.getByText('https://api.example.org/v1')).toBeTruthy();
    await userEvent.click(screen.getByText('1 tool was left out'));
    expect(screen.getByText('This method cannot be called.')).toBeTruthy();
    expect(screen.getByText('POST /alerts')).toBeTruthy();
  });

  it('lets agents have the tools that are turned on, sent together a moment later', async () => {
    await openToolset();
    act(() => ['set alert', 'get price'].forEach((name) => switchOf(name).click()));
    expect([switchOf('set alert').checked, switchOf('get price').checked]).toEqual([true, false]);
    await waitFor(() => expect(patches()).toEqual([{ enabled: ['set_alert'] }]));
    await userEvent.click(screen.getByRole('button', { name: 'Allow all' }));
    await waitFor(() => expect(patches().at(-1)).toEqual({ enabled: ['set_alert', 'get_price'] }));
    expect(switchOf('get price').checked).toBe(true);
  });

  it('sends a choice at once when the page is left', async () => {
    await openToolset();
    act(() => switchOf('set alert').click());
    window.dispatchEvent(new Event('pagehide'));
    await waitFor(() => expect(patches()).toEqual([{ enabled: ['get_price', 'set_alert'] }]), { timeout: 300 });
  });

  it('takes a choice back that the hub refuses, and says so', async () => {
    await openToolset();
    hub.answer('PATCH /api/toolsets/t1', { status: 403, body: problem(403, 'forbidden', 'You may not.') });
    await userEvent.click(switchOf('set alert'));
    expect(await screen.findByText('You may not.')).toBeTruthy();
    await waitFor(() => expect(switchOf('set alert').checked).toBe(false));
  });

  it('of a thousand tools shows a part, finds any, and turns on all that are found', async () => {
    const tools = Array.from({ length: 1000 }, (_each, index) => sampleTool(`tool_${index}`, { isEnabled: false }));
    await openToolset({ ...feed, tools, toolCount: 1000, enabledCount: 0 });
    expect(screen.getByText('No tool is allowed yet')).toBeTruthy();
    expect(screen.getAllByRole('switch')).toHaveLength(100);
    await userEvent.type(screen.getByRole('searchbox', { name: 'Search its tools' }), 'tool_99');
    await waitFor(() => expect(screen.getAllByRole('switch')).toHaveLength(11));
    await userEvent.click(screen.getByRole('button', { name: 'Allow all' }));
    await waitFor(() => expect((patches().at(-1) as { enabled: string[] }).enabled).toHaveLength(11));
  });

  it('is tried tool by tool, once agents may use it', async () => {
    await openToolset();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Try it: set alert' }).disabled).toBe(true);
    await open('Try it: get price');
    expect((await dialogOf('Try “get price”')).getByText('This tool takes no input.')).toBeTruthy();
  });

  it('is loaded again, or says what is wrong', async () => {
    await openToolset();
    hub.answer('POST /api/toolsets/t1/load', { status: 502, body: problem(502, 'unavailable', 'It is down.') });
    await open('Load again');
    expect((await screen.findByRole('alert')).textContent).toContain('It is down.');
    hub.answer('POST /api/toolsets/t1/load', { body: { ...feed, toolCount: 7 } });
    await open('Load again');
    expect(await screen.findByText('7 tools are loaded')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('that was pasted is loaded again from what is pasted anew', async () => {
    hub.answer('POST /api/toolsets/t1/load', { body: feed });
    await openToolset({ ...feed, sourceUrl: null });
    await open('Load again');
    const dialog = await dialogOf('Load again');
    await paste(dialog.getByRole('textbox', { name: 'Description' }), 'openapi: 3.1.1');
    await userEvent.click(dialog.getByRole('button', { name: 'Load' }));
    await waitFor(() => expect(hub.sent('POST', '/api/toolsets/t1/load')).toEqual([{ text: 'openapi: 3.1.1' }]));
  });

  it('gets another credential as a whole, and another name and server', async () => {
    await openToolset();
    await open('Replace the credential');
    const credential = await dialogOf('Replace the credential');
    expect(credential.getByLabelText<HTMLInputElement>('Key').value).toBe('');
    await userEvent.type(credential.getByLabelText('Key'), 'new');
    await userEvent.click(credential.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await open('Edit');
    const edit = await dialogOf('Change “Price feed”');
    await paste(edit.getByRole('textbox', { name: 'Server' }), 'https://b.example');
    await userEvent.click(edit.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(patches()).toEqual([
      { credential: { kind: 'api-key', in: 'query', name: 'apikey', value: 'new' } },
      { name: 'Price feed', serverUrl: 'https://b.example' },
    ]);
  });

  it('has what its description says of signing in filled in, and another way where that is wanted', async () => {
    const known = { ...noCredential, scheme: 'admin', scopes: [] };
    await openToolset({
      ...feed,
      credential: noCredential,
      credentialHints: [
        { ...known, kind: 'api-key', in: 'header', name: 'X-Admin' },
        { ...known, scheme: 'visit', kind: 'client-credentials', tokenUrl: 'https://id.test/token', scopes: ['read'] },
      ],
    });
    expect(screen.getByText(/names these ways to sign in: API key “X-Admin” \(header\), or OAuth/)).toBeTruthy();
    await open('Add a credential');
    const dialog = await dialogOf('Add a credential');
    const textOf = (name: RegExp) => dialog.getByLabelText<HTMLInputElement>(name).value;
    expect(textOf(/^Name of the key/)).toBe('X-Admin');
    const ways = dialog.getByRole('combobox', { name: /^As the description says/ });
    await userEvent.selectOptions(ways, dialog.getByRole('option', { name: /visit$/ }));
    expect(textOf(/^Token address/)).toBe('https://id.test/token');
    expect(dialog.getByText(/The description names: read/)).toBeTruthy();
    await userEvent.selectOptions(ways, dialog.getByRole('option', { name: /X-Admin/ }));
    await userEvent.type(dialog.getByLabelText('Key'), 'new');
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(patches()).toEqual([{ credential: { kind: 'api-key', in: 'header', name: 'X-Admin', value: 'new' } }]),
    );
  });

  it('is deleted when the offer to have it back ends', async () => {
    hub.answer('DELETE /api/toolsets/t1', { status: 204 });
    await openToolset();
    await open('Delete');
    expect(await screen.findByText('Elsewhere')).toBeTruthy();
    expect(hub.sent('DELETE', '/api/toolsets/t1')).toHaveLength(0);
    window.dispatchEvent(new Event('pagehide'));
    await waitFor(() => expect(hub.sent('DELETE', '/api/toolsets/t1')).toHaveLength(1));
  });
});

describe('a sign-in', () => {
  const signInNeeded = { ...feed, needsSignIn: true, tools: [] };

  it('goes where the hub says, but to no address that is not of the web', async () => {
    hub.answer('GET /api/toolsets/t1', { body: signInNeeded });
    hub.answer('POST /api/toolsets/t1/sign-in', { body: { url: 'javascript:alert(1)' } });
    renderPage(
      <>
        <ToolsetView id="t1" paths={paths} />
        <Toaster />
      </>,
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Sign in' }));
    expect(await screen.findByText('This page has a fault')).toBeTruthy();
    hub.answer('POST /api/toolsets/t1/sign-in', { body: { url: 'https://login.example/authorize' } });
    await open('Sign in');
    await waitFor(() => expect(left).toEqual(['https://login.example/authorize']));
  });

  it('ends with what the service sent, once, and leaves no code in the address', async () => {
    hub.answer('POST /api/toolset-sign-ins', { body: feed });
    openAddress(`${hub.url}/?state=s1&code=secret&iss=https%3A%2F%2Flogin.example&session_state=x`);
    renderPage(<SignInReturn paths={paths} />);
    await waitFor(() => expect(window.location.search).toBe(''));
    expect(await screen.findByText('Elsewhere')).toBeTruthy();
    expect(hub.sent('POST', '/api/toolset-sign-ins')).toEqual([
      { state: 's1', code: 'secret', iss: 'https://login.example' },
    ]);
  });

  it('that fails says why, and is begun again for the same toolset', async () => {
    sessionStorage.setItem('atrium.toolset-sign-in', 't1');
    hub.answer('POST /api/toolset-sign-ins', { status: 409, body: problem(409, 'conflict', 'It was refused.') });
    hub.answer('POST /api/toolsets/t1/sign-in', { body: { url: 'https://login.example/authorize' } });
    openAddress(`${hub.url}/?state=s1&error=access_denied`);
    renderPage(<SignInReturn paths={paths} />);
    expect((await screen.findByRole('alert')).textContent).toContain('It was refused.');
    expect(window.location.search).toBe('');
    await open('Begin again');
    await waitFor(() => expect(left).toEqual(['https://login.example/authorize']));
  });

  it('that nobody began leads to the toolsets', async () => {
    renderPage(<SignInReturn paths={paths} />);
    expect(await screen.findByText('There is no sign-in to finish')).toBeTruthy();
    await userEvent.click(screen.getByRole('link', { name: 'To the toolsets' }));
    expect(await screen.findByText('Elsewhere')).toBeTruthy();
    expect(hub.sent('POST', '/api/toolset-sign-ins')).toEqual([]);
  });
});
