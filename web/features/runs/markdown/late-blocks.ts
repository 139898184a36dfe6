import { lazyComponent } from '#web/lib/lazy-component.ts';

/* What not every answer has, and is drawn at once where its code is there already: a first view had the table, then room for it, then the table. */

export const MarkdownTable = lazyComponent(async () => (await import('./markdown-table.tsx')).default);
export const LongTable = lazyComponent(async () => (await import('./long-table.tsx')).default);
export const FoldedCode = lazyComponent(async () => (await import('./folded-code.tsx')).default);

/** Loads them beside what shows messages; a failure is shown where they are drawn. */
export const prepareBlocks = (): Promise<unknown> =>
  Promise.allSettled([MarkdownTable, LongTable, FoldedCode].map(({ load }) => load()));
