import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Dashboard, DashboardResults, WidgetResult } from '#server/contract/dashboard.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { DashboardDialog } from '#web/features/dashboards/components/dashboard-dialog.tsx';
import { DashboardView } from '#web/features/dashboards/components/dashboard-view.tsx';
import { moveWidget, stepWidget } from '#web/features/dashboards/move-widget.ts';
import { readCounter, toGrouped, toShortened } from '#web/features/dashboards/read-counter.ts';
import { createFormat } from '#web/lib/format.ts';

let hub: ScriptedHub;
const at = '2026-11-01T00:00:00.000Z';
const result: WidgetResult = {
  widget: 'sum',
  columns: [{ name: 'total', type: 'HUGEINT' }],
  rows: [['123456789012345678901234567890']],
  total: 1,
  reads: [],
  fault: null,
  faultWords: null,
  durationMs: 3,
  previous: '1',
  sql: null,
  asOf: at,
};
const text = '**Bold** <img src=x onerror="alert(1)"> [bad](javascript:alert(1))';
const dashboard: Dashboard = {
  id: 'flows',
  name: 'Flows',
  description: '',
  access: 'private',
  owner: { id: 'ada', name: 'Ada' },
  revision: 3,
  widgets: [
    {
      id: 'sum',
      kind: 'counter',
      title: 'Sum',
      query: 'q',
      column: 'total',
      compare: 'none',
      unit: '',
      place: { x: 0, y: 0, w: 3, h: 2 },
    },
    { id: 'table', kind: 'table', title: 'Table', query: 'q', columns: [], place: { x: 3, y: 0, w: 3, h: 2 } },
    { id: 'words', kind: 'text', title: 'Words', text, place: { x: 0, y: 2, w: 6, h: 2 } },
  ],
  parameters: [{ name: 'chain', type: 'enum', value: 'a', options: ['a', 'b'] }],
  schedule: null,
  nextRefreshAt: null,
  refreshedAt: at,
  isRefreshing: false,
  link: null,
  createdAt: at,
  updatedAt: at,
  can: { edit: true },
};

beforeAll(startTexts);
beforeEach(async () => {
  hub = await startScriptedHub();
  openAddress(hub.url);
  const results: DashboardResults = {
    isRefreshing: false,
    refreshedAt: at,
    items: [result, { ...result, widget: 'table', columns: [], rows: [], fault: 'no such column' }],
  };
  hub.answer('GET /api/dashboards/flows', { body: dashboard });
  hub.answer('GET /api/dashboards/flows/results', { body: results });
});
afterEach(async () => {
  cleanup();
  await closePage();
  await hub.close();
});

it('a dashboard shows every digit, what failed, and text that runs nothing; other values are asked for', async () => {
  const { container } = renderPage(<DashboardView id="flows" back="/dashboards" dataAddress="/data" />);
  const counter = await screen.findByRole('article', { name: 'Sum' });
  await within(counter).findByText(/123,456,789,012,345,678,901,234,567,890/);
  within(screen.getByRole('article', { name: 'Table' })).getByText('no such column');
  await screen.findByText('Bold');
  expect(container.querySelector('img[onerror], script, a[href^="javascript"]')).toBeNull();
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'chain' }), 'b');
  await expect.poll(() => hub.requests.map(({ query }) => query.get('values')).includes('{"chain":"b"}')).toBe(true);
});

it('what a rhythm of queries at Dune costs is of how often the hub says that it comes', async () => {
  hub.answer('GET /api/queries', { body: { items: [{ id: 'q', engine: 'dune' }], nextCursor: null } });
  hub.answer('GET /api/executions', { body: { items: [{ credits: '0.15' }], nextCursor: null } });
  hub.answer('GET /api/schedule-times', { body: { times: [], runsAMonth: 14 } });
  const schedule = { cron: '0 9 * jan-jun *', timeZone: 'Europe/Berlin' };
  const nothing = () => undefined;
  renderPage(<DashboardDialog open dashboard={{ ...dashboard, schedule }} onOpenChange={nothing} onSaved={nothing} />);
  await userEvent.selectOptions(await screen.findByLabelText('Refresh'), 'cron');
  await screen.findByText(/about 14 times a month\. At 0\.3 credits, as the last time, that is about 4\.2 credits/);
  expect(hub.requests.map(({ query }) => query.get('cron'))).toContain(schedule.cron);
});

it('a widget that is moved pushes others down, and none stand on each other', () => {
  const moved = stepWidget(dashboard.widgets, 'words', 'up');
  expect(moved.map(({ id, place: { x, y } }) => [id, x, y])).toEqual([
    ['sum', 0, 2],
    ['table', 3, 2],
    ['words', 0, 0],
  ]);
  const wide = moveWidget(dashboard.widgets, 'sum', { x: 20, y: 0, w: 40, h: 90 });
  expect(wide[0]?.place).toEqual({ x: 0, y: 0, w: 12, h: 20 });
  expect(wide.slice(1).every(({ place }) => place.y >= 20)).toBe(true);
});

it('a counter tells its change, where there is one', () => {
  const asked = { column: 'total', compare: 'refresh' } as const;
  expect(readCounter(asked, { ...result, rows: [['150']], previous: '100' })).toMatchObject({
    figure: '150',
    change: 0.5,
  });
  expect(readCounter(asked, { ...result, rows: [], previous: '0' })).toMatchObject({ figure: '–', change: null });
  expect(['-1234.5000', '12', 'words'].map(toGrouped)).toEqual(['-1,234.5000', '12', 'words']);
});

it.each([
  ['12345678901.5', null],
  ['a word that is longer than its card', null],
  ['1500000000000000000000', '≈ 1.5E21'],
  ['-2345678901234', '≈ -2.35T'],
  ['1234.123456789012345678', '≈ 1,234.1235'],
  ['0.000000000000123456', '≈ 0.0000000000001235'],
])('a counter with a figure too long for its card is shortened: %s', (figure, short) => {
  expect(toShortened(figure, createFormat('en'))).toBe(short);
});
