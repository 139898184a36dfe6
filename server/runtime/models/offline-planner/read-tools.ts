import type { BindToolsInput } from '@langchain/core/language_models/chat_models';
import { createToolRanking, type RankTools } from './rank-tools.ts';
import { toToolView, type DescribeTool, type ToolView } from './tool-view.ts';

export type ReadTools = { tools: ToolView[]; rankTools: RankTools };

/** Makes the function that reads bound tools; the steps of a run bind the same ones, which are read once. */
export function createToolReader(describeTool?: DescribeTool): (bound: BindToolsInput[]) => ReadTools {
  const kept = new WeakMap<object, { parts: object[]; read: ReadTools }>();
  return (bound) => {
    const parts = bound.map(toPart);
    const [first] = parts;
    const known = first === undefined ? undefined : kept.get(first);
    if (known?.parts.length === parts.length && known.parts.every((part, place) => part === parts[place]))
      return known.read;
    const tools = bound.map((tool) => toToolView(tool, describeTool));
    const read = { tools, rankTools: createToolRanking(tools) };
    if (first !== undefined) kept.set(first, { parts, read });
    return read;
  };
}

/** What stays the same object when a definition is wrapped anew for each call. */
function toPart(tool: BindToolsInput): object {
  const inner: unknown = 'function' in tool ? tool['function'] : tool;
  return typeof inner === 'object' && inner !== null ? inner : tool;
}
