import type { BindToolsInput } from '@langchain/core/language_models/chat_models';
import type { MadeCall } from './read-turn.ts';
import type { Language } from './wording.ts';

const memoryTools = new Set(['remember', 'forget']);
const english = /^\s*(?:please[,\s]+)?remember(?:\s*[:,]|\s+that\b|\s+this\s*:|(?=\s+(?:i|i'm|my|we|our)\b))\s*(.+)$/is;
const chinese = /^\s*(?:请|麻烦|帮我|请帮我)?(?:记住|记下|记一下|记得)(?:我说的)?\s*[：:，,]?\s*(.+)$/s;
const longestFact = 500;

/** What a person plainly asks to remember: "Remember that …", "请记住：…". Nothing else is kept without a language model. */
export function readMemoryWish(request: string): string | null {
  const fact = (english.exec(request) ?? chinese.exec(request))?.[1]?.trim() ?? '';
  return fact === '' || fact.length > longestFact || /[?？]\s*$/.test(fact) ? null : fact;
}

/** The bound tools without those that only a language model can choose well. */
export function withoutMemoryTools(tools: BindToolsInput[]): BindToolsInput[] {
  return tools.some(isMemoryTool) ? tools.filter((tool) => !isMemoryTool(tool)) : tools;
}

export const canRemember = (tools: BindToolsInput[]) => tools.some((tool) => nameOf(tool) === 'remember');

/** What is said when the wish was carried out. */
export function writeMemoryAnswer({ result }: MadeCall, fact: string, language: Language): string {
  if (result?.isError === true) return result.text;
  return language === 'zh' ? `我记住了：${fact}` : `I will remember: ${fact}`;
}

const isMemoryTool = (tool: BindToolsInput) => memoryTools.has(nameOf(tool));

function nameOf(tool: BindToolsInput): string {
  const { function: inner, name } = tool as { function?: { name?: unknown }; name?: unknown };
  const found = inner?.name ?? name;
  return typeof found === 'string' ? found : '';
}
