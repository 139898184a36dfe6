const longestTitle = 80;
/** What is looked at of a line: far more than a title, and little enough for any pattern. */
const longestLine = 1000;
/** A fence of code, a rule, or the line under a table's head. */
const marksAlone = /^(?:(?:`{3}|~{3}).*|[-*_=\s]+|[|:\s-]+)$/;

/** Names a conversation after its first message: the first line that says something, without its Markdown marks. */
export function toTitle(text: string): string {
  const first = text.split('\n').find((line) => line.trim() !== '' && !marksAlone.test(line.trim()));
  const plain = withoutMarks((first ?? text).slice(0, longestLine))
    .replace(/\s+/g, ' ')
    .trim()
    // What it announces is not in the title.
    .replace(/(?<=\S) ?[:：]$/, '');
  return plain.length <= longestTitle ? plain : `${plain.slice(0, longestTitle - 1).trimEnd()}…`;
}

function withoutMarks(line: string): string {
  const said = line
    .replace(/^(?:\s*(?:#{1,6}|>|[-*+])\s)+/, '')
    .replace(/!?\[([^\][]*)\]\([^()\s]*\)/g, '$1')
    .replace(/\*\*(?=\S)([^*]*[^*\s])\*\*/g, '$1')
    .replace(/`+([^`]+)`+/g, '$1');
  if (!/^\s*\|.*\|\s*$/.test(said)) return said;
  const cells = said.split('|').map((cell) => cell.trim());
  return cells.filter((cell) => cell !== '').join(', ');
}
