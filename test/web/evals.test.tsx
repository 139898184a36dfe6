import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AgentTool } from '#server/contract/agent-definition.ts';
import { Eval, type EvalList, type EvalResult, type EvalRun, type StoredEval } from '#server/contract/eval.ts';
import type { ModelSummary } from '#server/contract/model.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { sampleAgent } from '#test/support/sample-agent.ts';
import { problem, type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { EvalPanel } from '#web/features/evals/components/eval-panel.tsx';
import { toEvalInput, toFormValues } from '#web/features/evals/eval-form-values.ts';
import { proposeEval } from '#web/features/evals/propose-eval.ts';
import { emptyRunView } from '#web/features/runs/run-view.ts';

const base = '/api/agents/agent-1';
const agent = { ...sampleAgent({ tools: [AgentTool.parse({ id: 'calculator' })] }), publishedVersion: 2 };
let hub: ScriptedHub;
let list: EvalList;
let run: EvalRun;
let savedBefore: string[];

const stored = (id: string, name: string): StoredEval => ({
  id,
  revision: 1,
  updatedAt: '2026-11-20T10:00:00Z',
  test: Eval.parse({ name, needs: [], input: 'What is 2 + 2?', expect: [{ kind: 'number', value: 4 }] }),
});
const result = (parts: Partial<EvalResult>): EvalResult => ({
  row: 0,
  column: 0,
  status: 'waiting',
  reason: null,
  run: null,
  output: '',
  checks: [],
  tokens: 0,
  costUsd: null,
  durationMs: null,
  error: null,
  ...parts,
});

function open() {
  renderPage(
    <EvalPanel
      agent={agent}
      save={async () => {
        savedBefore.push('saved');
      }}
    />,
  );
}
const button = (name: string | RegExp) => screen.findByRole('button', { name });

beforeAll(startTexts);
beforeEach(async () => {
  hub = await startScriptedHub();
  openAddress(hub.url);
  savedBefore = [];
  list = { items: [stored('t1', 'Sum')], gate: { required: false, state: 'not-run' }, newestRun: null };
  run = {
    id: 'r1',
    status: 'running',
    draftRevision: 1,
    publishedVersion: 2,
    columns: [{ kind: 'draft' }, { kind: 'published' }],
    counts: [],
    startedAt: '2026-11-20T10:00:00Z',
    endedAt: null,
    tests: list.items.map(({ id, test }) => ({ id, test })),
    results: [result({ status: 'running' }), result({ column: 1 })],
  };
  hub.answer(`GET ${base}/tests`, () => ({ body: list }));
  hub.answer(`GET ${base}/test-runs/r1`, () => ({ body: run }));
  hub.answer(`POST ${base}/test-runs`, () => ({ status: 201, body: run }));
  hub.answer('GET /api/models', {
    body: { items: [], defaultModel: 'offline/planner', imageModel: null, problems: [] },
  });
});
afterEach(async () => {
  cleanup();
  await closePage();
  await hub.close();
});

describe('the tests of an agent', () => {
  it('teach what a test is where there is none', async () => {
    list = { ...list, items: [] };
    open();
    await screen.findByText('No tests yet');
    expect(screen.getByText(/press “Make this a test”/)).toBeTruthy();
    await button('New test');
    await button('Import CSV');
  });

  it('are written with their checks, and what is wrong stands at its check', async () => {
    hub.answer(`POST ${base}/tests`, { status: 201, body: stored('t2', 'What is 3 * 3?') });
    open();
    await userEvent.click(await button('New test'));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByRole('textbox', { name: 'Question' }), 'What is 3 * 3?');
    await userEvent.selectOptions(within(dialog).getByRole('combobox', { name: 'Check 1' }), 'number');
    await userEvent.type(within(dialog).getByRole('textbox', { name: 'Number' }), 'nine');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Save test' }));
    await within(dialog).findByText(/Write numbers, such as 12.5/);
    await userEvent.clear(within(dialog).getByRole('textbox', { name: 'Number' }));
    await userEvent.type(within(dialog).getByRole('textbox', { name: 'Number' }), '9');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Add a check' }));
    await userEvent.selectOptions(within(dialog).getByRole('combobox', { name: 'Check 2' }), 'calls');
    await userEvent.selectOptions(within(dialog).getByRole('combobox', { name: 'Tool' }), 'calculator');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Save test' }));
    await waitFor(() =>
      expect(hub.sent('POST', `${base}/tests`)).toEqual([
        {
          name: 'What is 3 * 3?',
          needs: [],
          input: 'What is 3 * 3?',
          variables: {},
          files: [],
          expect: [
            { kind: 'number', value: 9, tolerance: 0 },
            { kind: 'calls', tool: 'calculator', arguments: {} },
          ],
        },
      ]),
    );
  });

  it('are run over draft and published version, with marks, cost and time', async () => {
    open();
    await userEvent.click(await screen.findByText(/Compare with the published version/));
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Published version 2' }));
    await userEvent.click(await button('Run all'));
    await screen.findByRole('progressbar', { name: 'Tests being run' });
    expect(savedBefore).toEqual(['saved']);
    expect(hub.sent('POST', `${base}/test-runs`)).toEqual([{ columns: [{ kind: 'draft' }, { kind: 'published' }] }]);
    const checks = [{ outcome: 'failed' as const, reason: 'number-off' as const, detail: '5' }];
    run = {
      ...run,
      status: 'completed',
      counts: [
        { passed: 1, failed: 0, skipped: 0 },
        { passed: 0, failed: 1, skipped: 0 },
      ],
      results: [
        result({ status: 'passed', durationMs: 1200, costUsd: 0.02, tokens: 30 }),
        result({ column: 1, status: 'failed', durationMs: 800, costUsd: 0.01, checks }),
      ],
    };
    const cell = await button('Failed. Sum, Published version: look at the result');
    expect(cell.textContent).toContain('Failed');
    expect(cell.textContent).toContain('0.8 sec');
    expect(screen.getByText('1 of 1 passed')).toBeTruthy();
    await userEvent.click(cell);
    const dialog = await screen.findByRole('dialog', { name: 'Sum' });
    expect(dialog.textContent).toContain('Has the number 4');
    expect(dialog.textContent).toContain('The nearest number in the answer is:');
    expect(dialog.textContent).toContain('$0.01');
  });

  it('are cancelled', async () => {
    list = { ...list, newestRun: run };
    hub.answer(`POST ${base}/test-runs/r1/cancel`, () => {
      run = { ...run, status: 'cancelled' };
      return { body: run };
    });
    open();
    await userEvent.click(await button('Cancel'));
    await screen.findByText(/The newest run was cancelled/);
    // The pressed button is gone.
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Sum' })));
  });

  it('are compared over models that are searched where there are many', async () => {
    const known = { seesImages: null, usesTools: null, writesJson: null, reasons: null, contextTokens: null };
    const prices = { inputUsd: null, outputUsd: null, cachedInputUsd: null };
    const items = Array.from({ length: 40 }, (_, place): ModelSummary => ({
      reference: `router/model-${place}`,
      name: `model-${place}`,
      provider: 'Router',
      kind: 'language-model',
      personal: false,
      price: { ...prices, unit: 'tokens', longPrompt: null },
      isDefault: false,
      ...known,
    }));
    hub.answer('GET /api/models', {
      body: { items, defaultModel: 'offline/planner', imageModel: null, problems: [] },
    });
    open();
    await userEvent.click(await screen.findByText(/Compare with the published version/));
    await screen.findByText('16 more models: search for them by name.');
    await userEvent.type(screen.getByRole('searchbox', { name: 'Search models' }), 'model-39');
    await userEvent.click(await screen.findByRole('checkbox', { name: 'router/model-39' }));
    await userEvent.clear(screen.getByRole('searchbox', { name: 'Search models' }));
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'router/model-39' }).checked).toBe(true);
  });

  it('say what is wrong with a CSV, line by line', async () => {
    const errors = [{ path: 'body.csv: line 3, number', message: '"ten" is not a number.' }];
    hub.answer(`POST ${base}/tests/import`, {
      status: 400,
      body: { ...problem(400, 'validation_failed', 'The CSV cannot be imported.'), errors },
    });
    open();
    await userEvent.click(await button('Import CSV'));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByRole('textbox', { name: 'Or paste it here' }), 'question');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Import' }));
    expect(await within(dialog).findByText(/is not a number/)).toBeTruthy();
    expect(dialog.textContent).toContain('line 3');
  });

  it('hold publishing up when that is wanted', async () => {
    hub.answer(`PATCH ${base}/tests`, () => {
      list = { ...list, gate: { required: true, state: 'not-run' } };
      return { body: list.gate };
    });
    open();
    const gate = await screen.findByRole('switch', { name: 'Publish only when all tests pass' });
    await userEvent.click(gate);
    await waitFor(() => expect(hub.sent('PATCH', `${base}/tests`)).toEqual([{ required: true }]));
    await waitFor(() => expect(screen.getByRole<HTMLInputElement>('switch').checked).toBe(true));
    expect(screen.getByText('Not all tests were run on this very draft.')).toBeTruthy();
  });
});

describe('an answer that becomes a test', () => {
  const view = {
    ...emptyRunView,
    run: 'run-1',
    status: 'completed' as const,
    model: 'openai/m',
    text: '**Four**, of course.',
  };
  const messages = [
    { role: 'user' as const, content: 'Hi' },
    { role: 'assistant' as const, content: 'Hello' },
    { role: 'user' as const, content: 'What is 2 + 2?' },
  ];
  const exchange = { messages, files: [], variables: { tone: 'dry' }, view };

  it('brings the question, what was said before, and how the answer begins', () => {
    const proposed = Eval.parse(toEvalInput(proposeEval(exchange)));
    expect(proposed).toMatchObject({ name: 'What is 2 + 2?', needs: ['model'], messages, variables: { tone: 'dry' } });
    expect(proposed.expect).toEqual([{ kind: 'contains', anyOf: ['Four, of course.'] }]);
  });

  it('proposes the tools that were called', () => {
    const step = {
      call: 'c1',
      tool: 'calculator',
      parent: null,
      intent: '',
      input: {},
      output: null,
      isError: false,
      isRunning: false,
      durationMs: 1,
      progress: null,
      file: null,
    };
    const { expect: checks } = Eval.parse(toEvalInput(proposeEval({ ...exchange, view: { ...view, steps: [step] } })));
    expect(checks).toEqual([{ kind: 'calls', tool: 'calculator', arguments: {} }]);
  });

  it('is the same after a visit to the form, whatever its checks', () => {
    const whole = Eval.parse({
      name: 'All',
      needs: ['model'],
      messages,
      files: [{ file: 'f', name: 'f.csv' }],
      expect: [
        { kind: 'contains', anyOf: ['a', 'b'] },
        { kind: 'excludes', anyOf: ['c'] },
        { kind: 'matches', pattern: 'x', ignoreCase: false },
        { kind: 'json-schema', schema: { type: 'object' } },
        { kind: 'calls', tool: 'calculator', arguments: { expression: '1' } },
        { kind: 'avoids', tool: 'chart' },
        { kind: 'number', value: -1.5, tolerance: 0.1 },
        { kind: 'cites', url: 'https://example.org' },
        { kind: 'cites' },
        { kind: 'makes', artifact: 'image' },
        { kind: 'judge', rubric: 'Kind.', model: 'openai/m' },
      ],
    });
    expect(Eval.parse(toEvalInput(toFormValues(whole)))).toEqual(whole);
  });
});
