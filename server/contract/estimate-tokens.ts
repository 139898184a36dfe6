const wideText = /[\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]/g;
const charactersPerToken = 4;

/**
 * About how many tokens a text takes, at no cost, for rooms that need not be filled exactly: one for a Chinese, Japanese or
 * Korean character, one for four others.
 */
export function estimateTokens(text: string): number {
  const wide = text.match(wideText)?.length ?? 0;
  return Math.ceil(wide + (text.length - wide) / charactersPerToken);
}
