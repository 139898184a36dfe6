import type { AgentTool } from '#server/contract/agent-definition.ts';
import { toHandOverName } from './hand-over-tool.ts';

const longest = 64;

/**
 * What a model calls the tools of an agent, in their order: the name that the creator gave, else the tool's own; of two
 * equal ones the later is told apart by its toolset, or by a number. Letters, digits, `_` and `-`, 64 at most. Pure.
 */
export function toModelNames(tools: Pick<AgentTool, 'id' | 'name' | 'use'>[]): string[] {
  const taken = new Set<string>();
  return tools.map(({ id, name, use }) => {
    const [toolset, own] = id.includes('/') ? (id.split('/', 2) as [string, string]) : [null, id];
    const usual = use === 'hand-over' ? toHandOverName(own) : own;
    const wished = toPlainName(name === '' ? usual : name);
    const free = findFree(wished, toolset, taken);
    taken.add(free);
    return free;
  });
}

function findFree(wished: string, toolset: string | null, taken: ReadonlySet<string>): string {
  if (!taken.has(wished)) return wished;
  const apart = toolset === null ? wished : toPlainName(`${toolset}_${wished}`);
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? apart : `${wished.slice(0, longest - 3)}_${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}

const toPlainName = (name: string) => name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, longest);
