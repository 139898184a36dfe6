import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '#server/contract/json.ts';
import type { ToolCall } from '#server/contract/tool.ts';
import { putInForce } from '#web/lib/i18n/texts.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { addTextsIn, renderPage, startTexts } from '#test/support/render-page.tsx';
import { problem, type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import type { BenchTool } from '#web/features/tools/bench-tool.ts';
import { toSchemaFields } from '#web/features/tools/schema-fields.ts';
import { ToolSchema } from '#web/features/tools/components/tool-schema.tsx';
import { ToolBench } from '#web/features/tools/components/tool-bench.tsx';

let hub: ScriptedHub;
const price: BenchTool = {
  id: 'feed/get_price',
  title: 'Get a price',
  description: 'The price of a token.',
  effect: 'read',
  unavailable: null,
  inputSchema: {
    type: 'object',
    required: ['symbol', 'days'],
    properties: {
      currency: { type: 'string', enum: ['usd', 'eur'], default: 'usd' },
      symbol: { type: 'string', description: 'Such as ETH' },
      days: { type: 'integer' },
      isFast: { type: ['boolean', 'null'] },
      tags: { type: 'array', items: { type: 'string' } },
    },
  },
};
const done: ToolCall = {
  isError: false,
  output: { price: 42 },
  textForModel: '<data>{"price":42}</data>',
  sources: [],
  artifacts: [],
  file: null,
  durationMs: 1234,
  request: null,
};

const openBench = async (tool: BenchTool = price, input: JsonObject = {}) => {
  renderPage(<ToolBench open onOpenChange={() => undefined} tool={tool} input={input} />);
  return within(await screen.findByRole('dialog', { name: `Try “${tool.title}”` }));
};
const calls = () => hub.sent('POST', '/api/tools/call');
const field = (name: RegExp) => screen.getByRole<HTMLTextAreaElement>('textbox', { name });
const run = () => userEvent.click(screen.getByRole('button', { name: 'Run' }));

beforeAll(startTexts);
beforeEach(async () => {
  hub = await startScriptedHub();
  openAddress(hub.url);
  hub.answer('POST /api/tools/call', { body: done });
});
afterEach(async () => {
  cleanup();
  await closePage();
  await hub.close();
});

describe('the form of a tool', () => {
  it('sends what is written with its types, a default as it stands, and leaves out what is empty', async () => {
    const bench = await openBench(price, { symbol: 'ETH' });
    expect(field(/^symbol/).value).toBe('ETH');
    await userEvent.type(field(/^days/), '7');
    await userEvent.selectOptions(bench.getByRole('combobox', { name: /^isFast/ }), 'false');
    await userEvent.click(field(/^tags/));
    await userEvent.paste('["a"]');
    await run();
    expect(await bench.findByText('Done')).toBeTruthy();
    expect(calls()).toEqual([
      { tool: 'feed/get_price', input: { currency: 'usd', symbol: 'ETH', days: 7, isFast: false, tags: ['a'] } },
    ]);
    expect(bench.getByText('1.2 sec')).toBeTruthy();
    expect(bench.getByRole('region', { name: 'Result' }).textContent).toContain('"price": 42');
  });

  it('says what is missing or wrong at its field, and calls nothing', async () => {
    const bench = await openBench();
    await userEvent.type(field(/^days/), '1.5');
    await userEvent.type(field(/^tags/), '7');
    await run();
    expect(await bench.findByText('This is needed.')).toBeTruthy();
    expect(bench.getByText('Enter a whole number.')).toBeTruthy();
    expect(bench.getByText(/^Write a JSON list/)).toBeTruthy();
    expect(field(/^symbol/).getAttribute('aria-invalid')).toBe('true');
    await waitFor(() => expect(document.activeElement).toBe(field(/^symbol/)));
    expect(calls()).toEqual([]);
  });

  it('can be written as JSON, and goes back to fields', async () => {
    const bench = await openBench(price, { symbol: 'ETH' });
    await userEvent.click(bench.getByRole('radio', { name: 'JSON' }));
    const input = field(/^Input/);
    expect(JSON.parse(input.value)).toEqual({ currency: 'usd', symbol: 'ETH' });
    await userEvent.clear(input);
    await userEvent.click(input);
    await userEvent.paste('[1]');
    await run();
    expect(await bench.findByText(/^Write a JSON object/)).toBeTruthy();
    expect(calls()).toEqual([]);
    await userEvent.clear(input);
    await userEvent.click(input);
    await userEvent.paste('{"symbol": "SOL", "days": 3}');
    await userEvent.click(bench.getByRole('radio', { name: 'Form' }));
    expect([field(/^symbol/).value, field(/^days/).value]).toEqual(['SOL', '3']);
    await run();
    await waitFor(() => expect(calls()).toEqual([{ tool: 'feed/get_price', input: { symbol: 'SOL', days: 3 } }]));
  });

  it('takes a choice that may be null for what it is', () => {
    const [currency, note] = toSchemaFields({
      properties: {
        currency: { anyOf: [{ type: 'string', enum: ['usd'] }, { type: 'null' }] },
        note: { oneOf: [{ type: 'string' }, { type: 'number' }] },
      },
    });
    expect([currency?.kind, note?.kind]).toEqual(['choice', 'json']);
  });
});

describe('an object within the input', () => {
  const nested: BenchTool = {
    ...price,
    id: 'feed/post_order',
    title: 'Order',
    inputSchema: {
      type: 'object',
      required: ['to'],
      properties: {
        to: {
          type: 'object',
          required: ['city'],
          properties: { city: { type: 'string' }, zip: { type: 'integer' } },
          additionalProperties: false,
        },
        from: {
          type: 'object',
          required: ['city'],
          properties: { city: { type: 'string' }, note: { type: 'string' } },
          additionalProperties: false,
        },
        open: { type: 'object', properties: { a: { type: 'string' } } },
      },
    },
  };

  it('has fields of its own where it is closed, and is JSON where it is not', async () => {
    await openBench(nested, { to: { zip: 7 } });
    expect(field(/^to\.zip/).value).toBe('7');
    await userEvent.type(field(/^to\.city/), 'Oslo');
    await userEvent.click(field(/^open/));
    await userEvent.paste('{"b":1}');
    await run();
    await waitFor(() => expect(calls()).toHaveLength(1));
    expect(calls()[0]).toEqual({
      tool: 'feed/post_order',
      input: { to: { city: 'Oslo', zip: 7 }, open: { b: 1 } },
    });
  });

  it('that may be left out asks for its parts only when there is one of them', async () => {
    await openBench(nested, { to: { city: 'Oslo' } });
    await userEvent.type(field(/^from\.note/), 'x');
    await run();
    expect(field(/^from\.city/).getAttribute('aria-invalid')).toBe('true');
    expect(calls()).toHaveLength(0);
    await userEvent.clear(field(/^from\.note/));
    await run();
    await waitFor(() => expect(calls()).toHaveLength(1));
    expect(calls()[0]).toEqual({ tool: 'feed/post_order', input: { to: { city: 'Oslo' } } });
  });
});

describe('a parameter that is a file', () => {
  it('takes one that is chosen, which the hub keeps', async () => {
    const members = Object.fromEntries(
      ['name', 'mediaType', 'text', 'base64', 'file'].map((key) => [key, { type: 'string' }]),
    );
    const photo = { type: 'object', properties: members, additionalProperties: false };
    hub.answer('POST /api/files', {
      status: 201,
      body: {
        id: 'f1',
        name: 'a.png',
        mediaType: 'image/png',
        size: 3,
        sha256: 'x',
        createdAt: '2026-11-27T00:00:00Z',
      },
    });
    await openBench({ ...price, inputSchema: { type: 'object', properties: { photo } } });
    await userEvent.upload(
      screen.getByLabelText('Choose a file for photo'),
      new File(['abc'], 'a.png', { type: 'image/png' }),
    );
    await waitFor(() => expect(JSON.parse(field(/^photo/).value)).toEqual({ name: 'a.png', file: 'f1' }));
    await run();
    await waitFor(() => expect(calls()[0]).toMatchObject({ input: { photo: { file: 'f1' } } }));
  });
});

describe('a call by hand', () => {
  it('that is stopped ends at the hub too, and can be made again', async () => {
    let isLeft = false;
    hub.answer('POST /api/tools/call', (_request, response) => {
      response.on('close', () => (isLeft = true));
      return null;
    });
    const bench = await openBench(price, { symbol: 'ETH', days: 1 });
    await run();
    await userEvent.click(await bench.findByRole('button', { name: 'Cancel' }));
    expect(await bench.findByText('Stopped before it was done.')).toBeTruthy();
    await waitFor(() => expect(isLeft).toBe(true));
    hub.answer('POST /api/tools/call', { body: done });
    await run();
    expect(await bench.findByText('Done')).toBeTruthy();
    expect(bench.queryByText('Stopped before it was done.')).toBeNull();
  });

  it('of a tool that writes is warned of before it is made', async () => {
    const bench = await openBench({ ...price, effect: 'write' }, { symbol: 'ETH', days: 1 });
    expect(bench.getByText('This tool changes something outside the hub')).toBeTruthy();
    expect(bench.queryByRole('button', { name: 'Run' })).toBeNull();
    await userEvent.click(bench.getByRole('button', { name: 'Run it for real' }));
    expect(await bench.findByText('Done')).toBeTruthy();
  });

  it('cannot be made while the tool is not available', async () => {
    const bench = await openBench({ ...price, unavailable: 'It needs a key.' });
    expect(bench.getByText('It needs a key.')).toBeTruthy();
    expect(bench.getByRole<HTMLButtonElement>('button', { name: 'Run' }).disabled).toBe(true);
  });

  it('that fails shows why, also at the field that it is about', async () => {
    const output = { error: 'Bad.', code: 'validation_failed', issues: [{ path: 'symbol.0', message: 'Unknown.' }] };
    hub.answer('POST /api/tools/call', { body: { ...done, isError: true, output } });
    const bench = await openBench(price, { symbol: 'X', days: 1 });
    await run();
    expect(await bench.findByText('Failed')).toBeTruthy();
    expect(bench.getByText('Unknown.')).toBeTruthy();
    expect(bench.getByRole('region', { name: 'Error' }).textContent).toContain('validation_failed');
  });

  it('that the hub refuses shows its problem', async () => {
    hub.answer('POST /api/tools/call', { status: 404, body: problem(404, 'not_found', 'There is no such tool.') });
    const bench = await openBench(price, { symbol: 'X', days: 1 });
    await run();
    expect((await bench.findByRole('alert')).textContent).toContain('There is no such tool.');
  });

  it('shows the request that was sent, what a model is told, and what it rests on', async () => {
    const request = {
      method: 'POST',
      url: 'https://api.example.org/prices?symbol=ETH',
      headers: { authorization: 'Bearer ••••••' },
      body: '{"days":7}',
    };
    const sources = [{ title: 'Price feed', url: 'https://example.org/feed', excerpt: null }];
    hub.answer('POST /api/tools/call', { body: { ...done, request, sources } });
    const bench = await openBench(price, { symbol: 'ETH', days: 7 });
    await run();
    expect(await bench.findByRole('link', { name: 'Price feed' })).toBeTruthy();
    await userEvent.click(bench.getByRole('tab', { name: 'What a model is told' }));
    expect(bench.getByRole('region', { name: 'What a model is told' }).textContent).toContain('<data>');
    await userEvent.click(bench.getByRole('tab', { name: 'Request' }));
    const shown = bench.getByRole('tabpanel', { name: 'Request' }).textContent;
    for (const part of [request.url, 'Bearer ••••••', '"days": 7']) expect(shown).toContain(part);
  });

  it('with a big result shows its beginning, all of it when asked, and the file', async () => {
    hub.answer('POST /api/tools/call', { body: { ...done, output: `${'x'.repeat(9000)}end`, file: 'f 1' } });
    const bench = await openBench(price, { symbol: 'ETH', days: 7 });
    await run();
    const whole = await bench.findByRole<HTMLAnchorElement>('link', { name: 'Download the whole result' });
    expect(whole.pathname).toBe('/api/files/f%201');
    const result = bench.getByRole('region', { name: 'Result' });
    expect(result.textContent).not.toContain('end');
    await userEvent.click(bench.getByRole('button', { name: 'Show all' }));
    expect(result.textContent).toContain('xend');
  });

  it('says what parameters of the hub’s own tools are in the language of the page; those of others keep their words', async () => {
    addTextsIn('zh-CN');
    putInForce('zh-CN');
    try {
      const own = 'For add: what to add; negative numbers go back.';
      const inputSchema = {
        type: 'object',
        properties: {
          action: { type: 'string', enum: ['now', 'later'], default: 'now' },
          duration: { type: 'string', description: own },
          note: { type: 'string', description: 'Something new.' },
        },
      };
      const show = (id: string) => {
        cleanup();
        renderPage(<ToolSchema tool={{ id, inputSchema, outputSchema: {} }} />);
        screen.getByText('3 个参数').click();
      };
      show('time');
      expect((await screen.findByText('用于 add：要加上的时长；负数表示往回推。')).lang).toBe('zh-CN');
      expect(screen.getByText('可选值：now（当前时间）、later')).toBeTruthy();
      expect(screen.getByText('默认：now（当前时间）')).toBeTruthy();
      expect(screen.getByText('Something new.').lang).toBe('');
      show('feed/time');
      expect(await screen.findByText(own)).toBeTruthy();
      expect(screen.getByText('可选值：now、later')).toBeTruthy();
      cleanup();
      renderPage(<ToolBench open onOpenChange={() => undefined} tool={{ ...price, id: 'time', inputSchema }} />);
      const choice = await screen.findByRole<HTMLSelectElement>('combobox', { name: /action/ });
      await waitFor(() => expect(choice.textContent).toBe('不填now（当前时间）later'));
      expect([...choice.options].map(({ value }) => value)).toEqual(['', 'now', 'later']);
      expect(
        screen.getByRole('textbox', { name: /duration/, description: '用于 add：要加上的时长；负数表示往回推。' }),
      ).toBeTruthy();
    } finally {
      putInForce('en');
    }
  });
});
