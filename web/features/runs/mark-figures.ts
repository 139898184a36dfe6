const name = 'unsourced-figure';

/**
 * Marks texts within an answer by the browser's own highlights, which leave its elements as they are; where a browser has
 * none, nothing is marked. Follows the answer as it changes, until it is told to end.
 */
export function markFigures(answer: Element, figures: readonly string[]): () => void {
  if (typeof CSS === 'undefined' || !('highlights' in CSS)) return () => undefined;
  const highlight = CSS.highlights.get(name) ?? new Highlight();
  CSS.highlights.set(name, highlight);
  let ranges: Range[] = [];
  const clear = () => {
    for (const range of ranges) highlight.delete(range);
  };
  const mark = () => {
    clear();
    ranges = findRanges(answer, figures);
    for (const range of ranges) highlight.add(range);
  };
  mark();
  const observer = new MutationObserver(mark);
  observer.observe(answer, { childList: true, subtree: true, characterData: true });
  return () => {
    observer.disconnect();
    clear();
  };
}

/** Where the figures stand alone: not within a longer number or name. */
function findRanges(answer: Element, figures: readonly string[]): Range[] {
  const found: Range[] = [];
  const texts = document.createTreeWalker(answer, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const text = node.nodeValue ?? '';
    for (const figure of figures) {
      for (let at = text.indexOf(figure); at !== -1; at = text.indexOf(figure, at + figure.length)) {
        const isWithin = /[\p{L}\d.,]$/u.test(text.slice(0, at)) && /\d$/.test(text.slice(0, at).replace(/[.,]$/, ''));
        if (isWithin || /^(?:\d|[.,]\d)/.test(text.slice(at + figure.length))) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + figure.length);
        found.push(range);
      }
    }
  }
  return found;
}
