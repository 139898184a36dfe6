import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startTexts } from '#test/support/render-page.tsx';
import { ApiProblem } from '#web/lib/api-problem.ts';
import { deleteWithUndo, finishDeletions, useWithoutDeleted } from '#web/ui/delete-with-undo.ts';
import { Toaster } from '#web/ui/toaster.tsx';

let sent: string[];
let reloads: number;
let stored: { id: string; name: string }[];
let refusal: ApiProblem | null;

const problemOf = (status: number, code: 'forbidden' | 'not_found') =>
  new ApiProblem('answer', { type: 'about:blank', title: code, status, code, detail: `It is ${code}.` });

function List() {
  const items = useWithoutDeleted(stored);
  const remove = ({ id, name }: (typeof stored)[number]) =>
    deleteWithUndo({
      id,
      title: `${name} is deleted`,
      detail: 'For good.',
      send: async () => {
        sent.push(id);
        if (refusal) throw refusal;
        stored = stored.filter((item) => item.id !== id);
      },
      reload: async () => {
        reloads += 1;
      },
    });
  return (
    <ul>
      {items.map((item) => (
        <li key={item.id}>
          <button type="button" onClick={() => remove(item)}>
            Delete {item.name}
          </button>
        </li>
      ))}
    </ul>
  );
}

const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const isListed = (name: string) => screen.queryByRole('button', { name: `Delete ${name}` }) !== null;
const notifications = () => screen.getByRole('region', { name: 'Notifications' });

beforeAll(startTexts);
beforeEach(() => {
  sent = [];
  reloads = 0;
  refusal = null;
  stored = ['One', 'Two', 'Three', 'Four'].map((name) => ({ id: name.toLowerCase(), name }));
  render(
    <>
      <List />
      <Toaster />
    </>,
  );
});
afterEach(async () => {
  for (const button of screen.queryAllByRole('button', { name: 'Dismiss' })) await userEvent.click(button);
  cleanup();
});

it('what is deleted goes out of sight and is told; undone, it is back and nothing was sent', async () => {
  await press('Delete One');
  expect(isListed('One')).toBe(false);
  expect(within(notifications()).getByRole('status').textContent).toContain('One is deleted');
  await press('Undo');
  expect(isListed('One')).toBe(true);
  expect(within(notifications()).queryByText('One is deleted')).toBeNull();
  act(() => void window.dispatchEvent(new Event('pagehide')));
  expect(sent).toEqual([]);
});

it('the hub is asked once the offer is dismissed, and the list is read anew', async () => {
  await press('Delete One');
  expect(sent).toEqual([]);
  await press('Dismiss');
  await waitFor(() => expect(reloads).toBe(1));
  expect(sent).toEqual(['one']);
  expect(isListed('One')).toBe(false);
});

it('leaving the page ends every offer at once', async () => {
  await press('Delete One');
  await press('Delete Two');
  act(() => void window.dispatchEvent(new Event('pagehide')));
  expect(sent).toEqual(['one', 'two']);
  act(() => void window.dispatchEvent(new Event('pagehide')));
  await waitFor(() => expect(reloads).toBe(2));
  expect(sent).toEqual(['one', 'two']);
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
});

it('who is about to sign out waits until the hub was asked', async () => {
  await press('Delete One');
  await press('Delete Two');
  await act(finishDeletions);
  expect([sent, reloads]).toEqual([['one', 'two'], 2]);
});

it('an offer that makes room for newer ones has ended', async () => {
  for (const name of ['One', 'Two', 'Three', 'Four']) await press(`Delete ${name}`);
  await waitFor(() => expect(sent).toEqual(['one']));
  expect(screen.getAllByRole('button', { name: 'Undo' })).toHaveLength(3);
});

it('a refusal is told, and what was refused is back', async () => {
  refusal = problemOf(403, 'forbidden');
  await press('Delete One');
  await press('Dismiss');
  expect(await screen.findByText('It is forbidden.')).toBeTruthy();
  await waitFor(() => expect(isListed('One')).toBe(true));
});

it('what somebody else has deleted already is simply gone', async () => {
  refusal = problemOf(404, 'not_found');
  await press('Delete One');
  await press('Dismiss');
  await waitFor(() => expect(reloads).toBe(1));
  expect(screen.queryByText('It is not_found.')).toBeNull();
});

it('the keyboard reaches the offer with the next Tab, and Control+Z takes it', async () => {
  await press('Delete One');
  await waitFor(() => expect(document.activeElement).toBe(notifications()));
  await userEvent.tab();
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Undo' }));
  await press('Delete Two');
  await userEvent.keyboard('{Control>}z{/Control}');
  expect([isListed('One'), isListed('Two')]).toEqual([false, true]);
  await userEvent.keyboard('{Control>}z{/Control}');
  expect([isListed('One'), isListed('Two')]).toEqual([true, true]);
});
