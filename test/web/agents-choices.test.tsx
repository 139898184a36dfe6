import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ListedTool } from '#server/contract/tool.ts';
import { price, startBuilder } from '#test/support/builder-page.tsx';
import { AgentTool } from '#server/contract/agent-definition.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { ImportButton } from '#web/features/agents/components/import-button.tsx';

let builder: Awaited<ReturnType<typeof startBuilder>>;

beforeAll(startTexts);
beforeEach(async () => {
  builder = await startBuilder();
});
afterEach(() => builder.close());

const small = {
  ...{ reference: 'mine/small', name: 'small', provider: 'Mine', kind: 'language-model', isDefault: false },
  ...{ personal: true, seesImages: null, usesTools: null, writesJson: null, reasons: null, contextTokens: null },
  price: { inputUsd: 0.25, outputUsd: 2, cachedInputUsd: null, unit: 'tokens', longPrompt: null },
};

describe('what the builder offers', () => {
  it('offers each model with its price, its window and its abilities, by order and by ability', async () => {
    const model = {
      provider: 'Mine',
      kind: 'language-model',
      isDefault: false,
      personal: true,
      seesImages: null,
      usesTools: null,
      writesJson: null,
      reasons: null,
      contextTokens: null,
    };
    const price = { inputUsd: 0.25, outputUsd: 2, cachedInputUsd: null, unit: 'tokens', longPrompt: null };
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
    builder.hub.answer('GET /api/models', {
      body: { items, defaultModel: 'mine/small', imageModel: null, problems: [] },
    });
    builder.open();
    await userEvent.click(await screen.findByRole('button', { name: 'Add a model' }));
    const picker = within(await screen.findByRole('dialog', { name: 'Add a model' }));
    const offered = () =>
      within(picker.getByRole('list'))
        .getAllByRole('button')
        .map(({ textContent }) => textContent);
    const small =
      'small Mine (yours)$0.25 in, $2.00 out · 400K token windowsees imagesuses toolsNot known: JSON output';
    const other =
      'other Mine (yours)price unknown · window unknownNot known: sees images, uses tools, JSON output, reasons';
    await waitFor(() => expect(offered()).toEqual([other, small]));
    await userEvent.selectOptions(picker.getByRole('combobox', { name: 'Order' }), 'Cheapest first');
    expect(offered()).toEqual([small, other]);
    await userEvent.selectOptions(picker.getByRole('combobox', { name: 'Order' }), 'By connection');
    await userEvent.click(picker.getByRole('button', { name: 'uses tools' }));
    expect(offered()).toEqual([small]);
    await userEvent.click(picker.getByRole('button', { name: /^small Mine/ }));
    const facts = 'Mine (yours) · $0.25 in, $2.00 out · 400K token window · sees images · uses tools';
    expect(await screen.findByText(facts)).toBeTruthy();
    await waitFor(() => expect(builder.stored.definition.model.wishes).toEqual(['mine/small']));

    await userEvent.click(screen.getByRole('button', { name: 'Add a model' }));
    await userEvent.type(await screen.findByRole('textbox', { name: /^Another one/ }), 'far/away{Enter}');
    await waitFor(() => expect(builder.stored.definition.model.wishes).toEqual(['mine/small', 'far/away']));
    expect(await screen.findByText(/nor the hub has connected it/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Add a model' }));
    await userEvent.type(await screen.findByRole('textbox', { name: /^Another one/ }), 'mine/deployment{Enter}');
    expect(await screen.findByText(/asked for by this name all the same/)).toBeTruthy();

    const down = screen.getByRole('button', { name: 'Move mine/small down' });
    await userEvent.click(down);
    await waitFor(() => expect(builder.stored.definition.model.wishes[0]).toBe('far/away'));
    expect(document.activeElement).toBe(down);
    await userEvent.click(screen.getByRole('button', { name: 'Remove mine/deployment' }));
    await waitFor(() => expect(document.activeElement?.closest('li')?.textContent).toMatch(/^mine.small/));
  });

  it('draws the picture in each style, and takes a style and a colour', async () => {
    builder.open();
    const styles = within(await screen.findByRole('group', { name: 'Style' })).getAllByRole('button');
    const pictureOf = (style?: HTMLElement) => style?.querySelector('img')?.getAttribute('src');
    expect(styles.map((style) => pictureOf(style)).slice(0, 2)).toEqual([
      '/api/portraits/shapes?seed=fees&color=0b6457',
      '/api/portraits/icons?seed=fees&color=0b6457',
    ]);
    expect(new Set(styles.map((style) => pictureOf(style))).size).toBe(styles.length);
    const rings = screen.getByRole('button', { name: 'Rings' });
    expect(rings.getAttribute('aria-pressed')).toBe('false');
    await userEvent.click(rings);
    expect(rings.getAttribute('aria-pressed')).toBe('true');
    await userEvent.click(screen.getByRole('button', { name: 'Colour #7a3b69' }));
    expect(pictureOf(rings)).toBe('/api/portraits/rings?seed=fees&color=7a3b69');
    const chosen = { kind: 'drawn', style: 'rings', seed: 'fees', color: '#7a3b69' };
    await waitFor(() => expect(builder.stored.definition.identity.avatar).toEqual(chosen));
    await userEvent.click(screen.getByRole('button', { name: 'Draw another' }));
    const another = { ...chosen, seed: expect.stringMatching(/^\d+$/) };
    await waitFor(() => expect(builder.stored.definition.identity.avatar).toEqual(another));
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
    builder.hub.answer('GET /api/models', {
      body: { items: [], defaultModel: 'offline/planner', imageModel: 'mine/painter', problems: [] },
    });
    builder.hub.answer('POST /api/tools/call', () => ({ body: answers.shift() }));
    builder.open();
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
    expect(builder.patches()).toEqual([]);
    await userEvent.click(use());
    await waitFor(() => expect(builder.stored.definition.identity.avatar).toEqual({ kind: 'file', file: 'small' }));
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
    const itself = {
      ...sum,
      id: `agent/${builder.stored.definition.identity.handle}`,
      title: { en: 'Itself', zh: '自己' },
    };
    const feed = { ...price, description: { en: 'Unlike Calculator, looks one up', zh: '查询价格' } };
    builder.hub.answer('GET /api/tools', () => ({
      body: { items: [feed, sum, itself].map((tool) => ({ ...tool, isFavourite: favourites.includes(tool.id) })) },
    }));
    builder.hub.answer('PUT /api/tools/favourites', ({ body }) => {
      const { tool, isFavourite } = body as { tool: string; isFavourite: boolean };
      favourites = isFavourite ? [...favourites, tool] : favourites.filter((id) => id !== tool);
      return { status: 204 };
    });
    builder.open();
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
    await userEvent.type(library.getByRole('searchbox', { name: 'Search tools' }), 'calculator');
    await waitFor(() => expect(titles()).toEqual(['Calculator', 'Get a price']));
    await userEvent.clear(library.getByRole('searchbox', { name: 'Search tools' }));
    await userEvent.type(library.getByRole('searchbox', { name: 'Search tools' }), 'calcualtor');
    await waitFor(() => expect(titles()).toEqual(['Calculator', 'Get a price']));
    await userEvent.clear(library.getByRole('searchbox', { name: 'Search tools' }));
    await userEvent.selectOptions(library.getByRole('combobox', { name: 'Category' }), 'Your favourites');
    await waitFor(() => expect(titles()).toEqual(['Get a price', 'Calculator']));
    await userEvent.click(library.getByRole('button', { name: 'Calculator is a favourite' }));
    await waitFor(() => expect(titles()).toEqual(['Get a price']));
  });

  it('says what an imported agent lacks here, and offers what the hub has instead', async () => {
    const definition = {
      ...builder.stored.definition,
      model: { ...builder.stored.definition.model, wishes: ['acme/big'] },
      tools: ['acme/find', price.id].map((id) => AgentTool.parse({ id })),
    };
    builder.stored = { ...builder.stored, definition };
    builder.hub.answer('GET /api/tools', { body: { items: [price] } });
    builder.hub.answer('GET /api/models', {
      body: { items: [small], defaultModel: 'mine/small', imageModel: null, problems: [] },
    });
    builder.hub.answer('POST /api/agents/import', { status: 201, body: builder.stored });
    renderPage(<ImportButton editPath={(agent) => `/edit/${agent}`} />);
    const file = new File(['zip'], 'agent.zip', { type: 'application/zip' });
    await userEvent.upload(screen.getByLabelText('Agent package (.zip)'), file);
    const dialog = within(await screen.findByRole('dialog', { name: /^This hub lacks some of what/ }));
    expect(dialog.queryByText(/get_price/)).toBeNull();
    await userEvent.selectOptions(dialog.getByRole('combobox', { name: 'Model acme/big' }), 'small · Mine');
    await userEvent.selectOptions(dialog.getByRole('combobox', { name: 'Tool acme/find' }), 'Take it off');
    await userEvent.click(dialog.getByRole('button', { name: 'Go on to the agent' }));
    await waitFor(() => expect(location.pathname).toBe('/edit/agent-1'));
    expect(builder.stored.definition.model.wishes).toEqual(['mine/small']);
    expect(builder.stored.definition.tools.map(({ id }) => id)).toEqual([price.id]);
  });
});
