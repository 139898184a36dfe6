/** A place in an agent's instructions where a variable's value (`{{name}}`) or a tool's name (`/tool`) will stand. */
export type InstructionMark = { kind: 'variable' | 'tool'; name: string; from: number; to: number };

const marks =
  /\{\{\s*(?<variable>[a-z][a-z0-9_]*)\s*\}\}|(?<![\w./:<~-])\/(?<tool>[a-z0-9][a-z0-9-]{1,63}(?:\/[\w.-]{0,63}\w)?)(?![\w/-])/g;

/**
 * The variables and the mentions of tools in a text, in order.
 *
 * A mention is a tool's identifier after a slash that no word, path, address or closing tag is before: `/calculator`,
 * `/prices/get_price`. Whether the agent has such a variable or tool is not asked. Pure.
 */
export function findInstructionMarks(text: string): InstructionMark[] {
  return [...text.matchAll(marks)].map(({ 0: whole, index, groups }) => {
    const { variable, tool } = groups ?? {};
    const place = { from: index, to: index + whole.length };
    return variable === undefined
      ? { kind: 'tool', name: tool ?? '', ...place }
      : { kind: 'variable', name: variable, ...place };
  });
}
