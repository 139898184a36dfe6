import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTexts } from '#test/support/render-page.tsx';
import { Markdown } from '#web/features/runs/markdown/markdown.tsx';
import MarkdownBody from '#web/features/runs/markdown/markdown-body.tsx';
import { splitBlocks } from '#web/features/runs/markdown/split-blocks.ts';

beforeAll(startTexts);
afterEach(cleanup);

const draw = (text: string, sourceNumbers: number[] = []) =>
  render(<MarkdownBody text={text} sourceNumbers={sourceNumbers} sourcePrefix="source-run-" />).container;

describe('words that may be Markdown', () => {
  it('are drawn as paragraphs at once when they are none', () => {
    const { container } = render(<Markdown text={'Hello.\n\nWhat is it?'} sourceNumbers={[]} sourcePrefix="x-" />);
    expect([...container.querySelectorAll('.markdown > p')].map((line) => line.textContent)).toEqual([
      'Hello.',
      'What is it?',
    ]);
  });

  it('get their form when the parser has come, and show no marks before', async () => {
    const { container } = render(
      <Markdown text="Ask **me** about [this](https://example.org)." sourceNumbers={[]} sourcePrefix="x-" />,
    );
    expect(container.textContent).toBe('Ask me about this.');
    expect((await screen.findByText('me')).tagName).toBe('STRONG');
  });

  it('of a preview wait until somebody has begun to use the page', async () => {
    const { container } = render(<Markdown text="Ask **me**." sourceNumbers={[]} sourcePrefix="x-" isPatient />);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(container.querySelector('strong')).toBeNull();
    window.dispatchEvent(new Event('pointermove'));
    expect((await screen.findByText('me')).tagName).toBe('STRONG');
  });
});

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
    expect(container.textContent).toContain('<script>alert(1)</script>');
  });

  it('breaks a line where a table cell has one', () => {
    const container = draw('| a |\n|---|\n| one<br>two |');
    expect(container.querySelector('td br')).not.toBeNull();
  });

  it.each([
    ['quotes', '> '.repeat(20_000)],
    ['lists', '- '.repeat(20_000)],
    ['brackets', '['.repeat(50_000)],
    ['emphasis', '**a *b '.repeat(20_000)],
  ])('is not brought down by thousands of nested %s', (_kind, start) => {
    expect(draw(`${start}the end`).textContent).toContain('the end');
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

  it('draws lists tight or loose as they were written, with tasks and numbers', () => {
    const container = draw('3. three\n4. four\n\ntext\n\n- [x] done\n- [ ] open\n\ntext\n\n* one\n\n* two');
    expect(container.querySelector('ol')?.start).toBe(3);
    expect(container.querySelector('ol p')).toBeNull();
    const tasks = screen.getAllByRole<HTMLInputElement>('checkbox');
    expect(tasks.map(({ checked, disabled }) => [checked, disabled])).toEqual([
      [true, true],
      [false, true],
    ]);
    expect(container.querySelectorAll('ul:last-child li > p')).toHaveLength(2);
  });

  it('shows notes where they are referred to and where they are written', () => {
    const container = draw('Said[^1].\n\n[^1]: By whom.');
    expect(container.textContent).toContain('Said[1].');
    expect(container.querySelector('.footnote')?.textContent).toBe('[1] By whom.');
  });

  it('links bare addresses and crosses out', () => {
    const container = draw('See https://example.org/a_b, ~~not this~~.');
    expect(screen.getByRole('link').getAttribute('href')).toBe('https://example.org/a_b');
    expect(container.querySelector('del')?.textContent).toBe('not this');
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
