import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { openAddress } from '#test/support/page-window.ts';
import { startTexts } from '#test/support/render-page.tsx';
import { startScriptedHub } from '#test/support/scripted-hub.ts';
import { ApiProblem } from '#web/lib/api-problem.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { OfflineBanner } from '#web/ui/offline-banner.tsx';
import { Progress } from '#web/ui/progress.tsx';
import { dismissToast, showToast } from '#web/ui/toast-store.ts';
import { Toaster } from '#web/ui/toaster.tsx';

beforeAll(startTexts);
afterEach(cleanup);

it('a toast is said politely, and its action is done once', async () => {
  const undone: string[] = [];
  render(<Toaster />);
  const region = within(screen.getByRole('region', { name: 'Notifications' })).getByRole('status');
  act(() => void showToast({ title: 'Deleted', action: { label: 'Undo', onAction: () => undone.push('it') } }));
  expect(within(region).getByText('Deleted')).toBeTruthy();
  await userEvent.click(within(region).getByRole('button', { name: 'Undo' }));
  expect(undone).toEqual(['it']);
  expect(within(region).queryByText('Deleted')).toBeNull();
});

it('toasts do not pile up', () => {
  render(<Toaster />);
  let ids: number[] = [];
  act(() => {
    ids = ['one', 'two', 'three', 'four'].map((title) => showToast({ title }));
  });
  expect(screen.queryByText('one')).toBeNull();
  expect(screen.getByText('four')).toBeTruthy();
  act(() => ids.forEach(dismissToast));
});

it('a problem says what is wrong, where, and what to do', async () => {
  const retried: string[] = [];
  const problem = new ApiProblem('answer', {
    type: 'about:blank',
    title: 'Bad',
    status: 400,
    code: 'validation_failed',
    detail: 'Two things are wrong.',
    requestId: 'r-17',
    errors: [{ path: 'body.name', message: 'Too long.' }],
  });
  render(<ErrorPanel error={problem} onRetry={() => retried.push('again')} />);
  const alert = screen.getByRole('alert');
  for (const text of ['Two things are wrong.', 'body.name', 'Too long.', 'Request r-17']) {
    expect(alert.textContent).toContain(text);
  }
  await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
  expect(retried).toEqual(['again']);
});

it('tests that have not passed are said with what to do', () => {
  const problem = {
    type: 'about:blank',
    title: 'No',
    status: 409,
    code: 'tests_not_passed' as const,
    detail: 'Not run.',
  };
  render(<ErrorPanel error={new ApiProblem('answer', problem)} />);
  for (const text of ['The tests have not passed', 'Not run.', 'Run all of them on this draft']) {
    expect(screen.getByRole('alert').textContent).toContain(text);
  }
});

it('an unreachable hub and a fault of the page are told apart', () => {
  render(<ErrorPanel error={ApiProblem.network(new TypeError('Failed to fetch'))} />);
  expect(screen.getByRole('alert').textContent).toContain('The hub does not answer');
  cleanup();
  render(<ErrorPanel error={new Error('secret detail')} />);
  expect(screen.getByRole('alert').textContent).toContain('This page has a fault');
  expect(screen.getByRole('alert').textContent).not.toContain('secret detail');
});

it('being offline is told in a region that is there before, but not while the hub answers', async () => {
  const hub = await startScriptedHub();
  hub.answer('GET /health/live', { body: { status: 'live' } });
  openAddress(hub.url);
  render(<OfflineBanner />);
  const region = screen.getByRole('status');
  Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
  act(() => void window.dispatchEvent(new Event('offline')));
  await waitFor(() => expect(hub.requests).toHaveLength(1));
  expect(region.textContent).toBe('');
  await hub.close();
  act(() => void window.dispatchEvent(new Event('offline')));
  await waitFor(() => expect(region.textContent).toContain('You are offline'));
  Reflect.deleteProperty(navigator, 'onLine');
  act(() => void window.dispatchEvent(new Event('online')));
  expect(region.textContent).toBe('');
});

it('a table names itself, its columns and its rows, and says its totals', () => {
  type Row = { day: string; runs: number };
  const columns = [
    { key: 'day', header: 'Day', isRowHeader: true, cell: (row: Row) => row.day },
    { key: 'runs', header: 'Runs', cell: (row: Row) => row.runs },
  ];
  const rows = [{ day: 'Monday', runs: 3 }];
  render(
    <DataTable
      caption="Usage"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.day}
      footer={{ day: 'Total', runs: 3 }}
    />,
  );
  const table = within(screen.getByRole('table', { name: 'Usage' }));
  expect(table.getAllByRole('columnheader').map((header) => header.textContent)).toEqual(['Day', 'Runs']);
  expect(table.getAllByRole('rowheader').map((header) => header.textContent)).toEqual(['Monday', 'Total']);
});

it('progress tells its value, and none while it is not known', () => {
  const { rerender } = render(<Progress label="Upload" value={0.42} />);
  expect(screen.getByRole('progressbar', { name: 'Upload' }).getAttribute('aria-valuenow')).toBe('42');
  rerender(<Progress label="Upload" />);
  expect(screen.getByRole('progressbar').hasAttribute('aria-valuenow')).toBe(false);
});
