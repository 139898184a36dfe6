/** Writes an element's content as Markdown: ATX headings, fenced code, tables; images as their description. */
export async function createMarkdownWriter(): Promise<(element: HTMLElement) => string> {
  const { default: TurndownService } = await import('turndown');
  const service = new TurndownService({
    headingStyle: 'atx',
    codeBlockStyle: 'fenced',
    bulletListMarker: '-',
    emDelimiter: '*',
    hr: '---',
  });
  service.addRule('cell', {
    filter: ['td', 'th'],
    replacement: (content) =>
      ` ${content
        .trim()
        .split('\n')
        .map((line) => line.trim())
        .join(' ')
        .replaceAll('|', '\\|')} |`,
  });
  service.addRule('row', {
    filter: 'tr',
    replacement: (content, row) => {
      const line = `\n| ${content.trim()}`;
      return isFirstRow(row) ? `${line}\n|${' --- |'.repeat(row.childNodes.length || 1)}` : line;
    },
  });
  service.addRule('table', {
    filter: 'table',
    replacement: (content) => `\n\n${content.trim().replace(/\n\s*\n/g, '\n')}\n\n`,
  });
  service.addRule('table part', { filter: ['thead', 'tbody', 'tfoot'], replacement: (content) => content });
  service.addRule('image', {
    filter: 'img',
    replacement: (_, node) => {
      const element = node as unknown as Element;
      const alternative = element.getAttribute('alt')?.replace(/\s+/g, ' ').trim() ?? '';
      return alternative === '' ? '' : `![${alternative}](${element.getAttribute('src') ?? ''})`;
    },
  });
  return (element) =>
    service
      .turndown(element)
      .replace(/\n{3,}/g, '\n\n')
      .trim();
}

function isFirstRow(row: { parentNode: ParentNode | null }): boolean {
  const table = (row.parentNode as Element | null)?.closest('table');
  return table?.querySelector('tr') === (row as unknown as Element);
}
