import { expect, test } from 'vitest';
import { chartPalette } from '#server/contract/chart-palette.ts';
import { toThemedChart } from '#web/features/runs/drawing/to-themed-chart.ts';

test('what a mark has of the look on paper is drawn in the colours of the theme, also in layers; its own colours stay', () => {
  const [first] = chartPalette.series;
  const mark = { type: 'rect', color: first, stroke: chartPalette.paper };
  const rule = { mark: { type: 'rule', color: chartPalette.quiet }, encoding: { y: { datum: chartPalette.quiet } } };
  const own = { mark: { type: 'area', color: '#b4552d' } };
  const place = { title: '', language: 'en' as const, widthPx: 600, readColour: (token: string) => `var(--${token})` };

  expect(toThemedChart({ mark }, place)['mark']).toEqual({
    type: 'rect',
    color: 'var(--chart-1)',
    stroke: 'var(--surface)',
  });
  expect(toThemedChart({ layer: [rule, { layer: [own] }] }, place)['layer']).toEqual([
    { ...rule, mark: { type: 'rule', color: 'var(--ink-soft)' } },
    { layer: [own] },
  ]);
});
