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

function plain(markdown: string): string {
  return markdown
    .replace(/```[^\n]*|[*_`#>|]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
