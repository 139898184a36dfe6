import { screen, within } from '@testing-library/react';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunEvent } from '#server/contract/run-event.ts';
import { RunAnswer } from '#web/features/runs/components/run-answer.tsx';
import { StepList } from '#web/features/runs/components/step-list.tsx';
import { reduceRun } from '#web/features/runs/reduce-run.ts';
import { emptyRunView } from '#web/features/runs/run-view.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';

beforeAll(startTexts);

const call = (id: string, intent: string, parent?: string): RunEvent => ({
  type: 'tool-call',
  call: id,
  tool: 'any',
  intent,
  input: {},
  ...(parent === undefined ? {} : { parent }),
});

describe('the steps of a run', () => {
  it('stand below the call of the agent that made them, to any depth', () => {
    const { steps } = [
      call('1', 'Asking the desk'),
      call('1/1', 'Asking the helper', '1'),
      call('1/1/1', 'Calculating', '1/1'),
      call('2', 'Reading a page'),
    ].reduce(reduceRun, emptyRunView);
    renderPage(<StepList steps={steps} />);
    const [outer] = screen.getAllByRole('list');
    expect(outer?.children.length).toBe(2);
    const desk = within(outer?.children[0] as HTMLElement);
    expect(desk.getByText('Asking the helper')).toBeTruthy();
    expect(desk.getAllByRole('list').length).toBe(2);
    expect(within(desk.getAllByRole('list')[1] as HTMLElement).getByText('Calculating')).toBeTruthy();
    expect(desk.queryByText('Reading a page')).toBeNull();
  });
});

describe('the figures of an answer', () => {
  it('that have no source are named under it, with the reason', async () => {
    const events: RunEvent[] = [
      { type: 'text-delta', text: 'It holds **5,555** ETH.' },
      { type: 'notice', notice: { kind: 'figures-unsourced', figures: ['5,555'] } },
    ];
    renderPage(<RunAnswer view={events.reduce(reduceRun, emptyRunView)} />);
    expect(await screen.findByText('1 figure of this answer is in no tool result')).toBeTruthy();
    expect(screen.getByText('5,555', { selector: 'li' })).toBeTruthy();
    expect(screen.getByText(/underlined with dots were found nowhere/)).toBeTruthy();
  });
});
