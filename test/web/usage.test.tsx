import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { MonthlyBudget, PersonBudget } from '#server/contract/budget.ts';
import type { UsageRow } from '#server/contract/usage-report.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { EverybodysBudget } from '#web/features/usage/components/everybodys-budget.tsx';
import { PersonBudgetButton } from '#web/features/usage/components/person-budget-button.tsx';
import { toAxisTop, toGroupBars } from '#web/features/usage/to-chart-bars.ts';
import { type UsageChoice, UsageView } from '#web/features/usage/components/usage-view.tsx';

let hub: ScriptedHub;
const row = (group: string, runs: number, costUsd: number, runsWithUnknownCost: number): UsageRow => ({
  group,
  label: group,
  translations: {},
  runs,
  usage: { inputTokens: runs * 1000, outputTokens: runs * 100, cachedInputTokens: 0, reasoningTokens: 0 },
  costUsd,
  runsWithUnknownCost,
});

const budget = (limits: MonthlyBudget, own: MonthlyBudget | null = null): PersonBudget => ({
  person: 'person-1',
  own,
  budget: own ?? limits,
  spent: { tokens: 1200, costUsd: 0.5 },
  renewsAt: '2026-12-01T00:00:00Z',
});

function View({ canAdminister }: { canAdminister: boolean }) {
  const [choice, setChoice] = useState<UsageChoice>({ period: '30', groupBy: 'day', person: 'me' });
  return <UsageView choice={choice} onChange={setChoice} canAdminister={canAdminister} />;
}

beforeAll(startTexts);
beforeEach(async () => {
  hub = await startScriptedHub();
  openAddress(hub.url);
  const rows = [row('2026-11-23', 3, 0.0042, 0), row('2026-11-22', 2, 0, 2), row('2026-11-21', 4, 1.5, 1)];
  const body = { from: '2026-10-25T00:00:00Z', to: '2026-11-23T12:00:00Z', rows, total: row('total', 9, 1.5042, 3) };
  hub.answer('GET /api/usage', { body });
  hub.answer('GET /api/budgets/mine', { body: budget({ maximumTokens: null, maximumUsd: null }) });
});
afterEach(async () => {
  cleanup();
  await closePage();
  await hub.close();
});

it('days have their cost, an unknown one says so, and the total tells how many are missing', async () => {
  renderPage(<View canAdminister={false} />);
  const table = within(await screen.findByRole('table', { name: 'Usage' }));
  const texts = table.getAllByRole('row').map((line) => line.textContent ?? '');
  expect(texts[1]).toContain('Nov 23, 2026');
  expect(texts[1]).toContain('$0.0042');
  expect(texts[2]).toContain('unknown');
  expect(texts[2]).not.toContain('$0');
  expect(texts[3]).toContain('$1.50and what is unknown of 1 run');
  expect(texts[4]).toContain('and what is unknown of 3 runs');
});

it('a chart has a column for every day, of tokens or of cost, and bars for other groups', async () => {
  renderPage(<View canAdminister={false} />);
  const chart = await screen.findByRole('img', { name: /^9.9K in all; most on Nov 21, 2026, with 4.4K/ });
  const titles = [...chart.querySelectorAll('title')].map(({ textContent }) => textContent);
  expect([titles.length, titles.at(-1), titles.at(-5)]).toEqual([30, 'Nov 23, 2026: 3.3K', 'Nov 19, 2026: 0']);
  await userEvent.click(screen.getByRole('radio', { name: 'Cost' }));
  expect(screen.getByRole('img', { name: /^\$1.50 in all; most on Nov 21, 2026, with \$1.50/ })).toBeTruthy();
  await userEvent.click(screen.getByRole('radio', { name: 'Runs' }));
  expect(screen.getByRole('img', { name: /^9 in all; most on Nov 21, 2026, with 4/ })).toBeTruthy();
  await userEvent.click(screen.getByRole('radio', { name: 'Cost' }));
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Group by' }), 'Model');
  await waitFor(() => expect(screen.queryByRole('img')).toBeNull());
  const bars = within(screen.getByRole('figure')).getAllByRole('listitem');
  expect(bars.map(({ textContent }) => textContent)).toEqual([
    '2026-11-21$1.50',
    '2026-11-23$0.0042',
    '2026-11-22$0.00',
  ]);
});

it('a chart of many groups joins the smallest, and its axis ends in a round figure', () => {
  const rows = Array.from({ length: 12 }, (_, index) => row(`model-${index}`, 12 - index, 0, 0));
  const report = { from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z', rows, total: row('total', 78, 0, 0) };
  const bars = toGroupBars(report, 'tokens');
  expect([bars.length, bars.at(-1)]).toEqual([8, { key: 'others', label: '', parts: [15000, 1500], value: 16500 }]);
  expect([0, 0.0042, 4400, 5000, 990_000].map(toAxisTop)).toEqual([1, 0.005, 5000, 5000, 1_000_000]);
});

it('grouping and period are asked of the hub', async () => {
  renderPage(<View canAdminister={false} />);
  await screen.findByRole('table');
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Group by' }), 'Model');
  await userEvent.click(screen.getByRole('radio', { name: '7 days' }));
  await screen.findByRole('table');
  const last = hub.requests.at(-1)?.query;
  expect([last?.get('groupBy'), last?.get('person')]).toEqual(['model', 'me']);
  expect(last?.get('from')).toMatch(/T00:00:00\.000Z$/);
});

it('only an administrator sees everyone, and may group by person then', async () => {
  renderPage(<View canAdminister={false} />);
  await screen.findByRole('table');
  expect(screen.queryByRole('radio', { name: 'Everyone’s' })).toBeNull();
  cleanup();
  renderPage(<View canAdminister />);
  await screen.findByRole('table');
  expect(screen.queryByRole('option', { name: 'Person' })).toBeNull();
  await userEvent.click(screen.getByRole('radio', { name: 'Everyone’s' }));
  expect(await screen.findByRole('option', { name: 'Person' })).toBeTruthy();
});

it('what others used of one’s agents is asked without keys and people', async () => {
  renderPage(<View canAdminister={false} />);
  await screen.findByRole('table');
  await userEvent.click(screen.getByRole('radio', { name: 'Of my agents' }));
  expect(await screen.findByText('What others used of your agents, in sums only.')).toBeTruthy();
  const options = within(screen.getByRole('combobox', { name: 'Group by' })).getAllByRole('option');
  expect(options.map(({ textContent }) => textContent)).toEqual(['Day', 'Agent', 'Model', 'Source']);
  expect(hub.requests.at(-1)?.query.get('person')).toBe('my-agents');
});

it('an administrator goes from everybody to one person', async () => {
  renderPage(<View canAdminister />);
  await screen.findByRole('table');
  await userEvent.click(screen.getByRole('radio', { name: 'Everyone’s' }));
  await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'Group by' }), 'Person');
  await userEvent.click(await screen.findByRole('button', { name: 'Only 2026-11-22' }));
  expect(await screen.findByRole('radio', { name: 'One person' })).toHaveProperty('checked', true);
  expect(hub.requests.at(-1)?.query.get('personId')).toBe('2026-11-22');
});

it('the download is of what is shown', async () => {
  renderPage(<View canAdminister={false} />);
  await screen.findByRole('table');
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Group by' }), 'Model');
  const address = screen.getByRole('link', { name: 'Download CSV' }).getAttribute('href') ?? '';
  expect(address).toMatch(/^\/api\/usage\.csv\?from=[^&]+&groupBy=model&person=me$/);
});

it('a person sees how much of their budget is used, and that it is spent', async () => {
  hub.answer('GET /api/budgets/mine', { body: budget({ maximumTokens: 1000, maximumUsd: 5 }) });
  renderPage(<View canAdminister={false} />);
  expect(await screen.findByText('1,200 of 1,000 tokens')).toBeTruthy();
  expect(screen.getByRole('progressbar', { name: '$0.50 of $5.00' }).getAttribute('aria-valuenow')).toBe('10');
  expect(screen.getByText('This budget is spent. An administrator can raise it.')).toBeTruthy();
});

it('an administrator gives a person a budget of their own, and everybody another', async () => {
  const own = { maximumTokens: 2000, maximumUsd: null };
  hub.answer('GET /api/budgets/people/person-1', { body: budget({ maximumTokens: 1000, maximumUsd: null }) });
  hub.answer('PUT /api/budgets/people/person-1', { body: budget(own, own) });
  hub.answer('GET /api/budgets/everybody', { body: { maximumTokens: 1000, maximumUsd: null } });
  hub.answer('PUT /api/budgets/everybody', { body: { maximumTokens: 1000, maximumUsd: 12.5 } });
  renderPage(
    <>
      <PersonBudgetButton person={{ id: 'person-1', name: 'Ada' }} />
      <EverybodysBudget />
    </>,
  );
  const usd = await screen.findByRole('textbox', { name: /US dollars a month/ });
  await userEvent.type(usd, '12,5');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(hub.sent('PUT', '/api/budgets/everybody')).toEqual([{ maximumTokens: 1000, maximumUsd: 12.5 }]),
  );

  await userEvent.click(screen.getByRole('button', { name: 'Budget of Ada' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Budget of Ada' }));
  expect(await dialog.findByText('1,200 of 1,000 tokens')).toBeTruthy();
  await userEvent.click(dialog.getByRole('switch', { name: 'A budget of their own' }));
  const tokens = dialog.getByRole('textbox', { name: /Tokens a month/ });
  await userEvent.clear(tokens);
  await userEvent.type(tokens, '2,000');
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(tokens.getAttribute('aria-invalid')).toBe('true'));
  await userEvent.clear(tokens);
  await userEvent.type(tokens, '2000');
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(hub.sent('PUT', '/api/budgets/people/person-1')).toEqual([{ budget: own }]));
});
