import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Toolset, ToolsetPreset, ToolsetTool, ToolsetWithTools } from '#server/contract/toolset.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { problem, type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { SignInReturn } from '#web/features/toolsets/components/sign-in-return.tsx';
import { ToolsetList } from '#web/features/toolsets/components/toolset-list.tsx';
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
const noCredential: Toolset['credential'] = {
  kind: 'none',
  in: null,
  name: null,
  username: null,
  authorizationUrl: null,
  tokenUrl: null,
  clientId: null,
  scope: null,
};
const preset: ToolsetPreset = {
  id: 'dune',
  name: 'Dune',
  kind: 'mcp',
  url: 'https://api.dune.example/mcp',
  command: null,
  description: { en: 'Tables and queries.', zh: '数据表。' },
  credential: { kind: 'api-key', in: 'header', name: 'x-dune-key' },
  helpUrl: 'https://docs.dune.example',
};
const command: ToolsetPreset = {
  ...preset,
  id: 'files',
  name: 'files',
  url: null,
  command: 'files',
  credential: { kind: 'none', in: null, name: null },
};
const tool = (name: string, parts: Partial<ToolsetTool> = {}): ToolsetTool => ({
  id: `feed/${name}`,
  name,
  title: name.replaceAll('_', ' '),
  description: `Does ${name}.`,
  effect: 'read',
  isEnabled: true,
  operation: `GET /${name}`,
  inputSchema: { type: 'object', properties: {} },
  ...parts,
});
const feed: ToolsetWithTools = {
  id: 't1',
  slug: 'feed',
  name: 'Price feed',
  kind: 'openapi',
  description: 'Prices of tokens.',
  sourceUrl: 'https://api.example.org/openapi.json',
  serverUrl: 'https://api.example.org/v1',
  credential: { ...noCredential, kind: 'api-key', in: 'query', name: 'apikey' },
  needsSignIn: false,
  toolCount: 2,
  enabledCount: 1,
  skipped: [{ operation: 'TRACE /x', reason: 'This method cannot be called.' }],
  problem: null,
  loadedAt: '2026-11-20T10:00:00Z',
  createdAt: '2026-11-20T10:00:00Z',
  updatedAt: '2026-11-20T10:00:00Z',
  tools: [tool('get_price'), tool('set_alert', { effect: 'write', isEnabled: false, operation: 'POST /alerts' })],
};
const { tools: _, ...listed } = feed;
const offered = () => hub.answer('GET /api/toolset-presets', { body: { items: [preset, command] } });
const list = (items: Toolset[]) => hub.answer('GET /api/toolsets', { body: { items, nextCursor: null } });
const created = () => hub.sent('POST', '/api/toolsets');
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
  await startTexts();
});
beforeEach(async () => {
  left = [];
  sessionStorage.clear();
  hub = await startScriptedHub();
  openAddress(hub.url);
  list([]);
  offered();
  hub.answer('GET /api/toolsets/t1', { body: feed });
  hub.answer('POST /api/toolsets', { status: 201, body: feed });
});
afterEach(async () => {
  cleanup();
  await closePage();
  await hub.close();
});

describe('the list of toolsets', () => {
  it('teaches where there is none, and a known service is a press away', async () => {
    renderPage(<ToolsetList paths={paths} />);
    expect(await screen.findByRole('heading', { name: 'OpenAPI description' })).toBeTruthy();
    await userEvent.click(await screen.findByRole('button', { name: /^Dune/ }));
    const dialog = await dialogOf('Connect Dune');
    expect(dialog.getByRole('link', { name: 'Where to get one' }).getAttribute('href')).toBe(preset.helpUrl);
    await userEvent.click(dialog.getByRole('button', { name: 'Connect' }));
    expect(await dialog.findByText('This is needed.')).toBeTruthy();
    await userEvent.type(dialog.getByLabelText('Key'), 'secret 1');
    await userEvent.click(dialog.getByRole('button', { name: 'Connect' }));
    expect(await screen.findByText('Elsewhere')).toBeTruthy();
    const credential = { kind: 'api-key', in: 'header', name: 'x-dune-key', value: 'secret 1' };
    expect(created()).toEqual([{ kind: 'mcp', name: 'Dune', url: preset.url, credential }]);
  });

  it('shows what each is and what is wrong with it', async () => {
    list([{ ...listed, needsSignIn: true, problem: 'The server did not answer.' }]);
    renderPage(<ToolsetList paths={paths} />);
    const row = (await screen.findByRole('link', { name: 'Price feed' })).closest('li')?.textContent;
    for (const text of ['OpenAPI', '1 of 2 tools', 'Needs a sign-in', 'The server did not answer.'])
      expect(row).toContain(text);
  });
});

describe('an import', () => {
  const openImport = async () => {
    renderPage(<ToolsetList paths={paths} />);
    await screen.findByRole('heading', { name: 'MCP server' });
    await open('Import OpenAPI');
    return dialogOf('Import an OpenAPI description');
  };

  it('by address needs one, and sends only what is given', async () => {
    const dialog = await openImport();
    await userEvent.click(dialog.getByRole('button', { name: 'Import' }));
    expect(await dialog.findByText(/^Enter an address/)).toBeTruthy();
    expect(created()).toEqual([]);
    await paste(
      dialog.getByRole('textbox', { name: 'Address of the description' }),
      ' https://a.example/openapi.json ',
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Import' }));
    expect(await screen.findByText('Elsewhere')).toBeTruthy();
    expect(created()).toEqual([
      { kind: 'openapi', url: 'https://a.example/openapi.json', credential: { kind: 'none' } },
    ]);
  });

  it('of a file sends its text, with a credential of the chosen kind alone', async () => {
    const dialog = await openImport();
    await userEvent.click(dialog.getByRole('radio', { name: 'File' }));
    await userEvent.click(dialog.getByRole('button', { name: 'Import' }));
    expect(await dialog.findByText('This is needed.')).toBeTruthy();
    await userEvent.upload(dialog.getByLabelText('File of the description'), new File(['openapi: 3.1.0'], 'a.yaml'));
    const kind = dialog.getByRole('combobox', { name: 'How it is told who asks' });
    await userEvent.selectOptions(kind, 'bearer');
    await userEvent.type(dialog.getByLabelText('Token'), 'old');
    await userEvent.selectOptions(kind, 'basic');
    await userEvent.type(dialog.getByRole('textbox', { name: 'User name' }), 'ada');
    await userEvent.type(dialog.getByLabelText(/^Password/), 'pass');
    await userEvent.click(dialog.getByRole('button', { name: 'Import' }));
    expect(await screen.findByText('Elsewhere')).toBeTruthy();
    const credential = { kind: 'basic', username: 'ada', password: 'pass' };
    expect(created()).toEqual([{ kind: 'openapi', text: 'openapi: 3.1.0', credential }]);
  });

  it('that is refused says why at the right field, also deep inside', async () => {
    const errors = [
      { path: 'body.serverUrl', message: 'Write where its operations are to be sent.' },
      { path: 'body.text', message: 'This is not OpenAPI.' },
      { path: 'body.credential.tokenUrl', message: 'This address may not be reached.' },
    ];
    hub.answer('POST /api/toolsets', { status: 400, body: { ...problem(400, 'validation_failed', 'No.'), errors } });
    const dialog = await openImport();
    await paste(dialog.getByRole('textbox', { name: 'Address of the description' }), 'https://a.example/openapi.json');
    await userEvent.selectOptions(dialog.getByRole('combobox', { name: /^How/ }), 'client-credentials');
    await userEvent.type(dialog.getByRole('textbox', { name: /^Token address/ }), 'https://a.example/token');
    await userEvent.type(dialog.getByRole('textbox', { name: 'Client ID' }), 'me');
    await userEvent.type(dialog.getByLabelText('Client secret'), 's');
    await userEvent.click(dialog.getByRole('button', { name: 'Import' }));
    await dialog.findByText('This is not OpenAPI.');
    const fieldOf = (message: string) => dialog.getByText(message).parentElement?.querySelector('label')?.textContent;
    expect(errors.map(({ message }) => fieldOf(message))).toEqual([
      'Server · optional',
      'Address of the description',
      'Token address (token URL)',
    ]);
    expect(dialog.queryByRole('alert')).toBeNull();
  });

  it('can be stopped while it is under way, and what was written stays', async () => {
    let isLeft = false;
    hub.answer('POST /api/toolsets', (_request, response) => {
      response.on('close', () => (isLeft = true));
      return null;
    });
    const dialog = await openImport();
    const address = dialog.getByRole<HTMLInputElement>('textbox', { name: 'Address of the description' });
    await paste(address, 'https://a.example/openapi.json');
    await userEvent.click(dialog.getByRole('button', { name: 'Import' }));
    expect(await dialog.findByRole('progressbar', { name: 'Reading the description …' })).toBeTruthy();
    await userEvent.click(dialog.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(dialog.queryByRole('progressbar')).toBeNull());
    await waitFor(() => expect(isLeft).toBe(true));
    expect(dialog.queryByRole('alert')).toBeNull();
    expect(address.value).toBe('https://a.example/openapi.json');
  });
});

describe('an MCP server', () => {
  const openConnect = async (name: RegExp) => {
    renderPage(<ToolsetList paths={paths} />);
    await screen.findByRole('heading', { name: 'MCP server' });
    await open('Connect MCP server');
    const dialog = await dialogOf('Connect an MCP server');
    await userEvent.click(await dialog.findByRole('button', { name }));
    return within(await screen.findByRole('dialog'));
  };

  it('of any address is connected with a sign-in that it tells itself', async () => {
    const dialog = await openConnect(/^Another server/);
    await paste(dialog.getByRole('textbox', { name: 'Address of the server' }), 'https://mcp.example/mcp');
    await userEvent.selectOptions(dialog.getByRole('combobox', { name: /^How/ }), 'authorization-code');
    expect(dialog.getByText(`${hub.url}/toolsets/signed-in`)).toBeTruthy();
    await userEvent.click(dialog.getByRole('button', { name: 'Connect, then sign in' }));
    expect(await screen.findByText('Elsewhere')).toBeTruthy();
    expect(created()).toEqual([
      { kind: 'mcp', url: 'https://mcp.example/mcp', credential: { kind: 'authorization-code', scope: '' } },
    ]);
  });

  it('that the operator allows as a command needs neither address nor credential', async () => {
    const dialog = await openConnect(/^files/);
    expect(dialog.queryByRole('textbox', { name: 'Address of the server' })).toBeNull();
    await userEvent.click(dialog.getByRole('button', { name: 'Connect' }));
    expect(await screen.findByText('Elsewhere')).toBeTruthy();
    expect(created()).toEqual([{ kind: 'mcp', name: 'files', command: 'files', credential: { kind: 'none' } }]);
  });
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
    await userEvent.click(screen.getByText('1 operation was left out'));
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
    const tools = Array.from({ length: 1000 }, (_each, index) => tool(`tool_${index}`, { isEnabled: false }));
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
