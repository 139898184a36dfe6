/** The names written as `{{name}}` in a text, each once, in order. */
export function findVariableNames(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{\s*([a-z][a-z0-9_]*)\s*\}\}/g)].map((match) => match[1] ?? ''))];
}
