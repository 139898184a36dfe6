import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTexts } from '#test/support/render-page.tsx';
import MarkdownBody from '#web/features/runs/markdown/markdown-body.tsx';
import { splitBlocks } from '#web/features/runs/markdown/split-blocks.ts';

beforeAll(startTexts);
afterEach(cleanup);

const draw = (text: string, sourceNumbers: number[] = []) =>
  render(<MarkdownBody text={text} sourceNumbers={sourceNumbers} sourcePrefix="source-run-" />).container;

describe('Markdown of a model', () => {
  it.each([
    ['a script address', '[press me](javascript:alert(1))'],
    ['a script address in disguise', '[press me](JaVa\tScript:alert(1))'],
    ['a data address', '[press me](data:text/html,<script>alert(1)</script>)'],
    ['a way into the hub', '[press me](/api/auth/sign-out)'],
    ['an address without a scheme', '[press me](//example.org/x)'],
  ])('makes no link of %s', (_name, text) => {
    draw(text);
    expect(screen.queryByRole('link')).toBeNull();
    expect(screen.getByText(/press me/)).toBeTruthy();
  });

  it('opens outside links elsewhere and does not say where from', () => {
    draw('[docs](https://example.org/docs)');
    const link = screen.getByRole('link', { name: 'docs' });
    expect(link.getAttribute('rel')).toContain('noopener');
    expect(link.getAttribute('target')).toBe('_blank');
  });

  it('draws raw HTML as nothing that works', () => {
    const container = draw(
      'Hello <img src=x onerror="alert(1)"> <script>alert(1)</script>\n\n<iframe src="https://example.org"></iframe>',
    );
    expect(container.querySelector('script, iframe, img, [onerror]')).toBeNull();
  });

  it('does not load an image from elsewhere, but links it', () => {
    const container = draw('![a cat](https://example.org/cat.png)');
    expect(container.querySelector('img')).toBeNull();
    expect(screen.getByRole('link').getAttribute('href')).toBe('https://example.org/cat.png');
  });

  it('shows an image that is a file of the hub', () => {
    draw('![a chart](/api/files/01abc)');
    expect(screen.getByRole('img', { name: 'a chart' }).getAttribute('src')).toBe('/api/files/01abc');
  });

  it('links marks to sources that there are, and no others', () => {
    draw('As said [1], and [7]. In code `[1]` stays.', [1]);
    expect(screen.getByRole('link', { name: 'Source 1' }).getAttribute('href')).toBe('#source-run-1');
    expect(screen.getAllByRole('link')).toHaveLength(1);
    expect(screen.getByText(/\[7\]/)).toBeTruthy();
  });

  it('draws tables and code that can be copied', () => {
    draw('| a | b |\n|---|---|\n| 1 | 2 |\n\n```ts\nconst x = 1;\n```');
    expect(screen.getByRole('columnheader', { name: 'a' })).toBeTruthy();
    expect(screen.getByText('const x = 1;')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Copy' })).toBeTruthy();
  });

  it('never draws an earlier block again while the text grows', () => {
    const text =
      '# Title\n\nFirst paragraph.\n\n- one\n- two\n\n  still two\n\n```py\nx = 1\n\ny = 2\n```\n\nLast words.';
    const whole = splitBlocks(text);
    for (let length = 1; length <= text.length; length += 1) {
      const grown = splitBlocks(text.slice(0, length));
      grown.slice(0, -1).forEach((block, index) => expect(block).toEqual(whole[index]));
    }
    expect(whole.map(({ kind }) => kind)).toEqual(['text', 'text', 'text', 'code', 'text']);
  });

  it('finds a link definition from any block', () => {
    draw('See [the docs][docs].\n\nAnd more.\n\n[docs]: https://example.org/docs');
    expect(screen.getByRole('link', { name: 'the docs' }).getAttribute('href')).toBe('https://example.org/docs');
  });
});
