import type { Memory } from '#server/contract/memory.ts';

/** The facts of one agent, newest first. */
export type MemoryGroup = { id: string; agent: Memory['agent']; items: Memory[] };

/** Facts by their agent; the agent with the newest fact comes first. */
export function groupMemories(memories: readonly Memory[]): MemoryGroup[] {
  const groups = new Map<string, MemoryGroup>();
  for (const memory of memories) {
    const { agent } = memory;
    const group = groups.get(agent.id) ?? { id: toGroupId(agent.id), agent, items: [] };
    group.items.push(memory);
    groups.set(agent.id, group);
  }
  return [...groups.values()];
}

/** Apart from the identifiers of facts, which are deleted on the same page. */
const toGroupId = (agent: string) => `memories of ${agent}`;
