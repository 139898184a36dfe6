import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { Button } from '#web/ui/button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Menu, MenuItem } from '#web/ui/menu.tsx';
import { Tabs } from '#web/ui/tabs.tsx';

const loadWindows = () =>
  Promise.all([
    import('#web/ui/dialog-window.tsx'),
    import('#web/ui/confirm-window.tsx'),
    import('#web/ui/menu-parts.tsx'),
  ]);

/** A window is ready for keys and pointers when it has the focus, which is after it is there. */
const awaitFocusIn = (element: HTMLElement) =>
  waitFor(() => expect(element.contains(document.activeElement)).toBe(true));

// Windows come late; on a busy machine their code took longer than a query waits.
beforeAll(startTexts);
beforeAll(loadWindows);
afterEach(cleanup);

function DialogOnButton({ sticky = false }: { sticky?: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Open it</Button>
      <Dialog open={open} onOpenChange={setOpen} title="New key" description="For a program." sticky={sticky}>
        <input aria-label="Inside" />
      </Dialog>
    </>
  );
}

describe('a dialog', () => {
  it('takes the focus, has a name and a description, and gives the focus back', async () => {
    render(<DialogOnButton />);
    const opener = screen.getByRole('button', { name: 'Open it' });
    await userEvent.click(opener);
    const dialog = await screen.findByRole('dialog', { name: 'New key' });
    expect(within(dialog).getByText('For a program.').id).toBe(dialog.getAttribute('aria-describedby'));
    // Its field, not the button that closes it.
    await waitFor(() => expect(document.activeElement).toBe(within(dialog).getByRole('textbox')));
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(opener));
  });

  it('closes by an Escape that comes with the first focus', async () => {
    render(<DialogOnButton />);
    const opener = screen.getByRole('button', { name: 'Open it' });
    let presses = 0;
    const press = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement) || !target.closest('[role=dialog]')) return;
      document.removeEventListener('focusin', press);
      presses += 1;
      target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
    };
    document.addEventListener('focusin', press);
    await userEvent.click(opener);
    await waitFor(() => expect(presses).toBe(1));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(opener));
  });

  it('that is shown once does not close by Escape', async () => {
    render(<DialogOnButton sticky />);
    await userEvent.click(screen.getByRole('button', { name: 'Open it' }));
    const dialog = await screen.findByRole('dialog');
    await awaitFocusIn(dialog);
    await userEvent.keyboard('{Escape}');
    expect(document.body.contains(dialog)).toBe(true);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});

describe('a question before something is lost', () => {
  it('stays and shows the problem when the work fails', async () => {
    const open = { changes: [] as boolean[] };
    render(
      <ConfirmDialog
        open
        onOpenChange={(next) => open.changes.push(next)}
        title="Delete it?"
        description="It cannot be had back."
        confirmLabel="Delete"
        onConfirm={() => Promise.reject(new Error('no'))}
      />,
    );
    const dialog = await screen.findByRole('alertdialog', { name: 'Delete it?' });
    await waitFor(() => expect(document.activeElement).toBe(within(dialog).getByRole('button', { name: 'Cancel' })));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Delete' }));
    expect(await within(dialog).findByRole('alert')).toBeTruthy();
    expect(open.changes).toEqual([]);
  });
});

describe('a menu', () => {
  it('opens by keyboard, runs an action and closes', async () => {
    const done: string[] = [];
    render(
      <Menu label="More" trigger={<IconButton label="More" icon={<svg />} tooltip={false} />}>
        <MenuItem onSelect={() => done.push('copy')}>Copy</MenuItem>
        <MenuItem onSelect={() => done.push('delete')}>Delete</MenuItem>
      </Menu>,
    );
    await userEvent.tab();
    expect(screen.getByRole('button', { name: 'More' }).getAttribute('aria-haspopup')).toBe('menu');
    await userEvent.keyboard('{Enter}');
    const first = await screen.findByRole('menuitem', { name: 'Copy' });
    await waitFor(() => expect(document.activeElement).toBe(first));
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(done).toEqual(['delete']);
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
  });
});

describe('tabs', () => {
  it('are moved through by arrows and show one panel', async () => {
    function Views() {
      const [value, setValue] = useState('curl');
      const tabs = ['curl', 'Python'].map((name) => ({ value: name, label: name, content: `call by ${name}` }));
      return <Tabs label="Calls" value={value} onValueChange={setValue} tabs={tabs} />;
    }
    render(<Views />);
    await userEvent.click(screen.getByRole('tab', { name: 'curl' }));
    await userEvent.keyboard('{ArrowRight}');
    await screen.findByRole('tab', { name: 'Python', selected: true });
    expect(screen.getByRole('tabpanel', { name: 'Python' }).textContent).toBe('call by Python');
  });
});

describe('a button', () => {
  it('with only a picture shows its name on focus, and Escape takes that away', async () => {
    render(<IconButton label="Delete key" icon={<svg />} />);
    await userEvent.tab();
    expect((await screen.findByRole('tooltip')).textContent).toBe('Delete key');
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('tooltip')).toBeNull();
  });

  it('that is busy does nothing, and keeps the focus', async () => {
    const pressed: string[] = [];
    render(
      <Button busy onClick={() => pressed.push('yes')}>
        Save
      </Button>,
    );
    const button = screen.getByRole('button', { name: 'Save' });
    await userEvent.click(button);
    expect(pressed).toEqual([]);
    expect(button.getAttribute('aria-busy')).toBe('true');
    expect(document.activeElement).toBe(button);
  });
});

describe('a page that is gone to', () => {
  it('has the focus where what led to it is gone, and only then', async () => {
    const { goTo } = renderPage(<Button>Draft it</Button>);
    const content = document.createElement('main');
    content.id = 'content';
    content.tabIndex = -1;
    document.body.append(content);
    expect(document.activeElement).toBe(document.body);
    screen.getByRole('button').focus();
    goTo('/elsewhere');
    expect(await screen.findByText('Elsewhere')).toBeTruthy();
    expect(document.activeElement).toBe(content);
    content.remove();
  });
});
