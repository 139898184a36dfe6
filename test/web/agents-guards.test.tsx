import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Guard } from '#server/contract/guard.ts';
import { startBuilder } from '#test/support/builder-page.tsx';
import { startTexts } from '#test/support/render-page.tsx';
import { sampleAgent } from '#test/support/sample-agent.ts';

let builder: Awaited<ReturnType<typeof startBuilder>>;

beforeAll(startTexts);
beforeEach(async () => {
  builder = await startBuilder();
});
afterEach(() => builder.close());

describe('the guards of an agent', () => {
  it('are added, filled in, saved, and tried on a text', async () => {
    builder.hub.answer('POST /api/guards/check', {
      body: {
        isRefused: false,
        text: 'To [email removed]',
        findings: [{ guard: 'personal-data', action: 'mask', what: ['email'], count: 1 }],
      },
    });
    builder.open();
    const safety = within(await screen.findByRole('region', { name: 'Safety' }));
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
    await waitFor(() => expect(builder.stored.definition.guards).toEqual([guard]));
    await userEvent.type(safety.getByRole('textbox', { name: 'Try the guards on a text' }), 'To ada');
    await userEvent.click(safety.getByRole('button', { name: 'Check' }));
    expect(await safety.findByText('To [email removed]')).toBeTruthy();
    expect(builder.hub.sent('POST', '/api/guards/check')).toEqual([{ guards: [guard], text: 'To ada', side: 'input' }]);
  });

  it('need words where they look for words, one a line', async () => {
    builder.open();
    const safety = within(await screen.findByRole('region', { name: 'Safety' }));
    await userEvent.selectOptions(safety.getByRole('combobox', { name: 'New guard' }), 'blocked-topics');
    await userEvent.click(safety.getByRole('button', { name: 'Add' }));
    expect(await screen.findByText('Not saved: see the problems')).toBeTruthy();
    await userEvent.type(safety.getByRole('textbox', { name: 'Words and phrases' }), 'one two{Enter}赌博');
    await waitFor(() => expect(builder.stored.definition.guards).toMatchObject([{ words: ['one two', '赌博'] }]));
  });

  it('hold messages to a JSON schema, which is kept once it is one', async () => {
    builder.open();
    const safety = within(await screen.findByRole('region', { name: 'Safety' }));
    await userEvent.selectOptions(safety.getByRole('combobox', { name: 'New guard' }), 'json-schema');
    await userEvent.click(safety.getByRole('button', { name: 'Add' }));
    const field = await safety.findByRole('textbox', { name: 'JSON Schema' });
    expect(safety.queryByRole('combobox', { name: 'Then' })).toBeNull();
    await userEvent.clear(field);
    expect(await safety.findByText(/not a JSON object/)).toBeTruthy();
    await userEvent.click(field);
    await userEvent.paste('{"type":"array"}');
    await waitFor(() =>
      expect(builder.stored.definition.guards).toEqual([
        { kind: 'json-schema', when: 'input', action: 'refuse', schema: { type: 'array' } },
      ]),
    );
  });

  it('are kept with a schema that cannot be published, and say so with the way to it', async () => {
    const fault = {
      path: 'guards.0.schema.type',
      message: { en: 'A type is one of these.', zh: '类型必须是这些之一。' },
    };
    builder.findProblems = ({ guards }) => (JSON.stringify(guards).includes('"text"') ? [fault] : []);
    builder.stored = sampleAgent({ guards: [Guard.parse({ kind: 'json-schema', schema: { type: 'object' } })] });
    builder.open();
    const safety = within(await screen.findByRole('region', { name: 'Safety' }));
    const field = await safety.findByRole('textbox', { name: 'JSON Schema' });
    await userEvent.clear(field);
    await userEvent.click(field);
    await userEvent.paste('{"type":"text"}');
    expect(await screen.findByText('Saved, but 1 problem keeps it from being published')).toBeTruthy();
    expect(screen.getByText(fault.message.en, { exact: false })).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Safety' }));
    await waitFor(() => expect(document.activeElement).toBe(field));
    await userEvent.clear(field);
    await userEvent.paste('{"type":"null"}');
    await waitFor(() => expect(screen.queryByText(fault.message.en, { exact: false })).toBeNull());
  });
});
