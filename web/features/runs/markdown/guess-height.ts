import type { MarkdownBlock } from './split-blocks.ts';

const lineLetters = 90;
const linePixels = 26;
const rowPixels = 40;
const foldedPixels = 560;
const tablePixels = 640;

/** About how many pixels some blocks will take. */
export function guessHeight(blocks: readonly MarkdownBlock[]): number {
  return Math.round(blocks.reduce((sum, block) => sum + guessOne(block), 0));
}

function guessOne(block: MarkdownBlock): number {
  const lines = block.text.split('\n');
  switch (block.kind) {
    case 'table':
      return tablePixels;
    case 'code':
      return Math.min(foldedPixels, 90 + lines.length * 20);
    case 'math':
      return 40 + lines.length * linePixels;
    case 'text':
      return lines.reduce((sum, line) => sum + guessLine(line), 14);
  }
}

function guessLine(line: string): number {
  if (line.startsWith('|')) return rowPixels;
  return Math.ceil(line.length / lineLetters) * linePixels;
}
