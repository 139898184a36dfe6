import type { DataFormat } from '#server/contract/dataset.ts';

const formats: readonly [ending: RegExp, format: DataFormat][] = [
  [/\.parquet$/i, 'parquet'],
  [/\.(?:json|ndjson|jsonl)$/i, 'json'],
  [/\.(?:tsv|tab)$/i, 'tsv'],
  [/\.csv$/i, 'csv'],
];

/** How a table is written: by its first bytes where they are plain, else by its name. */
export function detectFormat(fileName: string, head: Uint8Array): DataFormat {
  const text = Buffer.from(head).toString('latin1');
  if (text.startsWith('PAR1')) return 'parquet';
  const named = formats.find(([ending]) => ending.test(fileName))?.[1];
  if (named !== undefined) return named;
  return /^\s*[[{]/.test(text.replace(/^\u00ef\u00bb\u00bf/, '')) ? 'json' : 'csv';
}
