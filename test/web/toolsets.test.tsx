import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Toolset, ToolsetPreset } from '#server/contract/toolset.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { sampleToolset } from '#test/support/sample-toolset.ts';
import { problem, type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { ToolsetList } from '#web/features/toolsets/components/toolset-list.tsx';

let hub: ScriptedHub;
const paths = {
  list: '/elsewhere',
  one: () => '/elsewhere',
  signedIn: '/toolsets/signed-in',
  leave: () => undefined,
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
const feed = sampleToolset;
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
  startTexts();
});
beforeEach(async () => {
  hub = await startScriptedHub();
  openAddress(hub.url);
  list([]);
  offered();
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
    list([
      { ...listed, needsSignIn: true, problemWords: { en: 'The server did not answer.', zh: '服务器没有响应。' } },
    ]);
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
