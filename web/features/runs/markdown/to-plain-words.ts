/** The words of a Markdown text without its commonest marks, where the parser is not worth it. */
export function toPlainWords(text: string): string {
  return text.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[*_`~]+|^#+ |^> ?/gm, '');
}
