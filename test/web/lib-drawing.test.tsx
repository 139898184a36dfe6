import { act, cleanup, render, renderHook, screen } from '@testing-library/react';
import { Suspense, useState } from 'react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import type { Turn } from '#web/features/conversations/to-turns.ts';
import { useDrawnTurns } from '#web/features/conversations/use-drawn-turns.ts';
import { lazyComponent } from '#web/lib/lazy-component.ts';

afterEach(cleanup);

describe('a component whose code comes later', () => {
  function Counter({ name }: { name: string }) {
    const [count, setCount] = useState(0);
    return <button onClick={() => setCount(count + 1)}>{`${name}: ${count}`}</button>;
  }

  it('shows what stands in for it until then, and is loaded once', async () => {
    let loads = 0;
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const Late = lazyComponent(async () => {
      loads += 1;
      await arrived;
      return Counter;
    });
    render(
      <Suspense fallback="Loading">
        <Late name="One" />
        <Late name="Two" />
      </Suspense>,
    );
    expect(screen.getByText('Loading')).toBeTruthy();
    await act(async () => arrive());
    expect(await screen.findByText('One: 0')).toBeTruthy();
    expect(screen.getByText('Two: 0')).toBeTruthy();
    expect(loads).toBe(1);
  });

  it('is drawn at once where its code is there, and keeps what it knows when drawn again', async () => {
    const Ready = lazyComponent(async () => Counter);
    await Ready.load();
    const element = (name: string) => (
      <Suspense fallback="Loading">
        <Ready name={name} />
      </Suspense>
    );
    const { rerender } = render(element('One'));
    expect(screen.queryByText('Loading')).toBeNull();
    await userEvent.click(screen.getByText('One: 0'));
    rerender(element('Now'));
    expect(screen.getByText('Now: 1')).toBeTruthy();
  });
});

describe('the turns that are drawn', () => {
  const siblings = { number: 1, count: 1, previous: null, next: null };
  const turn = (number: number, length = 400): Turn => ({
    kind: 'person',
    key: `m${number}`,
    place: { id: `m${number}`, parentId: null, siblings, feedback: null },
    content: 'x'.repeat(length),
    files: [],
  });
  const many = Array.from({ length: 40 }, (_, number) => turn(number));

  it('are those that fill a screen at first, then all, newest last', async () => {
    const { result } = renderHook(() => useDrawnTurns(many));
    const first = result.current;
    expect(first.drawn.length).toBeGreaterThanOrEqual(4);
    expect(first.drawn.length).toBeLessThan(12);
    expect([first.isWhole, first.drawn.at(-1)?.key]).toEqual([false, 'm39']);
    await expect.poll(() => result.current.isWhole, { timeout: 20_000 }).toBe(true);
    expect(result.current.drawn).toBe(many);
  });

  it('are fewer where they are long, and one that is longer than a screen stands alone', () => {
    const { result } = renderHook(() => useDrawnTurns([...many, turn(40, 20_000)]));
    expect(result.current.drawn.map(({ key }) => key)).toEqual(['m40']);
  });

  it('are all of a short conversation at once', () => {
    const few = many.slice(0, 3);
    const { result } = renderHook(() => useDrawnTurns(few));
    expect(result.current).toEqual({ drawn: few, isWhole: true });
  });

  it('stay drawn when others come at either end', async () => {
    const { result, rerender } = renderHook(({ turns }) => useDrawnTurns(turns), { initialProps: { turns: many } });
    await expect.poll(() => result.current.isWhole, { timeout: 20_000 }).toBe(true);
    rerender({ turns: [...many, turn(40)] });
    expect(result.current.drawn.length).toBe(41);
    const earlier = Array.from({ length: 20 }, (_, number) => ({ ...turn(number), key: `e${number}` }));
    rerender({ turns: [...earlier, ...many, turn(40)] });
    expect(result.current.drawn.length).toBeGreaterThanOrEqual(41);
    await expect.poll(() => result.current.isWhole, { timeout: 20_000 }).toBe(true);
  });
});
