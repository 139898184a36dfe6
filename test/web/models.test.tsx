import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Connection, ModelList as Models } from '#server/contract/model.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { sampleAgent } from '#test/support/sample-agent.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { ModelDialog } from '#web/features/conversations/components/model-dialog.tsx';
import { ConnectionList } from '#web/features/models/components/connection-list.tsx';
import { ModelList } from '#web/features/models/components/model-list.tsx';
import { PriceList } from '#web/features/models/components/price-list.tsx';

let hub: ScriptedHub;
const free = { inputUsd: 0, outputUsd: 0, cachedInputUsd: 0, unit: 'tokens' as const, longPrompt: null };
const unknown = { inputUsd: null, outputUsd: null, cachedInputUsd: null, unit: 'tokens' as const, longPrompt: null };
const planner: Models['items'][number] = {
  reference: 'offline/planner',
  name: 'Planner',
  provider: 'Offline planner',
  kind: 'planner',
  personal: false,
  price: free,
  isDefault: true,
  seesImages: true,
  usesTools: null,
  writesJson: null,
  reasons: null,
  contextTokens: 400_000,
};
const models = (items = [planner]): Models => ({
  items,
  defaultModel: 'offline/planner',
  imageModel: null,
  problems: [],
});
const stored: Connection = {
  id: 'c1',
  name: 'Ollama',
  personal: false,
  provider: 'openai',
  baseUrl: 'http://127.0.0.1:11434/v1',
  api: 'chat',
  origin: 'stored',
  hasKey: false,
  maximumConcurrentCalls: null,
  createdAt: null,
};

beforeAll(startTexts);
beforeEach(async () => {
  hub = await startScriptedHub();
  openAddress(hub.url);
  hub.answer('GET /api/models', { body: models() });
  hub.answer('GET /api/connections', { body: { items: [stored] } });
});
afterEach(async () => {
  cleanup();
  await closePage();
  await hub.close();
});

it('a hub with only the planner says what that is, and a price that nobody knows is not zero', async () => {
  const { unmount } = renderPage(<ModelList canAdminister />);
  expect(await screen.findByText('Offline planner: no language model connected')).toBeTruthy();
  unmount();
  const qwen = { ...planner, reference: 'c1/qwen3', name: 'qwen3', kind: 'language-model' as const, price: unknown };
  hub.answer('GET /api/models', { body: models([planner, qwen]) });
  renderPage(<ModelList canAdminister={false} />);
  const row = (await screen.findByRole('rowheader', { name: /qwen3/ })).closest('[role=row]');
  expect(row?.textContent?.match(/unknown/g)).toHaveLength(2);
  expect(screen.queryByText('Offline planner: no language model connected')).toBeNull();
  expect(screen.queryByRole('combobox', { name: 'Default model' })).toBeNull();
});

it('another’s agent is offered the hub’s models only, for one’s own would be refused', async () => {
  const own = { ...planner, reference: 'c1/qwen3', name: 'qwen3', personal: true };
  hub.answer('GET /api/models', { body: models([planner, own]) });
  const agent = sampleAgent();
  const others = { ...agent, can: { ...agent.can, useOwnModels: false } };
  const dialog = { answering: null, open: true, onClose: () => undefined, onChoose: () => undefined };
  const { unmount } = renderPage(<ModelDialog {...dialog} agent={agent} />);
  expect(await screen.findByRole('button', { name: /^qwen3/ })).toBeTruthy();
  unmount();
  renderPage(<ModelDialog {...dialog} agent={others} />);
  expect(await screen.findByRole('button', { name: /^Planner/ })).toBeTruthy();
  expect(screen.queryByRole('button', { name: /^qwen3/ })).toBeNull();
});

it('a local model server is connected from its preset, without a key', async () => {
  hub.answer('POST /api/connections', { status: 201, body: { ...stored, name: 'LM Studio' } });
  renderPage(<ConnectionList personal={false} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Add a connection' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Add a connection' }));
  await userEvent.click(dialog.getByRole('button', { name: /LM Studio/ }));
  await userEvent.click(dialog.getByRole('button', { name: 'Connect' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(hub.sent('POST', '/api/connections')).toEqual([
    {
      name: 'LM Studio',
      provider: 'openai',
      personal: false,
      baseUrl: 'http://127.0.0.1:1234/v1',
      api: 'chat',
      maximumConcurrentCalls: null,
    },
  ]);
});

it('a person sees and adds their own apart from the hub’s, of services that are not on the hub’s machine', async () => {
  const own = { ...stored, id: 'groq-1', name: 'My Groq', personal: true };
  hub.answer('GET /api/connections', { body: { items: [own, stored] } });
  hub.answer('POST /api/connections', { status: 201, body: own });
  renderPage(<ConnectionList personal />);
  const card = within(await screen.findByRole('region', { name: 'Your connections' }));
  expect((await card.findAllByRole('listitem')).map((item) => within(item).getByRole('heading').textContent)).toEqual([
    'My Groq',
  ]);
  await userEvent.click(card.getByRole('button', { name: 'Connect your own' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Add a connection' }));
  expect(dialog.queryByRole('button', { name: /Ollama/ })).toBeNull();
  await userEvent.click(dialog.getByRole('button', { name: /Groq/ }));
  await userEvent.type(dialog.getByLabelText(/^API key/), 'gsk-mine');
  await userEvent.click(dialog.getByRole('button', { name: 'Connect' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(hub.sent('POST', '/api/connections')).toMatchObject([{ name: 'Groq', personal: true, apiKey: 'gsk-mine' }]);
});

it('a model of one’s own is marked, and is never the hub’s default', async () => {
  const own = { ...planner, reference: 'groq-1/llama', name: 'llama', provider: 'My Groq', personal: true };
  const items = [
    { ...own, kind: 'language-model' as const },
    { ...planner, isDefault: false },
  ];
  hub.answer('GET /api/models', { body: { ...models(items), defaultModel: own.reference } });
  renderPage(<ModelList canAdminister />);
  expect((await screen.findByRole('rowheader', { name: /llama/ })).textContent).toContain('yours');
  const choice = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Default model' });
  expect([choice.value, [...choice.options].map(({ value }) => value)]).toEqual(['', ['offline/planner', '']]);
});

it('only an address of nobody’s is asked about: whether it leads to OpenAI', async () => {
  const gateway = { ...stored, name: 'Gateway', baseUrl: 'https://gateway.example/v1', api: 'responses' as const };
  hub.answer('GET /api/connections', { body: { items: [gateway] } });
  hub.answer('POST /api/connections', { status: 201, body: gateway });
  hub.answer('PATCH /api/connections/c1', { body: gateway });
  renderPage(<ConnectionList personal={false} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Add a connection' }));
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.click(dialog.getByRole('button', { name: /Another/ }));
  const question = { name: 'It leads to OpenAI’s own models' };
  await userEvent.type(dialog.getByRole('textbox', { name: 'Name' }), 'Gateway');
  const address = dialog.getByRole('textbox', { name: 'Base address' });
  for (const known of ['https://eu.api.openai.com/v1', 'https://api.groq.com/openai/v1']) {
    await userEvent.clear(address);
    await userEvent.paste(known);
    expect(dialog.queryByRole('checkbox', question)).toBeNull();
  }
  await userEvent.clear(address);
  await userEvent.paste(gateway.baseUrl);
  await userEvent.click(dialog.getByRole('checkbox', question));
  await userEvent.click(dialog.getByRole('button', { name: 'Connect' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(hub.sent('POST', '/api/connections')).toMatchObject([{ baseUrl: gateway.baseUrl, api: 'responses' }]);

  await userEvent.click(screen.getByRole('button', { name: 'Change Gateway' }));
  const change = within(await screen.findByRole('dialog'));
  await userEvent.click(change.getByRole('checkbox', question));
  await userEvent.click(change.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(hub.sent('PATCH', '/api/connections/c1')).toMatchObject([{ api: 'chat' }]);
});

it('another server needs its address', async () => {
  renderPage(<ConnectionList personal={false} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Add a connection' }));
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.click(dialog.getByRole('button', { name: /Another/ }));
  await userEvent.type(dialog.getByRole('textbox', { name: 'Name' }), 'Mine');
  await userEvent.click(dialog.getByRole('button', { name: 'Connect' }));
  expect(await dialog.findByText('Enter an address that begins with http:// or https://.')).toBeTruthy();
  expect(hub.sent('POST', '/api/connections')).toEqual([]);
});

it('a test says which models it found, or why it does not work', async () => {
  hub.answer('POST /api/connections/c1/test', { body: { works: false, detail: 'Connection refused.', models: [] } });
  renderPage(<ConnectionList personal={false} />);
  const test = await screen.findByRole('button', { name: 'Test' });
  await userEvent.click(test);
  expect((await screen.findByText('It does not work yet')).closest('[role=status]')?.textContent).toContain('refused');
  hub.answer('POST /api/connections/c1/test', { body: { works: true, detail: 'Fine.', models: ['qwen3:8b'] } });
  await userEvent.click(test);
  expect(await screen.findByText('It works: 1 model')).toBeTruthy();
  expect(screen.getByText('qwen3:8b')).toBeTruthy();
});

it('the price table says where a price counts, and what a long prompt costs', async () => {
  const longPrompt = { aboveTokens: 200_000, inputUsd: 4, outputUsd: 18, cachedInputUsd: null };
  const row = {
    model: 'gemini-9',
    inputUsd: 2,
    outputUsd: 12,
    cachedInputUsd: null,
    unit: 'tokens',
    longPrompt,
    edited: false,
  };
  hub.answer('GET /api/models/prices', { body: { items: [{ ...row, host: 'api.example.org' }] } });
  renderPage(<PriceList />);
  const shown = (await screen.findByRole('rowheader', { name: /gemini-9/ })).textContent;
  expect(shown).toContain('only at api.example.org');
  expect(shown).toContain('a prompt above 200,000 tokens: $4.00 in, $18.00 out');
});

it('a price is found by a part of the name', async () => {
  const row = { ...unknown, inputUsd: 1, outputUsd: 2, host: null, edited: false };
  hub.answer('GET /api/models/prices', { body: { items: ['gpt-9', 'qwen4*'].map((model) => ({ ...row, model })) } });
  renderPage(<PriceList />);
  const search = await screen.findByRole('searchbox', { name: 'Search prices' });
  expect(screen.getByText('2 prices')).toBeTruthy();
  await userEvent.type(search, 'QWEN');
  expect(screen.getByText('1 price')).toBeTruthy();
  expect(screen.queryByRole('rowheader', { name: /gpt-9/ })).toBeNull();
  await userEvent.type(search, 'x');
  expect(screen.getByText('0 prices')).toBeTruthy();
});

it('a price with an empty field is kept as unknown', async () => {
  const row = {
    model: 'qwen3*',
    inputUsd: 0.1,
    outputUsd: 0.2,
    cachedInputUsd: 0.05,
    unit: 'tokens',
    longPrompt: null,
    host: null,
    edited: false,
  };
  hub.answer('GET /api/models/prices', { body: { items: [row] } });
  hub.answer('PUT /api/models/prices', { status: 204 });
  renderPage(<PriceList />);
  await userEvent.click(await screen.findByRole('button', { name: 'Change the price of qwen3*' }));
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.clear(dialog.getByRole('textbox', { name: /^Cached input tokens/ }));
  await userEvent.clear(dialog.getByRole('textbox', { name: /^Output tokens/ }));
  await userEvent.type(dialog.getByRole('textbox', { name: /^Output tokens/ }), '0,25');
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(hub.sent('PUT', '/api/models/prices')).toEqual([
    { model: 'qwen3*', unit: 'tokens', inputUsd: 0.1, outputUsd: 0.25, cachedInputUsd: null },
  ]);
});

it('a price of sound is one amount by the minute or by characters', async () => {
  const row = { ...unknown, model: 'whisper-1', inputUsd: 0.006, unit: 'minutes', host: null, edited: false };
  hub.answer('GET /api/models/prices', { body: { items: [row] } });
  hub.answer('PUT /api/models/prices', { status: 204 });
  renderPage(<PriceList />);
  const shown = await screen.findByRole('row', { name: /whisper-1/ });
  expect(shown.textContent).toContain('$0.006 a minute');
  expect(shown.textContent).not.toContain('unknown');
  await userEvent.click(screen.getByRole('button', { name: 'Change the price of whisper-1' }));
  const dialog = within(await screen.findByRole('dialog'));
  const amount = dialog.getByRole<HTMLInputElement>('textbox', { name: /^US dollars a minute/ });
  expect(amount.value).toBe('0.006');
  expect(dialog.queryByRole('textbox', { name: /^Output tokens/ })).toBeNull();
  await userEvent.selectOptions(dialog.getByRole('combobox', { name: 'Counted in' }), 'Characters');
  await userEvent.clear(dialog.getByRole('textbox', { name: /^US dollars per million characters/ }));
  await userEvent.type(dialog.getByRole('textbox', { name: /^US dollars per million characters/ }), '15');
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  const sent = { model: 'whisper-1', unit: 'characters', inputUsd: 15, outputUsd: null, cachedInputUsd: null };
  expect(hub.sent('PUT', '/api/models/prices')).toEqual([sent]);
});
