import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { currentCompletions, startCompletion } from '@codemirror/autocomplete';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AgentTool, AgentVariable } from '#server/contract/agent-definition.ts';
import { price, startBuilder } from '#test/support/builder-page.tsx';
import { openInstructions } from '#test/support/instructions-field.ts';
import { startTexts } from '#test/support/render-page.tsx';
import { sampleAgent } from '#test/support/sample-agent.ts';

const field = (name: string | RegExp) => screen.getByRole<HTMLInputElement>('textbox', { name });
const saved = () => screen.findByText('Saved');
let builder: Awaited<ReturnType<typeof startBuilder>>;

beforeAll(startTexts);
beforeEach(async () => {
  builder = await startBuilder();
});
afterEach(() => builder.close());

describe('the builder', () => {
  it('saves what changed by itself, and hands the stored draft to the preview', async () => {
    builder.open();
    (await openInstructions()).typeAtEnd(' Show steps.');
    await waitFor(() => expect(builder.patches().at(-1)).toEqual({ instructions: 'Work out fees. Show steps.' }));
    await saved();
    expect(screen.getByTestId('preview').textContent).toBe('Work out fees. Show steps.');
  });

  it('sets how long a model reasons, and leaves it to the provider again', async () => {
    builder.open();
    const reasoning = await screen.findByRole('combobox', { name: 'Reasoning' });
    await userEvent.selectOptions(reasoning, 'Long');
    await waitFor(() => expect(builder.stored.definition.model.reasoning).toBe('high'));
    await userEvent.selectOptions(reasoning, 'As the provider has it');
    await waitFor(() => expect(builder.stored.definition.model.reasoning).toBeNull());
  });

  it('keeps saving under the newest revision', async () => {
    builder.open();
    (await openInstructions()).typeAtEnd('!');
    await waitFor(() => expect(builder.stored.definition.instructions).toBe('Work out fees.!'));
    await saved();
    await userEvent.type(field(/^Tagline/), '!');
    await waitFor(() => expect(builder.stored.definition.identity.tagline).toBe('Works out fees!'));
    await saved();
    expect(builder.stored.draftRevision).toBe(builder.patches().length + 1);
  });

  it('names what cannot be saved, jumps there, and saves the rest', async () => {
    builder.open();
    await userEvent.clear(field('Name'));
    (await openInstructions()).typeAtEnd(' More.');
    // Said of the name already, when the keys that follow come late.
    await waitFor(() => expect(builder.patches().at(-1)).toEqual({ instructions: 'Work out fees. More.' }));
    expect(await screen.findByText('Not saved: see the problems')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Identity' }));
    await waitFor(() => expect(document.activeElement).toBe(field('Name')));
    await userEvent.type(field('Name'), 'Fee Desk');
    await saved();
    expect(builder.stored.definition.identity.name).toBe('Fee Desk');
  });

  it('saves the limits of a conversation and of a month', async () => {
    builder.open();
    await screen.findByRole('region', { name: 'Budget' });
    await userEvent.type(field(/^Tokens in a conversation/), '50000');
    await userEvent.type(field(/^US dollars for a month/), '2,5');
    await waitFor(() =>
      expect(builder.stored.definition.budget).toMatchObject({
        maximumTokensPerConversation: 50_000,
        maximumUsdPerMonth: 2.5,
      }),
    );
    await saved();
  });

  it('takes the texts of another language, with the originals behind them', async () => {
    const variables = [AgentVariable.parse({ name: 'tone', label: 'Tone', type: 'choice', options: ['plain'] })];
    builder.stored = sampleAgent({ variables });
    builder.open();
    const region = within(await screen.findByRole('region', { name: 'Translations' }));
    await userEvent.click(region.getByRole('button', { name: 'Add 简体中文' }));
    const name = await region.findByRole<HTMLInputElement>('textbox', { name: /^Name/ });
    expect([name.placeholder, name.lang]).toEqual(['Fee Clerk', 'zh-CN']);
    await userEvent.type(name, '费用');
    await userEvent.click(region.getByRole('button', { name: 'Add starter' }));
    await userEvent.type(region.getByRole('textbox', { name: 'Starter 1' }), '多少钱');
    await userEvent.type(region.getByRole('textbox', { name: /“plain”/ }), '平实');
    await waitFor(() =>
      expect(builder.stored.definition.translations['zh-CN']).toMatchObject({
        name: '费用',
        tagline: '',
        opening: { starters: ['多少钱'] },
        variables: { tone: { label: '', options: { plain: '平实' } } },
      }),
    );
    await userEvent.click(region.getByRole('button', { name: /^Remove .*(简体|Chinese)/ }));
    await waitFor(() => expect(builder.stored.definition.translations).toEqual({}));
    await saved();
  });

  it('undoes and redoes over the whole draft', async () => {
    builder.open();
    (await openInstructions()).typeAtEnd('A');
    await waitFor(() => expect(builder.stored.definition.instructions).toBe('Work out fees.A'));
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect((await openInstructions()).read()).toBe('Work out fees.');
    await waitFor(() => expect(builder.stored.definition.instructions).toBe('Work out fees.'));
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
    builder.hub.answer('GET /api/tools', { body: { items: [{ ...price, id: 'time' }] } });
    builder.open();
    const editor = await openInstructions();
    editor.typeAtEnd(' Use /time for {{city}}, not /nothing.');
    await waitFor(() => expect(unknown()).toEqual(['/time', '{{city}}', '/nothing']));
    expect(await screen.findByText(/No tool that can be added is called \/nothing/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Add /time' }));
    await userEvent.click(screen.getByRole('button', { name: 'Add {{city}}' }));
    await waitFor(() => expect([known(), unknown()]).toEqual([['/time', '{{city}}'], ['/nothing']]));
    await waitFor(() => expect(builder.stored.definition.variables).toMatchObject([{ name: 'city', label: 'city' }]));
    expect(builder.stored.definition.tools).toMatchObject([{ id: 'time' }]);
    expect(screen.getByText(/about 13 tokens/)).toBeTruthy();
  });

  it('complete the tables that the agent can read, by the name that SQL has for them', async () => {
    const sales = { name: 'sales', description: 'By month', rows: 2, columns: [], datasetId: null };
    builder.hub.answer('GET /api/tools', { body: { items: [{ ...price, id: 'run-sql' }] } });
    builder.hub.answer('GET /api/tables', { body: { items: [sales] } });
    builder.stored = sampleAgent({ tools: [AgentTool.parse({ id: 'run-sql' })] });
    builder.open();
    const editor = await openInstructions();
    const { view } = editor;
    const offered = () => currentCompletions(view.state).map(({ label }) => label);
    editor.typeAtEnd(' Ask /');
    view.focus();
    startCompletion(view);
    await waitFor(() => expect(offered()).toEqual(['/run-sql', '/sales']));
    // No list is laid out here, of which one could be picked by a key.
    const [, table] = currentCompletions(view.state);
    const end = view.state.doc.length;
    view.contentDOM.blur();
    if (typeof table?.apply === 'function') table.apply(view, table, end - 1, end);
    expect(editor.read()).toMatch(/ Ask `sales`$/);
    expect(unknown()).toEqual([]);
  });

  it('let go of the keyboard at Escape', async () => {
    builder.open();
    (await openInstructions()).view.focus();
    await userEvent.keyboard('{Escape}');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: '/ tool' }));
  });
});

describe('the tools of a draft', () => {
  it('may be hidden from the model in part, fixed in part, and called by another name', async () => {
    builder.hub.answer('GET /api/tools', { body: { items: [price] } });
    builder.stored = sampleAgent({ tools: [AgentTool.parse({ id: 'feed/get_price' })] });
    builder.open();
    const tool = within(await screen.findByRole('group', { name: 'Get a price' }));
    expect(tool.getByText('Price feed')).toBeTruthy();
    expect(tool.queryByRole('checkbox', { name: 'Hide symbol from the model' })).toBeNull();
    await userEvent.click(tool.getByRole('checkbox', { name: 'Hide days from the model' }));
    await userEvent.type(tool.getByRole('textbox', { name: /^Name for the model/ }), 'look_up');
    await waitFor(() =>
      expect(builder.stored.definition.tools).toMatchObject([{ name: 'look_up', hiddenParameters: ['days'] }]),
    );
    await userEvent.click(tool.getByRole('switch', { name: 'days' }));
    await waitFor(() =>
      expect(builder.stored.definition.tools).toMatchObject([{ fixedParameters: { days: 0 }, hiddenParameters: [] }]),
    );
  });

  it('that are agents are tried by talking to them, beside the draft', async () => {
    const opened: unknown[] = [];
    const { open } = window;
    window.open = (...asked) => {
      opened.push(asked);
      return null;
    };
    const translator = { ...price, id: 'agent/translator', title: { en: 'Translator', zh: '翻译' }, toolset: null };
    builder.hub.answer('GET /api/tools', { body: { items: [translator] } });
    builder.stored = sampleAgent({ tools: [AgentTool.parse({ id: 'agent/translator' })] });
    builder.open();
    await userEvent.click(await screen.findByRole('button', { name: 'Try it: Translator' }));
    window.open = open;
    expect(opened).toEqual([['/chat/translator', '_blank', 'noopener']]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('that ask a person are not run on the bench, which says why', async () => {
    const asks = { ...price, onlyInRuns: { en: 'A form is asked only in a run.', zh: '表单只在运行中显示。' } };
    builder.hub.answer('GET /api/tools', { body: { items: [asks] } });
    builder.stored = sampleAgent({ tools: [AgentTool.parse({ id: asks.id })] });
    builder.open();
    await userEvent.click(await screen.findByRole('button', { name: 'Try it: Get a price' }));
    expect(await screen.findByText('A form is asked only in a run.')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Run' }).disabled).toBe(true);
  });

  it('whose toolset is gone are explained, with the way to the toolsets', async () => {
    builder.stored = sampleAgent({ tools: [AgentTool.parse({ id: 'gone/get_price' })] });
    builder.open();
    expect(await screen.findByText(/^Its toolset is gone/)).toBeTruthy();
    await userEvent.click(screen.getByRole('link', { name: 'Look at your toolsets' }));
    expect(await screen.findByText('Elsewhere')).toBeTruthy();
  });
});

describe('a draft that someone else changed', () => {
  const changeElsewhere = () => {
    builder.stored = {
      ...builder.stored,
      draftRevision: 7,
      definition: { ...builder.stored.definition, instructions: 'Theirs.' },
    };
  };
  const conflict = async () => within(await screen.findByRole('dialog', { name: /changed this draft/ }));

  it('is not overwritten; loading it keeps mine for undo', async () => {
    builder.open();
    changeElsewhere();
    (await openInstructions()).typeAtEnd(' Mine.');
    const dialog = await conflict();
    expect(dialog.getByText('Theirs.')).toBeTruthy();
    expect(dialog.getByText('Work out fees. Mine.')).toBeTruthy();
    expect(builder.stored.definition.instructions).toBe('Theirs.');
    await userEvent.click(dialog.getByRole('button', { name: 'Load theirs' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect((await openInstructions()).read()).toBe('Theirs.');
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect((await openInstructions()).read()).toBe('Work out fees. Mine.');
  });

  it('is told of a tool as far as it differs, also where theirs stands at another place', async () => {
    const mine = AgentTool.parse({ id: 'calculator', approval: 'never' });
    builder.stored = sampleAgent({ tools: [mine] });
    builder.open();
    await openInstructions();
    const theirs = AgentTool.parse({ id: 'calculator', approval: 'always' });
    const { definition } = builder.stored;
    const added = AgentTool.parse({ id: price.id });
    builder.stored = { ...builder.stored, draftRevision: 7, definition: { ...definition, tools: [added, theirs] } };
    (await openInstructions()).typeAtEnd(' Mine.');
    const tool = within((await conflict()).getByRole('region', { name: 'calculator' }));
    expect(tool.getByText(/Always/)).toBeTruthy();
    expect(tool.getByText(/Never/)).toBeTruthy();
    expect(tool.queryByText(/price/i)).toBeNull();
  });

  it('waits as long as a person has not chosen', async () => {
    builder.open();
    changeElsewhere();
    (await openInstructions()).typeAtEnd(' Mine.');
    const dialog = await conflict();
    await userEvent.click(dialog.getByRole('button', { name: 'Close' }));
    (await openInstructions()).typeAtEnd(' More.');
    await userEvent.click(screen.getByRole('button', { name: 'Choose now' }));
    expect((await conflict()).getByText('Work out fees. Mine. More.')).toBeTruthy();
    expect(builder.stored.definition.instructions).toBe('Theirs.');
  });

  it('is overwritten only when a person says so', async () => {
    builder.open();
    changeElsewhere();
    (await openInstructions()).typeAtEnd(' Mine.');
    const dialog = await conflict();
    await userEvent.click(dialog.getByRole('button', { name: 'Keep mine and overwrite' }));
    await saved();
    expect(builder.stored.definition.instructions).toBe('Work out fees. Mine.');
    expect(builder.stored.draftRevision).toBe(8);
  });
});

describe('leaving the builder', () => {
  it('saves first, and then goes', async () => {
    const { goTo } = builder.open();
    (await openInstructions()).typeAtEnd(' Last words.');
    goTo('/elsewhere');
    expect(await screen.findByText('Elsewhere')).toBeTruthy();
    expect(builder.stored.definition.instructions).toBe('Work out fees. Last words.');
  });

  it('asks when something cannot be saved', async () => {
    const { goTo } = builder.open();
    await userEvent.clear(field('Name'));
    goTo('/elsewhere');
    const dialog = within(await screen.findByRole('alertdialog', { name: 'Leave without saving?' }));
    await userEvent.click(dialog.getByRole('button', { name: 'Leave and lose it' }));
    expect(await screen.findByText('Elsewhere')).toBeTruthy();
  });
});

describe('publishing', () => {
  it('chooses who may use the agent, where it stands and what they may do with it, and publishes what was chosen', async () => {
    const category = { slug: 'harbour', name: { en: 'Harbour', zh: '港口' }, hidden: false, isBuiltIn: false };
    builder.hub.answer('GET /api/hub/categories', { body: { items: [category] } });
    const publishPath = 'POST /api/agents/agent-1/publish';
    const published: unknown[] = [];
    builder.hub.answer(publishPath, ({ headers }) => {
      published.push([headers['if-match'], builder.stored.definition.access]);
      builder.stored = { ...builder.stored, publishedVersion: 1 };
      return { body: builder.stored };
    });
    builder.open();
    await userEvent.click(screen.getByRole('button', { name: 'Publish' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Publish the first version' }));
    expect(dialog.queryByRole('combobox', { name: 'Licence for copies' })).toBeNull();
    await userEvent.selectOptions(dialog.getByRole('combobox', { name: 'Who may use it' }), 'Whole hub');
    expect(dialog.getByText('Everyone on this hub will see and use it.')).toBeTruthy();
    await userEvent.selectOptions(await dialog.findByRole('combobox', { name: 'Category' }), 'Harbour');
    await userEvent.selectOptions(dialog.getByRole('combobox', { name: 'Licence for copies' }), 'CC-BY-4.0');
    await userEvent.click(dialog.getByRole('button', { name: 'Publish' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const revision = `"${builder.stored.draftRevision}"`;
    expect(published).toEqual([[revision, { visibility: 'hub', licence: 'CC-BY-4.0' }]]);
    expect(builder.stored.definition.identity.category).toBe('harbour');
    const field = await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Licence for copies' });
    expect([field.value, screen.getByRole<HTMLInputElement>('radio', { name: /^Whole hub/ }).checked]).toEqual([
      'CC-BY-4.0',
      true,
    ]);
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
    builder.hub.answer('GET /api/agents/agent-1/versions', { body: { items: versions, nextCursor: null } });
    builder.hub.answer('GET /api/agents/agent-1/diff', { body: { from: 2, to: 'draft', changes: [] } });
    builder.hub.answer('GET /api/agents/agent-1/versions/1/conversations', {
      body: { items: [conversation], nextCursor: null },
    });
    builder.open();
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
