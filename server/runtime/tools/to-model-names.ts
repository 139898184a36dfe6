import type { AgentTool } from '#server/contract/agent-definition.ts';

const longest = 64;

/**
 * What a model calls the tools of an agent, in their order: the name that the creator gave, else the tool's own; of two
 * equal ones the later is told apart by its toolset, or by a number. Letters, digits, `_` and `-`, 64 at most. Pure.
 */
export function toModelNames(tools: Pick<AgentTool, 'id' | 'name'>[]): string[] {
  const taken = new Set<string>();
  return tools.map(({ id, name }) => {
    const [toolset, own] = id.includes('/') ? (id.split('/', 2) as [string, string]) : [null, id];
    const wished = toPlainName(name === '' ? own : name);
    const free = candidates(wished, toolset).find((candidate) => !taken.has(candidate)) ?? wished;
    taken.add(free);
    return free;
  });
}

function candidates(wished: string, toolset: string | null): string[] {
  const apart = toolset === null ? [] : [toPlainName(`${toolset}_${wished}`)];
  const numbered = Array.from({ length: longest }, (_, index) => `${wished.slice(0, longest - 3)}_${index + 2}`);
  return [wished, ...apart, ...numbered];
}

const toPlainName = (name: string) => name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, longest);
