import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Agent, UpdateDraftInput } from '#server/contract/agent.ts';
import { AgentTool } from '#server/contract/agent-definition.ts';
import type { ListedTool } from '#server/contract/tool.ts';
import { openInstructions } from '#test/support/instructions-field.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { sampleAgent } from '#test/support/sample-agent.ts';
import { problem, type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { AgentBuilder } from '#web/features/agents/components/agent-builder.tsx';

const draftPath = '/api/agents/agent-1/draft';
const price: ListedTool = {
  id: 'feed/get_price',
  title: { en: 'Get a price', zh: '查询价格' },
  description: { en: 'The price of a token.', zh: '代币的价格。' },
  category: 'connected',
  effect: 'read',
  toolset: { id: 't1', name: 'Price feed' },
  unavailable: null,
  inputSchema: {
    type: 'object',
    required: ['symbol'],
    properties: { symbol: { type: 'string' }, days: { type: 'integer', description: 'How far back' } },
  },
  outputSchema: {},
  isFavourite: false,
};

let hub: ScriptedHub;
let stored: Agent;

const openBuilder = (agent = stored) =>
  renderPage(
    <AgentBuilder
      agent={agent}
      paths={{
        chat: (handle) => `/chat/${handle}`,
        conversation: (handle, id) => `/chat/${handle}/${id}`,
        models: '/elsewhere',
        toolsets: '/elsewhere',
      }}
      renderTests={() => <p>Tests here</p>}
      renderDescribe={() => null}
      renderPublishGate={() => null}
      renderShare={() => null}
      renderPreview={(draft) => <p data-testid="preview">{draft.definition.instructions}</p>}
    />,
  );
const field = (name: string | RegExp) => screen.getByRole<HTMLInputElement>('textbox', { name });
const saved = () => screen.findByText('Saved');
const patches = () => hub.sent('PATCH', draftPath);

beforeAll(startTexts);
beforeEach(async () => {
  hub = await startScriptedHub();
  openAddress(hub.url);
  stored = sampleAgent({ instructions: 'Work out fees.' });
  hub.answer('GET /api/tools', { body: { items: [] } });
  hub.answer('GET /api/models', {
    body: { items: [], defaultModel: 'offline/planner', imageModel: null, problems: [] },
  });
  hub.answer('GET /api/agents/agent-1', () => ({ body: stored }));
  hub.answer(`PATCH ${draftPath}`, ({ headers, body }) => {
    if (headers['if-match'] !== `"${stored.draftRevision}"`) {
      return { status: 412, body: problem(412, 'precondition_failed', 'The draft has changed.') };
    }
    const definition = { ...stored.definition, ...(body as UpdateDraftInput) } as Agent['definition'];
    stored = { ...stored, definition, draftRevision: (stored.draftRevision ?? 0) + 1 };
    return { body: stored };
  });
});
afterEach(async () => {
  cleanup();
  await closePage();
  await hub.close();
});

describe('the builder', () => {
  it('saves what changed by itself, and hands the stored draft to the preview', async () => {
    openBuilder();
    (await openInstructions()).typeAtEnd(' Show steps.');
    await waitFor(() => expect(patches().at(-1)).toEqual({ instructions: 'Work out fees. Show steps.' }));
    await saved();
    expect(screen.getByTestId('preview').textContent).toBe('Work out fees. Show steps.');
  });

  it('offers each model with its price, its window and its abilities, by order and by ability', async () => {
    const model = {
      provider: 'Mine',
      kind: 'language-model',
      isDefault: false,
      seesImages: null,
      usesTools: null,
      writesJson: null,
      reasons: null,
      contextTokens: null,
    };
    const price = { inputUsd: 0.25, outputUsd: 2, cachedInputUsd: null, longPrompt: null };
    const items = [
      { ...model, reference: 'mine/other', name: 'other', price: { ...price, inputUsd: null } },
      {
        ...model,
        reference: 'mine/small',
        name: 'small',
        price,
        seesImages: true,
        usesTools: true,
        reasons: false,
        contextTokens: 400_000,
      },
    ];
    hub.answer('GET /api/models', { body: { items, defaultModel: 'mine/small', imageModel: null, problems: [] } });
    openBuilder();
    await userEvent.click(await screen.findByRole('button', { name: 'Add a model' }));
    const picker = within(await screen.findByRole('dialog', { name: 'Add a model' }));
    const offered = () =>
      within(picker.getByRole('list'))
        .getAllByRole('button')
        .map(({ textContent }) => textContent);
    const small = 'small Mine$0.25 in, $2.00 out · 400K token windowsees imagesuses toolsNot known: JSON output';
    const other = 'other Mineprice unknown · window unknownNot known: sees images, uses tools, JSON output, reasons';
    await waitFor(() => expect(offered()).toEqual([other, small]));
    await userEvent.selectOptions(picker.getByRole('combobox', { name: 'Order' }), 'Cheapest first');
    expect(offered()).toEqual([small, other]);
    await userEvent.selectOptions(picker.getByRole('combobox', { name: 'Order' }), 'By connection');
    await userEvent.click(picker.getByRole('button', { name: 'uses tools' }));
    expect(offered()).toEqual([small]);
    await userEvent.click(picker.getByRole('button', { name: /^small Mine/ }));
    const facts = 'Mine · $0.25 in, $2.00 out · 400K token window · sees images · uses tools';
    expect(await screen.findByText(facts)).toBeTruthy();
    await waitFor(() => expect(stored.definition.model.wishes).toEqual(['mine/small']));

    await userEvent.click(screen.getByRole('button', { name: 'Add a model' }));
    await userEvent.type(await screen.findByRole('textbox', { name: /^Another one/ }), 'far/away{Enter}');
    await waitFor(() => expect(stored.definition.model.wishes).toEqual(['mine/small', 'far/away']));
  });

  it('has the image model draw a picture, which is taken only when a person says so', async () => {
    const drawn = {
      isError: false,
      output: {},
      textForModel: '',
      sources: [],
      artifacts: [
        {
          kind: 'image',
          id: 'i1',
          title: 'x',
          file: 'whole',
          thumbnail: 'small',
          mediaType: 'image/png',
          width: 64,
          height: 64,
        },
      ],
      file: null,
      durationMs: 10,
      request: null,
    };
    const refused = {
      ...drawn,
      isError: true,
      output: { error: 'The image endpoint refused.', code: 'x' },
      artifacts: [],
    };
    const answers = [refused, drawn];
    hub.answer('GET /api/models', {
      body: { items: [], defaultModel: 'offline/planner', imageModel: 'mine/painter', problems: [] },
    });
    hub.answer('POST /api/tools/call', () => ({ body: answers.shift() }));
    openBuilder();
    await userEvent.click(await screen.findByRole('button', { name: 'Generate a picture' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Generate a picture' }));
    expect(dialog.getByText(/^mine\/painter draws it/)).toBeTruthy();
    expect(dialog.getByRole<HTMLTextAreaElement>('textbox').value).toContain('“Fee Clerk”: Works out fees');
    const use = () => dialog.getByRole<HTMLButtonElement>('button', { name: 'Use this picture' });
    await userEvent.click(dialog.getByRole('button', { name: 'Draw it' }));
    expect(await dialog.findByText('The image endpoint refused.')).toBeTruthy();
    expect(use().disabled).toBe(true);
    await userEvent.click(dialog.getByRole('button', { name: 'Draw it' }));
    const preview = await dialog.findByRole('img', { name: 'The picture as it was drawn' });
    expect(preview.getAttribute('src')).toBe('/api/files/small');
    expect(patches()).toEqual([]);
    await userEvent.click(use());
    await waitFor(() => expect(stored.definition.identity.avatar).toEqual({ kind: 'file', file: 'small' }));
  });

  it('finds tools in the library by words, category and favourites, and tells what each takes', async () => {
    const sum: ListedTool = {
      ...price,
      id: 'calculator',
      title: { en: 'Calculator', zh: '计算器' },
      category: 'basics',
      toolset: null,
    };
    let favourites = ['calculator'];
    hub.answer('GET /api/tools', () => ({
      body: { items: [price, sum].map((tool) => ({ ...tool, isFavourite: favourites.includes(tool.id) })) },
    }));
    hub.answer('PUT /api/tools/favourites', ({ body }) => {
      const { tool, isFavourite } = body as { tool: string; isFavourite: boolean };
      favourites = isFavourite ? [...favourites, tool] : favourites.filter((id) => id !== tool);
      return { status: 204 };
    });
    openBuilder();
    await userEvent.click(await screen.findByRole('button', { name: 'Add tools' }));
    const library = within(await screen.findByRole('dialog', { name: 'Tools' }));
    const titles = () => library.queryAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent);
    await waitFor(() => expect(titles()).toEqual(['Calculator', 'Get a price']));
    await userEvent.type(library.getByRole('searchbox', { name: 'Search tools' }), '查询');
    await waitFor(() => expect(titles()).toEqual(['Get a price']));

    await userEvent.click(library.getByText('2 parameters'));
    expect(await library.findByText('whole number')).toBeTruthy();
    expect(library.getByText('How far back')).toBeTruthy();
    expect(library.getAllByText('required')).toHaveLength(1);

    await userEvent.click(library.getByRole('button', { name: 'Get a price is a favourite' }));
    await waitFor(() => expect(favourites).toEqual(['calculator', 'feed/get_price']));
    await userEvent.clear(library.getByRole('searchbox', { name: 'Search tools' }));
    await userEvent.selectOptions(library.getByRole('combobox', { name: 'Category' }), 'Your favourites');
    await waitFor(() => expect(titles()).toEqual(['Get a price', 'Calculator']));
    await userEvent.click(library.getByRole('button', { name: 'Calculator is a favourite' }));
    await waitFor(() => expect(titles()).toEqual(['Get a price']));
  });

  it('sets how long a model reasons, and leaves it to the provider again', async () => {
    openBuilder();
    const reasoning = screen.getByRole('combobox', { name: 'Reasoning' });
    await userEvent.selectOptions(reasoning, 'Long');
    await waitFor(() => expect(stored.definition.model.reasoning).toBe('high'));
    await userEvent.selectOptions(reasoning, 'As the provider has it');
    await waitFor(() => expect(stored.definition.model.reasoning).toBeNull());
  });

  it('keeps saving under the newest revision', async () => {
    openBuilder();
    (await openInstructions()).typeAtEnd('!');
    await waitFor(() => expect(stored.definition.instructions).toBe('Work out fees.!'));
    await saved();
    await userEvent.type(field(/^Tagline/), '!');
    await waitFor(() => expect(stored.definition.identity.tagline).toBe('Works out fees!'));
    await saved();
    expect(stored.draftRevision).toBe(patches().length + 1);
  });

  it('names what cannot be saved, jumps there, and saves the rest', async () => {
    openBuilder();
    await userEvent.clear(field('Name'));
    (await openInstructions()).typeAtEnd(' More.');
    expect(await screen.findByText('Not saved: see the problems')).toBeTruthy();
    expect(patches().at(-1)).toEqual({ instructions: 'Work out fees. More.' });
    await userEvent.click(screen.getByRole('button', { name: 'Identity' }));
    expect(document.activeElement).toBe(field('Name'));
    await userEvent.type(field('Name'), 'Fee Desk');
    await saved();
    expect(stored.definition.identity.name).toBe('Fee Desk');
  });

  it('saves the limits of a conversation and of a month', async () => {
    openBuilder();
    await userEvent.type(field(/^Tokens in a conversation/), '50000');
    await userEvent.type(field(/^US dollars for a month/), '2,5');
    await waitFor(() =>
      expect(stored.definition.budget).toMatchObject({ maximumTokensPerConversation: 50_000, maximumUsdPerMonth: 2.5 }),
    );
    await saved();
  });

  it('undoes and redoes over the whole draft', async () => {
    openBuilder();
    (await openInstructions()).typeAtEnd('A');
    await waitFor(() => expect(stored.definition.instructions).toBe('Work out fees.A'));
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect((await openInstructions()).read()).toBe('Work out fees.');
    await waitFor(() => expect(stored.definition.instructions).toBe('Work out fees.'));
    await userEvent.click(screen.getByRole('button', { name: 'Redo' }));
    expect((await openInstructions()).read()).toBe('Work out fees.A');
    (await openInstructions()).view.focus();
    await userEvent.keyboard('{Control>}z{/Control}');
    await waitFor(async () => expect((await openInstructions()).read()).toBe('Work out fees.'));
  });
});

describe('the instructions', () => {
  const known = () => [...document.querySelectorAll('.cm-known-mark')].map(({ textContent }) => textContent);
  const unknown = () => [...document.querySelectorAll('.cm-unknown-mark')].map(({ textContent }) => textContent);

  it('mark what they name, and give the agent what it lacks', async () => {
    hub.answer('GET /api/tools', { body: { items: [{ ...price, id: 'time' }] } });
    openBuilder();
    const editor = await openInstructions();
    editor.typeAtEnd(' Use /time for {{city}}, not /nothing.');
    await waitFor(() => expect(unknown()).toEqual(['/time', '{{city}}', '/nothing']));
    expect(await screen.findByText(/No tool that can be added is called \/nothing/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Add /time' }));
    await userEvent.click(screen.getByRole('button', { name: 'Add {{city}}' }));
    await waitFor(() => expect([known(), unknown()]).toEqual([['/time', '{{city}}'], ['/nothing']]));
    await waitFor(() => expect(stored.definition.variables).toMatchObject([{ name: 'city', label: 'city' }]));
    expect(stored.definition.tools).toMatchObject([{ id: 'time' }]);
    expect(screen.getByText(/about 13 tokens/)).toBeTruthy();
  });

  it('let go of the keyboard at Escape', async () => {
    openBuilder();
    (await openInstructions()).view.focus();
    await userEvent.keyboard('{Escape}');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: '/ tool' }));
  });
});

describe('the guards of an agent', () => {
  it('are added, filled in, saved, and tried on a text', async () => {
    hub.answer('POST /api/guards/check', {
      body: {
        isRefused: false,
        text: 'To [email removed]',
        findings: [{ guard: 'personal-data', action: 'mask', what: ['email'], count: 1 }],
      },
    });
    openBuilder();
    const safety = within(screen.getByRole('region', { name: 'Safety' }));
    await userEvent.click(safety.getByRole('button', { name: 'Add' }));
    const editor = within(await safety.findByRole('group', { name: 'Personal data' }));
    await userEvent.click(editor.getByRole('checkbox', { name: 'phone numbers' }));
    await userEvent.selectOptions(editor.getByRole('combobox', { name: 'Then' }), 'refuse');
    const guard = {
      kind: 'personal-data',
      when: 'both',
      action: 'refuse',
      types: ['email', 'card', 'iban', 'national-id'],
    };
    await waitFor(() => expect(stored.definition.guards).toEqual([guard]));
    await userEvent.type(safety.getByRole('textbox', { name: 'Try the guards on a text' }), 'To ada');
    await userEvent.click(safety.getByRole('button', { name: 'Check' }));
    expect(await safety.findByText('To [email removed]')).toBeTruthy();
    expect(hub.sent('POST', '/api/guards/check')).toEqual([{ guards: [guard], text: 'To ada', side: 'input' }]);
  });

  it('need words where they look for words, one a line', async () => {
    openBuilder();
    const safety = within(screen.getByRole('region', { name: 'Safety' }));
    await userEvent.selectOptions(safety.getByRole('combobox', { name: 'New guard' }), 'blocked-topics');
    await userEvent.click(safety.getByRole('button', { name: 'Add' }));
    expect(await screen.findByText('Not saved: see the problems')).toBeTruthy();
    await userEvent.type(safety.getByRole('textbox', { name: 'Words and phrases' }), 'one two{Enter}赌博');
    await waitFor(() => expect(stored.definition.guards).toMatchObject([{ words: ['one two', '赌博'] }]));
  });

  it('hold messages to a JSON schema, which is kept once it is one', async () => {
    openBuilder();
    const safety = within(screen.getByRole('region', { name: 'Safety' }));
    await userEvent.selectOptions(safety.getByRole('combobox', { name: 'New guard' }), 'json-schema');
    await userEvent.click(safety.getByRole('button', { name: 'Add' }));
    const field = await safety.findByRole('textbox', { name: 'JSON Schema' });
    expect(safety.queryByRole('combobox', { name: 'Then' })).toBeNull();
    await userEvent.clear(field);
    expect(await safety.findByText(/not a JSON object/)).toBeTruthy();
    await userEvent.click(field);
    await userEvent.paste('{"type":"array"}');
    await waitFor(() =>
      expect(stored.definition.guards).toEqual([
        { kind: 'json-schema', when: 'input', action: 'refuse', schema: { type: 'array' } },
      ]),
    );
  });
});

describe('the tools of a draft', () => {
  it('may be hidden from the model in part, fixed in part, and called by another name', async () => {
    hub.answer('GET /api/tools', { body: { items: [price] } });
    stored = sampleAgent({ tools: [AgentTool.parse({ id: 'feed/get_price' })] });
    openBuilder();
    const tool = within(await screen.findByRole('group', { name: 'Get a price' }));
    expect(tool.getByText('Price feed')).toBeTruthy();
    expect(tool.queryByRole('checkbox', { name: 'Hide symbol from the model' })).toBeNull();
    await userEvent.click(tool.getByRole('checkbox', { name: 'Hide days from the model' }));
    await userEvent.type(tool.getByRole('textbox', { name: /^Name for the model/ }), 'look_up');
    await waitFor(() =>
      expect(stored.definition.tools).toMatchObject([{ name: 'look_up', hiddenParameters: ['days'] }]),
    );
    await userEvent.click(tool.getByRole('switch', { name: 'days' }));
    await waitFor(() =>
      expect(stored.definition.tools).toMatchObject([{ fixedParameters: { days: 0 }, hiddenParameters: [] }]),
    );
  });

  it('whose toolset is gone are explained, with the way to the toolsets', async () => {
    stored = sampleAgent({ tools: [AgentTool.parse({ id: 'gone/get_price' })] });
    openBuilder();
    expect(await screen.findByText(/^Its toolset is gone/)).toBeTruthy();
    await userEvent.click(screen.getByRole('link', { name: 'Look at your toolsets' }));
    expect(await screen.findByText('Elsewhere')).toBeTruthy();
  });
});

describe('a draft that someone else changed', () => {
  const changeElsewhere = () => {
    stored = { ...stored, draftRevision: 7, definition: { ...stored.definition, instructions: 'Theirs.' } };
  };
  const conflict = async () => within(await screen.findByRole('dialog', { name: /changed this draft/ }));

  it('is not overwritten; loading it keeps mine for undo', async () => {
    openBuilder();
    changeElsewhere();
    (await openInstructions()).typeAtEnd(' Mine.');
    const dialog = await conflict();
    expect(dialog.getByText('Theirs.')).toBeTruthy();
    expect(dialog.getByText('Work out fees. Mine.')).toBeTruthy();
    expect(stored.definition.instructions).toBe('Theirs.');
    await userEvent.click(dialog.getByRole('button', { name: 'Load theirs' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect((await openInstructions()).read()).toBe('Theirs.');
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect((await openInstructions()).read()).toBe('Work out fees. Mine.');
  });

  it('waits as long as a person has not chosen', async () => {
    openBuilder();
    changeElsewhere();
    (await openInstructions()).typeAtEnd(' Mine.');
    const dialog = await conflict();
    await userEvent.click(dialog.getByRole('button', { name: 'Close' }));
    (await openInstructions()).typeAtEnd(' More.');
    await userEvent.click(screen.getByRole('button', { name: 'Choose now' }));
    expect((await conflict()).getByText('Work out fees. Mine. More.')).toBeTruthy();
    expect(stored.definition.instructions).toBe('Theirs.');
  });

  it('is overwritten only when a person says so', async () => {
    openBuilder();
    changeElsewhere();
    (await openInstructions()).typeAtEnd(' Mine.');
    const dialog = await conflict();
    await userEvent.click(dialog.getByRole('button', { name: 'Keep mine and overwrite' }));
    await saved();
    expect(stored.definition.instructions).toBe('Work out fees. Mine.');
    expect(stored.draftRevision).toBe(8);
  });
});

describe('leaving the builder', () => {
  it('saves first, and then goes', async () => {
    const { goTo } = openBuilder();
    (await openInstructions()).typeAtEnd(' Last words.');
    goTo('/elsewhere');
    expect(await screen.findByText('Elsewhere')).toBeTruthy();
    expect(stored.definition.instructions).toBe('Work out fees. Last words.');
  });

  it('asks when something cannot be saved', async () => {
    const { goTo } = openBuilder();
    await userEvent.clear(field('Name'));
    goTo('/elsewhere');
    const dialog = within(await screen.findByRole('alertdialog', { name: 'Leave without saving?' }));
    await userEvent.click(dialog.getByRole('button', { name: 'Leave and lose it' }));
    expect(await screen.findByText('Elsewhere')).toBeTruthy();
  });
});

describe('the versions of an agent', () => {
  it('show how much each is used, and lead to one’s own conversations with it', async () => {
    const said = { publishedBy: null, note: '', createdAt: '2026-11-20T10:00:00Z' };
    const versions = [
      { ...said, version: 2, use: { conversations: 0, people: 0, lastAt: null } },
      { ...said, version: 1, use: { conversations: 1, people: 2, lastAt: '2026-11-21T10:00:00Z' } },
    ];
    const named = { id: 'agent-1', handle: 'fee-clerk', name: 'Fee Clerk' };
    const kept = { isWaiting: false, isPinned: false, isArchived: false, folder: null, source: 'page' };
    const times = { createdAt: '2026-11-21T10:00:00Z', updatedAt: '2026-11-21T10:00:00Z' };
    const conversation = { id: 'talk-1', title: 'Fees of June', agent: named, answeredBy: named, ...kept, ...times };
    hub.answer('GET /api/agents/agent-1/versions', { body: { items: versions, nextCursor: null } });
    hub.answer('GET /api/agents/agent-1/diff', { body: { from: 2, to: 'draft', changes: [] } });
    hub.answer('GET /api/agents/agent-1/versions/1/conversations', {
      body: { items: [conversation], nextCursor: null },
    });
    openBuilder();
    await userEvent.click(screen.getByRole('button', { name: 'More actions' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Versions' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Versions' }));
    expect(await dialog.findByText('Nobody has used it yet.')).toBeTruthy();
    expect(dialog.getByText(/^1 conversation in 30 days · 2 people · last used/)).toBeTruthy();
    const summary = dialog.getByText('Your conversations with it');
    await userEvent.click(summary);
    // jsdom does not tell of what it opens.
    fireEvent(summary.parentElement as HTMLElement, new Event('toggle'));
    const link = await dialog.findByRole('link', { name: 'Fees of June' });
    expect(link.getAttribute('href')).toBe('/chat/fee-clerk/talk-1');
  });
});
