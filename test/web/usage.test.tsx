import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { UsageRow } from '#server/contract/usage-report.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { type UsageChoice, UsageView } from '#web/features/usage/components/usage-view.tsx';

let hub: ScriptedHub;
const row = (group: string, runs: number, costUsd: number, runsWithUnknownCost: number): UsageRow => ({
  group,
  label: group,
  runs,
  usage: { inputTokens: runs * 1000, outputTokens: runs * 100, cachedInputTokens: 0, reasoningTokens: 0 },
  costUsd,
  runsWithUnknownCost,
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
  expect(texts[3]).toContain('$1.50and 1 run of unknown cost');
  expect(texts[4]).toContain('and 3 runs of unknown cost');
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
  expect(screen.queryByRole('radio', { name: "Everyone's" })).toBeNull();
  cleanup();
  renderPage(<View canAdminister />);
  await screen.findByRole('table');
  expect(screen.queryByRole('option', { name: 'Person' })).toBeNull();
  await userEvent.click(screen.getByRole('radio', { name: "Everyone's" }));
  expect(await screen.findByRole('option', { name: 'Person' })).toBeTruthy();
});
