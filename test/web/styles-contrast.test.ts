import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const tokens = new Map(
  [...readFileSync('web/styles/tokens.css', 'utf8').matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(first: string, second: string): number {
  const [light = 0, dark = 0] = [luminance(first), luminance(second)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['paper', 'surface', 'raised', 'sunken'];
const onEvery = (...texts: string[]) => texts.flatMap((text) => grounds.map((ground) => [text, ground] as const));
const texts = [
  ...onEvery('ink', 'ink-soft', 'ink-faint', 'accent', 'danger'),
  ...['accent', 'chain', 'danger', 'warning', 'success'].map((tone) => [tone, `${tone}-soft`] as const),
  ...['accent', 'danger', 'warning', 'success'].flatMap((tone) => [
    ['ink-soft', `${tone}-soft`] as const,
    ['ink', `${tone}-soft`] as const,
  ]),
  ['on-accent', 'accent'] as const,
  ['on-accent', 'accent-strong'] as const,
  ['on-danger', 'danger'] as const,
  ['on-danger', 'danger-strong'] as const,
  ['paper', 'ink'] as const,
];
const edges = [...onEvery('line-strong', 'accent')];

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  const pick = (name: string) => tokens.get(name)?.[theme] ?? `no token "${name}"`;

  it.each(texts)('text in %s on %s can be read (WCAG 2.2, 1.4.3)', (text, ground) => {
    expect(contrast(pick(text), pick(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(edges)('an edge in %s on %s can be seen (WCAG 2.2, 1.4.11)', (edge, ground) => {
    expect(contrast(pick(edge), pick(ground))).toBeGreaterThanOrEqual(3);
  });
});
