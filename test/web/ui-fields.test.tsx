import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTexts } from '#test/support/render-page.tsx';
import { CheckboxField } from '#web/ui/checkbox-field.tsx';
import { FieldGroup } from '#web/ui/field-group.tsx';
import { SegmentedChoice } from '#web/ui/segmented-choice.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { SwitchField } from '#web/ui/switch-field.tsx';
import { TextArea } from '#web/ui/text-area.tsx';
import { TextField } from '#web/ui/text-field.tsx';

beforeAll(startTexts);
afterEach(cleanup);

const describedBy = (element: HTMLElement) =>
  (element.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent)
    .filter(Boolean);

describe('a field', () => {
  it.each([
    ['text', () => <TextField label="Name" hint="As you like." error="This is needed." />, 'textbox'],
    ['several lines', () => <TextArea label="Name" hint="As you like." error="This is needed." />, 'textbox'],
    ['a list', () => <SelectField label="Name" hint="As you like." error="This is needed." options={[]} />, 'combobox'],
  ] as const)('of %s has a name, a hint and an error that belong to it', (_, draw, role) => {
    render(draw());
    const control = screen.getByRole(role, { name: 'Name' });
    expect(describedBy(control)).toEqual(['As you like.', 'This is needed.']);
    expect(control.getAttribute('aria-invalid')).toBe('true');
  });

  it('without an error is not invalid, and says when it is optional', () => {
    render(<TextField label="Name" optional />);
    const control = screen.getByRole('textbox', { name: 'Name · optional' });
    expect(control.hasAttribute('aria-invalid')).toBe(false);
    expect(control.hasAttribute('aria-describedby')).toBe(false);
  });

  it('tells its error in a live region that was there before', () => {
    const { rerender } = render(<TextField label="Name" />);
    const region = document.querySelector('[aria-live=polite]');
    rerender(<TextField label="Name" error="Too long." />);
    expect(document.querySelector('[aria-live=polite]')).toBe(region);
    expect(region?.textContent).toBe('Too long.');
  });

  it('for a password shows it when asked', async () => {
    render(<TextField label="Password" type="password" />);
    const control = screen.getByLabelText('Password');
    expect(control.getAttribute('type')).toBe('password');
    await userEvent.click(screen.getByRole('button', { name: 'Show password' }));
    expect(control.getAttribute('type')).toBe('text');
    expect(screen.getByRole('button', { name: 'Hide password' })).toBeTruthy();
  });
});

describe('choices', () => {
  it('to tick and to switch are toggled by keyboard, with their hints read out', async () => {
    render(
      <>
        <CheckboxField label="Read agents" hint="List them." />
        <SwitchField label="Public" hint="Everyone sees it." />
      </>,
    );
    const box = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Read agents' });
    const light = screen.getByRole<HTMLInputElement>('switch', { name: 'Public' });
    expect([...describedBy(box), ...describedBy(light)]).toEqual(['List them.', 'Everyone sees it.']);
    await userEvent.tab();
    await userEvent.keyboard(' ');
    await userEvent.tab();
    await userEvent.keyboard(' ');
    expect([box.checked, light.checked]).toEqual([true, true]);
  });

  it('that belong together are a group with a name', () => {
    render(
      <FieldGroup label="What it may do" error="Choose at least one.">
        <CheckboxField label="Read" />
      </FieldGroup>,
    );
    const group = screen.getByRole('group', { name: 'What it may do' });
    expect(describedBy(group)).toEqual(['Choose at least one.']);
  });

  it('of one from a few are radio buttons under one name', async () => {
    const chosen: string[] = [];
    const options = [
      { value: 'a', label: 'First' },
      { value: 'b', label: 'Second', hideLabel: true },
    ];
    render(<SegmentedChoice label="Order" value="a" onChange={(value) => chosen.push(value)} options={options} />);
    expect(screen.getByRole('group', { name: 'Order' })).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'First' }).checked).toBe(true);
    await userEvent.click(screen.getByRole('radio', { name: 'Second' }));
    expect(chosen).toEqual(['b']);
  });
});
