import { toPlainWords } from '#web/features/runs/markdown/to-plain-words.ts';

const sentenceEnd = /[.!?](?=\s)|[。！？]|\n/g;

/**
 * The whole sentences of `text` after the first `announced` characters, for a screen reader; once the answer is
 * complete, also what is left. `announced` in the answer is where the next call goes on.
 */
export function nextSentences(
  text: string,
  announced: number,
  isComplete: boolean,
): { sentences: string; announced: number } {
  const rest = text.slice(announced);
  let end = isComplete ? rest.length : 0;
  if (!isComplete) for (const match of rest.matchAll(sentenceEnd)) end = match.index + match[0].length;
  return { sentences: plain(rest.slice(0, end)), announced: announced + end };
}

/** Without addresses and the lines of tables: nobody wants to hear them spelt. */
function plain(markdown: string): string {
  return toPlainWords(markdown.replace(/```[^\n]*|^(?=[|: -]*---)[|: -]+$/gm, ''))
    .replace(/[#>|]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
