import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { ChartView } from '#server/contract/chart-view.ts';
import type { QueryTable } from '#server/contract/dataset.ts';
import type { Execution } from '#server/contract/execution.ts';
import type { SavedQuery } from '#server/contract/saved-query.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { Workbench } from '#web/features/queries/components/workbench.tsx';
import { Toaster } from '#web/ui/toaster.tsx';
import { findAskedSql } from '#web/features/queries/find-asked-sql.ts';
import { findCommonTables } from '#web/features/queries/editor/common-tables.ts';
import { toPlaceInEditor } from '#web/features/queries/to-place-in-editor.ts';
import { toSqlFragment } from '#web/features/queries/to-sql-fragment.ts';
import { findParameters } from '#web/features/queries/find-parameters.ts';
import { suggestView, toViewChart } from '#server/contract/to-view-chart.ts';

let hub: ScriptedHub;
const at = '2026-11-01T00:00:00.000Z';
const transfers: QueryTable = {
  name: 'transfers',
  description: 'transfers.csv',
  rows: 3,
  columns: [
    { name: 'sender', type: 'VARCHAR' },
    { name: 'amount', type: 'HUGEINT' },
  ],
  datasetId: 'dataset-1',
};
const done: Execution = {
  id: 'execution-1',
  queryId: null,
  queryVersion: null,
  engine: 'duckdb',
  sql: 'SELECT * FROM transfers LIMIT 100',
  parameters: [],
  state: 'completed',
  fault: null,
  reads: [],
  columns: transfers.columns,
  rows: 2,
  isCut: false,
  credits: null,
  size: 1000,
  durationMs: 120,
  startedAt: at,
  endedAt: at,
  keptUntil: '2026-11-08T00:00:00.000Z',
};
const saved: SavedQuery = {
  id: 'query-1',
  number: 1,
  name: 'By sender',
  description: '',
  access: 'private',
  owner: { id: 'ada', name: 'Ada' },
  forkOf: null,
  engine: 'duckdb',
  isArchived: false,
  version: 2,
  sql: 'SELECT {{who}}',
  parameters: [{ name: 'who', type: 'enum', value: 'ann', options: ['ann', 'ben'] }],
  createdAt: at,
  updatedAt: at,
  can: { edit: true },
};

beforeAll(startTexts);
beforeEach(async () => {
  hub = await startScriptedHub();
  openAddress(hub.url);
  hub.answer('GET /api/tables', () => ({ body: { items: [transfers] } }));
  hub.answer('GET /api/dune-key', () => ({ body: { isConnected: false, keyEnd: null, updatedAt: null } }));
});
afterEach(async () => {
  cleanup();
  await closePage();
  await hub.close();
});

const open = (queryId: string | null = null) =>
  renderPage(<Workbench queryId={queryId} onAnalyse={() => undefined} onOpenQuery={() => undefined} />);

/** The page, whose address names the query that is open. */
function Desk({ fragment = '' }: { fragment?: string }) {
  const [query, setQuery] = useState<string | null>(null);
  return (
    <Workbench
      queryId={query}
      asked={query === null ? findAskedSql(fragment) : null}
      onAnalyse={() => undefined}
      onOpenQuery={setQuery}
    />
  );
}

it('a table is looked at with a press, and its rows are sorted by a column', async () => {
  hub.answer('POST /api/executions', () => ({ status: 201, body: done }));
  hub.answer('GET /api/executions/execution-1/rows', ({ query }) => ({
    body: {
      columns: done.columns,
      rows:
        query.get('sort') === null
          ? [
              ['ann', '10'],
              ['ben', null],
            ]
          : [
              ['ben', null],
              ['ann', '10'],
            ],
      total: 2,
    },
  }));
  open();
  await userEvent.click(await screen.findByText('transfers'));
  await userEvent.click(screen.getByRole('button', { name: 'Look at it' }));
  const table = await screen.findByRole('table');
  const texts = () =>
    within(table)
      .getAllByRole('row')
      .slice(1)
      .map(({ textContent }) => textContent);
  await waitFor(() => expect(texts()).toEqual(['1ann10', '2benNULL']));
  expect(screen.getByRole('status').textContent).toBe('2 rows · 0.12 s');
  const user = userEvent.setup();
  await user.pointer({ keys: '[MouseLeft]', target: within(table).getByText('ann') });
  await user.keyboard('{Shift>}');
  await user.pointer({ keys: '[MouseLeft]', target: within(table).getByText('NULL') });
  await user.keyboard('{/Shift}');
  fireEvent.copy(screen.getByRole('region', { name: 'Rows of the result' }));
  await screen.findByText('Copied 4 cells.');
  expect(await navigator.clipboard.readText()).toBe('ann\t10\nben\t');
  await userEvent.click(within(table).getByRole('button', { name: /sender/ }));
  await waitFor(() => expect(texts()).toEqual(['1benNULL', '2ann10']));
});

it('tables are listed anew once a query has read other rows than were listed', async () => {
  hub.answer('GET /api/executions/execution-1/rows', { body: { columns: done.columns, rows: [], total: 2 } });
  const reads = [{ table: 'transfers', rows: 3, range: null, asOf: null }];
  hub.answer('POST /api/executions', () => ({ status: 201, body: { ...done, reads } }));
  let rows = 0;
  hub.answer('GET /api/tables', () => ({ body: { items: [{ ...transfers, rows }] } }));
  open();
  await screen.findByText('0 rows');
  rows = 3;
  await userEvent.click(screen.getByText('transfers'));
  await userEvent.click(screen.getByRole('button', { name: 'Look at it' }));
  await screen.findByText('3 rows');
  const asked = () => hub.requests.filter(({ path }) => path === '/api/tables').length;
  expect(asked()).toBe(2);
  await userEvent.click(screen.getByRole('button', { name: 'Look at it' }));
  await screen.findByRole('table');
  expect(asked()).toBe(2);
});

it('SQL that an address asks for waits to be run, and a result stays while its query is saved', async () => {
  const parameters = [{ name: 'who', type: 'text' as const, value: 'ann', options: [] }];
  const fragment = toSqlFragment({ sql: 'SELECT {{who}} + 1', parameters });
  hub.answer('POST /api/executions', () => ({ status: 201, body: done }));
  hub.answer('GET /api/executions/execution-1/rows', {
    body: { columns: done.columns, rows: [['ann', '10']], total: 1 },
  });
  const kept = { ...saved, version: 1, sql: 'SELECT {{who}} + 1', parameters };
  hub.answer('POST /api/queries', () => ({ status: 201, body: kept }));
  hub.answer('GET /api/queries/query-1', () => ({ body: kept }));
  renderPage(<Desk fragment={fragment} />);
  expect(await screen.findByLabelText<HTMLInputElement>('who')).toHaveProperty('value', 'ann');
  expect(hub.requests.some(({ path }) => path === '/api/executions')).toBe(false);
  await userEvent.click(screen.getByRole('button', { name: 'Run' }));
  const table = await screen.findByRole('table');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await userEvent.type(await screen.findByLabelText('Name'), 'By sender');
  await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Save' }));
  await screen.findByRole('heading', { name: 'By sender' });
  expect(document.contains(table)).toBe(true);
  expect(hub.requests.find(({ path, method }) => path === '/api/queries' && method === 'POST')?.body).toMatchObject({
    sql: 'SELECT {{who}} + 1',
    parameters,
  });
  await userEvent.click(screen.getByRole('button', { name: 'New query' }));
  await waitFor(() => expect(document.contains(table)).toBe(false));
});

it('a fault is said in words, with its place and what the engine said', async () => {
  const fault = { kind: 'unknown_name' as const, message: 'No such column', line: 2, column: 3 };
  hub.answer('POST /api/executions', () => ({
    status: 201,
    body: { ...done, state: 'failed', fault, keptUntil: null },
  }));
  open();
  await userEvent.click(await screen.findByText('transfers'));
  await userEvent.click(screen.getByRole('button', { name: 'Look at it' }));
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toBe('There is no such table, column or functionNo such columnLine 2, column 3');
  expect(within(alert).getByRole('button').textContent).toBe('Line 2, column 3');
});

it('a saved query is run with other values of its parameters', async () => {
  hub.answer('GET /api/queries/query-1', () => ({ body: saved }));
  const asked: unknown[] = [];
  hub.answer('POST /api/executions', ({ body }) => {
    asked.push(body);
    return { status: 201, body: { ...done, state: 'cancelled', keptUntil: null } };
  });
  open('query-1');
  await userEvent.selectOptions(await screen.findByLabelText('who'), 'ben');
  await userEvent.click(screen.getByRole('button', { name: 'Run' }));
  await screen.findByText('The query was stopped.');
  expect(asked).toMatchObject([{ query: 'query-1', parameters: [{ name: 'who', value: 'ben' }] }]);
});

it('parameters are what stands in braces outside of comments', () => {
  const known = saved.parameters;
  expect(findParameters("SELECT {{who}}, '{{ day }}' -- {{not}}\n/* {{nor}} */", known)).toEqual([
    known[0],
    { name: 'day', type: 'text', value: '', options: [] },
  ]);
});

it('a chart begins with a figure over time, and draws exact figures', () => {
  const columns = [
    { name: 'token.id', type: 'VARCHAR' },
    { name: 'day', type: 'DATE' },
    { name: 'total', type: 'HUGEINT' },
  ];
  const choice = ChartView.parse(suggestView(columns));
  expect(choice).toMatchObject({ kind: 'line', x: 'day', y: ['total'], series: null });
  const rows = [['AAA', '2026-01-01', '40']];
  expect(toViewChart({ ...choice, kind: 'bar', x: 'token.id' }, { columns, rows })).toMatchObject({
    data: { values: [{ c0: 'AAA', c1: 40 }] },
    encoding: { x: { field: 'c0', title: 'token.id', type: 'nominal' }, y: { field: 'c1', type: 'quantitative' } },
  });
  expect(suggestView([{ name: 'a', type: 'VARCHAR' }])).toBeNull();
});

it('a key for Dune gives a choice of engines, and what was typed is there again after the page was left', async () => {
  const asked: unknown[] = [];
  const stored = { isConnected: true, keyEnd: '7f3e', updatedAt: at };
  hub.answer('PUT /api/dune-key', ({ body }) => {
    asked.push(body);
    return { body: stored };
  });
  hub.answer('POST /api/executions', ({ body }) => {
    asked.push(body);
    return { status: 201, body: { ...done, state: 'failed', fault: spent, keptUntil: null } };
  });
  const spent = { kind: 'credits_spent', message: 'Your credits at Dune are spent (402).', line: null, column: null };
  const { unmount } = open();
  await userEvent.click(await screen.findByRole('button', { name: 'Connect Dune' }));
  await userEvent.type(await screen.findByLabelText('API key'), 'a-key-of-dune-7f3e');
  await userEvent.click(screen.getByRole('button', { name: 'Save the key' }));
  await userEvent.click(await screen.findByText('transfers'));
  await userEvent.click(screen.getByRole('button', { name: 'Look at it' }));
  await userEvent.click(await screen.findByRole('radio', { name: 'Dune' }));
  expect(await screen.findByText(/costs credits of your key/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Run' }));
  expect(await screen.findByText('Your credits at Dune are spent')).toBeTruthy();
  await waitFor(() => expect(asked).toHaveLength(3));
  expect(asked).toMatchObject([{ apiKey: 'a-key-of-dune-7f3e' }, { engine: 'duckdb' }, { engine: 'dune' }]);
  unmount();
  open();
  await waitFor(() => expect(screen.getByLabelText('SQL').textContent).toContain('transfers'));
});

it('SQL is laid out anew without a changed word, and what cannot be read stays as it is', async () => {
  const openWith = (sql: string) =>
    renderPage(
      <>
        <Workbench
          queryId={null}
          asked={{ sql, parameters: [] }}
          onAnalyse={() => undefined}
          onOpenQuery={() => undefined}
        />
        <Toaster />
      </>,
    );
  const read = () =>
    document.querySelector('.cm-content')?.textContent ?? screen.getByLabelText<HTMLTextAreaElement>('SQL').value;
  const format = async () => userEvent.click(await screen.findByRole('button', { name: /^Format the SQL/ }));
  const written = "select Data, sum(amount) total from transfers where token = '{{which token}}' group by all -- mine";
  const { unmount } = openWith(written);
  await format();
  // The editor takes the place of the text area at some time.
  await waitFor(() => {
    expect(read()).not.toContain(written);
    expect(read()).toMatch(/^select\s+Data,\s+sum\(amount\) total\s*from\s+transfers/);
    expect(read()).toMatch(/'\{\{which token\}\}'\s*group by all -- mine/);
  });
  unmount();
  openWith('select $$ never closed');
  await format();
  expect(await screen.findByText(/cannot be read at line 1, column 8/)).toBeTruthy();
  await waitFor(() => expect(read()).toBe('select $$ never closed'));
});

it('a table says which of its addresses may be mistyped', async () => {
  const first = [{ row: 7, address: '0xd8DA6BF26964aF9D7eEd9e03E53415D37aA96045' }];
  const wrongChecksums = [{ column: 'sender', count: 1200, first }];
  hub.answer('GET /api/tables', () => ({ body: { items: [{ ...transfers, wrongChecksums }] } }));
  open();
  await userEvent.click(await screen.findByText('transfers'));
  expect(screen.getByText('transfers: addresses to check')).toBeTruthy();
  expect(screen.getByText('1,200 rows in the column “sender”:')).toBeTruthy();
  expect(screen.getByText(/Row 7/).textContent).toContain('0xd8DA6BF2');
  expect(screen.getByText('and 1,199 more')).toBeTruthy();
});

it('of many rows those are shown that a filter leaves, and how many', async () => {
  const many = { ...done, rows: 30 };
  hub.answer('POST /api/executions', () => ({ status: 201, body: many }));
  hub.answer('GET /api/executions/execution-1/rows', ({ query }) => ({
    body:
      query.get('filter') === 'amount > 20'
        ? { columns: done.columns, rows: [['zoe', '25']], total: 1 }
        : { columns: done.columns, rows: Array.from({ length: 30 }, () => ['ann', '10']), total: 30 },
  }));
  open();
  await userEvent.click(await screen.findByText('transfers'));
  await userEvent.click(screen.getByRole('button', { name: 'Look at it' }));
  await userEvent.type(await screen.findByLabelText('Only rows where'), 'amount > 20{Enter}');
  expect(await screen.findByText('1 of 30 rows')).toBeTruthy();
  expect(await screen.findByText('zoe')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'All rows' }));
  expect(await screen.findAllByText('ann')).not.toHaveLength(0);
});

it('a fault of what was selected is marked where it stands in all that is written', () => {
  const fault = { kind: 'syntax', message: 'no', line: 1, column: 8 } as const;
  const written = 'SELECT 1;\n  SELECT nothing;\nSELECT 3';
  expect(toPlaceInEditor({ sql: 'SELECT nothing', fault }, written, 12)).toMatchObject({ line: 2, column: 10 });
  expect(toPlaceInEditor({ sql: 'elsewhere', fault }, written, 0)).toBe(fault);
});

it('what WITH names is known, with the columns that it gives', () => {
  const sql =
    'WITH daily AS (SELECT day, sum(x) AS total, max(y) AS "top" FROM t), named(a, b) AS (SELECT 1, (2)) SELECT';
  expect(findCommonTables(sql)).toEqual([
    { name: 'daily', columns: ['total', 'top'] },
    { name: 'named', columns: ['a', 'b'] },
  ]);
});
