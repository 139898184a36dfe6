import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Source } from '#server/contract/run-event.ts';
import { moveView, tellNearViews } from '#test/support/near-view.ts';
import { startTexts } from '#test/support/render-page.tsx';
import { Markdown } from '#web/features/runs/markdown/markdown.tsx';
import MarkdownBody from '#web/features/runs/markdown/markdown-body.tsx';
import { createBlockSplitter } from '#web/features/runs/markdown/split-blocks.ts';

beforeAll(startTexts);
// The page has a doctype; formulas are set in no other.
beforeAll(() => void Object.defineProperty(document, 'compatMode', { value: 'CSS1Compat' }));
afterEach(cleanup);

const draw = (text: string, sources: Source[] = []) =>
  render(<MarkdownBody text={text} sources={sources} sourcePrefix="source-run-" />).container;
const docs: Source = { number: 1, title: 'The docs', url: 'https://example.org/docs', excerpt: 'As it is written.' };

describe('words that may be Markdown', () => {
  it('are drawn as paragraphs at once when they are none', () => {
    const { container } = render(<Markdown text={'Hello.\n\nWhat is it?'} />);
    expect([...container.querySelectorAll('.markdown > p')].map((line) => line.textContent)).toEqual([
      'Hello.',
      'What is it?',
    ]);
  });

  it('get their form when the parser has come, and show no marks before', async () => {
    const { container } = render(<Markdown text="Ask **me** about [this](https://example.org)." />);
    expect(container.textContent).toBe('Ask me about this.');
    expect((await screen.findByText('me')).tagName).toBe('STRONG');
  });

  it('of a preview wait until somebody has begun to use the page', async () => {
    const { container } = render(<Markdown text="Ask **me**." isPatient />);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(container.querySelector('strong')).toBeNull();
    window.dispatchEvent(new Event('pointermove'));
    expect((await screen.findByText('me')).tagName).toBe('STRONG');
  });
});

describe('formulas', () => {
  const formulas = async (text: string) => {
    const container = draw(text);
    await vi.waitFor(() => expect(container.querySelector('.katex, code')).not.toBeNull(), { timeout: 3_000 });
    await vi.waitFor(() => expect(container.querySelector('.katex')).not.toBeNull(), { timeout: 3_000 });
    return [...container.querySelectorAll('annotation')].map(({ textContent }) => textContent);
  };

  it.each([
    ['dollars', 'So $x^2 + 1$ it is.', ['x^2 + 1']],
    ['round brackets', String.raw`So \(x \cdot y\) it is.`, [String.raw`x \cdot y`]],
    ['square brackets', String.raw`\[ a \\ b \]`, [String.raw`a \\ b`]],
    ['two dollars on lines of their own', '$$\n- a\n= b\n$$', ['- a\n= b']],
    ['two dollars among words', 'Here: $$\\frac{1}{2}$$ of it', ['\\frac{1}{2}']],
    ['a list', '- one $a$\n- two \\(b\\)', ['a', 'b']],
  ])('are set where they stand in %s', async (_where, text, sources) => {
    expect(await formulas(text)).toEqual(sources);
  });

  it.each([
    'It costs $5 and $10.',
    'From $5–$10, or US$7 to 8$ at most.',
    'Buy $ETH/$BTC with $USDC, sell $SOL.',
    'A price of $ 5 and 6 $ is no formula.',
    String.raw`An escaped \$x\$ stays.`,
    'Code `$x$` stays.',
    '$$ Nothing closes this.',
  ])('are not seen in %s', async (text) => {
    const container = draw(text);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(container.querySelector('.katex, .formula, .formula-displayed')).toBeNull();
    expect(container.textContent.replace(/\s+/g, ' ')).toBe(text.replace(/[`\\]/g, '').replace(/\s+/g, ' '));
  });

  it('show their source when they cannot be read', async () => {
    const container = draw(String.raw`So $\frac{1$ it is.`);
    expect((await screen.findByTitle(/^This formula cannot be read/)).textContent).toBe(String.raw`\frac{1`);
    expect(container.querySelector('.katex')).toBeNull();
  });

  it.each([
    ['a link', String.raw`$\href{javascript:alert(1)}{x}$`],
    ['a picture', String.raw`$\includegraphics{https://example.org/x.png}$`],
    ['attributes', String.raw`$\htmlData{onclick=alert(1)}{x}$`],
  ])('make nothing of %s', async (_what, text) => {
    const container = draw(text);
    await vi.waitFor(() => expect(container.querySelector('.katex')).not.toBeNull(), { timeout: 3_000 });
    expect(container.querySelector('a, img, [onclick], [data-onclick]')).toBeNull();
  });

  it('end when a macro repeats itself, and when thousands are begun', async () => {
    draw(String.raw`$\def\a{\a\a}\a$`);
    expect(await screen.findByTitle(/Too many expansions/)).toBeTruthy();
    expect(draw('$a '.repeat(30_000)).textContent).toContain('$a $a');
    expect(draw(String.raw`\(a `.repeat(30_000)).textContent).toContain('a');
  });
});

describe('a long text', () => {
  const paragraphs = Array.from({ length: 100 }, (_, place) => `Number **${place}**.`).join('\n\n');
  const parts = (container: HTMLElement) => [...container.querySelectorAll('.markdown-part')];
  const formed = (container: HTMLElement) =>
    parts(container).flatMap((part, place) => (part.querySelector('strong') ? [place] : []));

  it('is words, but for its beginning and its end, until a part comes near the view', async () => {
    const stopTelling = tellNearViews();
    try {
      const container = draw(paragraphs);
      expect(parts(container)).toHaveLength(13);
      expect(formed(container)).toEqual([0, 1, 10, 11, 12]);
      expect(container.textContent).toContain('Number 40.');
      moveView(parts(container)[4], 'near');
      await waitFor(() => expect(formed(container)).toEqual([0, 1, 4, 10, 11, 12]));
    } finally {
      stopTelling();
    }
  });

  it('keeps the words of what is passed by', async () => {
    const stopTelling = tellNearViews();
    try {
      const container = draw(paragraphs);
      for (const to of ['near', 'far'] as const) moveView(parts(container)[3], to);
      moveView(parts(container)[2], 'near');
      await waitFor(() => expect(formed(container)).toContain(2));
      expect(formed(container)).not.toContain(3);
    } finally {
      stopTelling();
    }
  });

  it('is drawn whole where the browser does not tell what is near', async () => {
    const container = draw(paragraphs);
    await waitFor(() => expect(formed(container)).toHaveLength(13));
  });
});

describe('tables', () => {
  const table = (rows: number) =>
    [
      '| name | price |',
      '|---|--:|',
      ...Array.from({ length: rows }, (_, row) => `| **n${row}** | ${(row * 7) % 10} |`),
    ].join('\n');
  const names = () =>
    screen
      .getAllByRole('row')
      .slice(1)
      .map((row) => row.firstElementChild?.textContent);

  it('are sorted by a column, up, down and back', async () => {
    draw(table(4));
    const press = async () => userEvent.setup().click(await screen.findByRole('button', { name: 'Sort by price' }));
    await press();
    expect(names()).toEqual(
      ['n0', 'n3', 'n2', 'n1'].sort((a, b) => ((Number(a[1]) * 7) % 10) - ((Number(b[1]) * 7) % 10)),
    );
    expect(screen.getByRole('columnheader', { name: /price/ }).getAttribute('aria-sort')).toBe('ascending');
    await press();
    expect(screen.getByRole('columnheader', { name: /price/ }).getAttribute('aria-sort')).toBe('descending');
    await press();
    expect(names()).toEqual(['n0', 'n1', 'n2', 'n3']);
  });

  it('of thousands of rows are drawn in parts, and sorted and copied whole', async () => {
    const user = userEvent.setup();
    draw(table(2000));
    await screen.findByRole('table');
    expect(names()).toHaveLength(100);
    await user.click(screen.getByRole('button', { name: 'Show 100 more rows' }));
    await waitFor(() => expect(names()).toHaveLength(200));
    expect(names()[150]).toBe('n150');
    await user.click(screen.getByRole('button', { name: 'Copy as CSV' }));
    const copied = (await navigator.clipboard.readText()).split('\r\n');
    expect(copied).toHaveLength(2002);
    expect(copied.slice(0, 3)).toEqual(['name,price', 'n0,0', 'n1,7']);
    await user.click(screen.getByRole('button', { name: 'Sort by name' }));
    await user.click(screen.getByRole('button', { name: 'Sort by name' }));
    expect(names()[0]).toBe('n1999');
    expect(screen.getByText('200 of 2,000 rows')).toBeTruthy();
  });

  it('of hundreds of rows are shown whole on demand, some rows at a time', async () => {
    draw(table(350));
    await userEvent.setup().click(await screen.findByRole('button', { name: 'Show all 350 rows' }));
    expect(names().length).toBeLessThan(350);
    await waitFor(() => expect(names()).toHaveLength(350));
    expect(screen.queryByRole('button', { name: /^Show/ })).toBeNull();
  });

  it('are copied so that a spreadsheet runs nothing of them', async () => {
    draw('| a |\n|---|\n| =1+1 |\n| -5 % |\n| say "x", y |');
    await userEvent.setup().click(await screen.findByRole('button', { name: 'Copy as CSV' }));
    expect(await navigator.clipboard.readText()).toBe('a\r\n\'=1+1\r\n-5 %\r\n"say ""x"", y"\r\n');
  });
});

describe('code', () => {
  it('is coloured by its language once it has come whole', async () => {
    const container = draw('```ts\nconst x = "<b>";\n```');
    await vi.waitFor(() => expect(container.querySelector('.hljs-keyword')?.textContent).toBe('const'), {
      timeout: 10_000,
    });
    expect(container.querySelector('pre')?.textContent).toBe('const x = "<b>";');
    cleanup();
    expect(draw('```ts\nconst x').querySelector('[class^=hljs]')).toBeNull();
  });

  it('of an unknown language stays as it is', async () => {
    const container = draw('```constructor\nconst x\n```');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(container.querySelector('pre')?.textContent).toBe('const x');
  });

  it('is wrapped on demand, and folded when it is long', async () => {
    const user = userEvent.setup();
    const container = draw(`\`\`\`txt\n${Array.from({ length: 60 }, (_, line) => `line ${line}`).join('\n')}\n\`\`\``);
    await user.click(await screen.findByRole('button', { name: 'Show all 60 lines' }));
    expect(container.textContent).toContain('line 59');
    const wrap = screen.getByRole('button', { name: 'Wrap long lines' });
    await user.click(wrap);
    expect(wrap.getAttribute('aria-pressed')).toBe('true');
  });
});

describe('a page that an agent wrote', () => {
  it('is its source until somebody asks for it, and then closed in', async () => {
    const container = draw('```html\n<script>parent.document.title = "x"</script>\n```');
    const choice = await screen.findByRole('radio', { name: 'Page' });
    expect(container.querySelector('iframe')).toBeNull();
    await userEvent.setup().click(choice);
    const frame = screen.getByTitle<HTMLIFrameElement>('Page');
    expect(frame.getAttribute('sandbox')).toBe('allow-scripts');
    expect(frame.getAttribute('src')).toBe('/sandbox');
    expect(frame.hasAttribute('srcdoc')).toBe(false);
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

  it('breaks a line where a table cell has one', async () => {
    const container = draw('| a |\n|---|\n| one<br>two |');
    await screen.findByRole('table');
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

  it('does not load an image from elsewhere, but links it', async () => {
    const container = draw('![a cat](https://example.org/cat.png)');
    expect((await screen.findByRole('link')).getAttribute('href')).toBe('https://example.org/cat.png');
    expect(container.querySelector('img')).toBeNull();
  });

  it('shows an image that is a file of the hub', async () => {
    draw('![a chart](/api/files/01abc)');
    expect((await screen.findByRole('img', { name: 'a chart' })).getAttribute('src')).toBe('/api/files/01abc');
  });

  it('makes marks of numbers that have a source, and of no others', async () => {
    draw('As said [1], and [7]. In code `[1]` stays.', [docs]);
    expect(await screen.findAllByRole('button', { name: /^Source/ })).toHaveLength(1);
    expect(screen.getByText(/\[7\]/)).toBeTruthy();
    const mark = await screen.findByRole('button', { name: 'Source 1' });
    await userEvent.setup().click(mark);
    const card = await screen.findByRole('dialog', { name: 'Source 1' });
    expect(within(card).getByText('As it is written.')).toBeTruthy();
    expect(within(card).getByText('example.org')).toBeTruthy();
    expect(within(card).getByRole('link', { name: 'Open' }).getAttribute('href')).toBe('https://example.org/docs');
    expect(within(card).getByRole('link', { name: 'In the list' }).getAttribute('href')).toBe('#source-run-1');
    await waitFor(() => expect(card.contains(document.activeElement)).toBe(true));
    await userEvent.setup().keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement).toBe(mark));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('offers no way to a source whose address leads nowhere safe', async () => {
    draw('As said [1].', [{ ...docs, url: 'javascript:alert(1)' }]);
    await userEvent.setup().click(await screen.findByRole('button', { name: 'Source 1' }));
    const card = await screen.findByRole('dialog', { name: 'Source 1' });
    expect(within(card).queryByRole('link', { name: 'Open' })).toBeNull();
  });

  it('draws lists tight or loose as they were written, with tasks and numbers', () => {
    const container = draw('3. three\n4. four\n\ntext\n\n- [x] done\n- [ ] open\n\ntext\n\n* one\n\n* two');
    expect(container.querySelector('ol')?.start).toBe(3);
    expect(container.querySelector('ol p')).toBeNull();
    const tasks = screen.getAllByRole<HTMLInputElement>('checkbox');
    expect(tasks.map((task) => [task.getAttribute('aria-label'), task.checked, task.disabled])).toEqual([
      ['Done', true, true],
      ['To do', false, true],
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

  it('draws tables and code that can be copied', async () => {
    const container = draw('| a | b |\n|---|---|\n| 1 | 2 |\n\n```ts\nconst x = 1;\n```');
    expect(await screen.findByRole('columnheader', { name: 'a' })).toBeTruthy();
    expect(container.querySelector('pre')?.textContent).toBe('const x = 1;');
    expect(screen.getByRole('button', { name: 'Copy' })).toBeTruthy();
  });

  it('never draws an earlier block again while the text grows', () => {
    const text =
      '# Title\n\nFirst paragraph.\n\n- one\n- two\n\n  still two\n\n```py\nx = 1\n\ny = 2\n```\n\n$$\n- a\n= b\n$$\nLast words.';
    const whole = createBlockSplitter()(text);
    const split = createBlockSplitter();
    let before = split('');
    for (let length = 1; length <= text.length; length += 1) {
      const grown = split(text.slice(0, length));
      grown.slice(0, -1).forEach((block, index) => expect(block).toEqual(whole[index]));
      // The same object, so that nothing is drawn anew.
      before.slice(0, -1).forEach((block, index) => expect(grown[index]).toBe(block));
      before = grown;
    }
    expect(before).toEqual(whole);
    expect(whole.map(({ kind }) => kind)).toEqual(['text', 'text', 'text', 'code', 'math', 'text']);
  });

  it('finds a link definition from any block', () => {
    draw('See [the docs][docs].\n\nAnd more.\n\n[docs]: https://example.org/docs');
    expect(screen.getByRole('link', { name: 'the docs' }).getAttribute('href')).toBe('https://example.org/docs');
  });
});
