import type { AgentTool } from '#server/contract/agent-definition.ts';
import type { HubAgentDetail } from '#server/contract/hub.ts';
import type { ToolSummary } from '#server/contract/tool.ts';

const inBoth = (text: string) => ({ en: text, zh: text });

/** What the tools of an agent do, in words; of a creator's own ones only their names are known to others. */
export function describeTools(tools: AgentTool[], catalogue: ToolSummary[]): HubAgentDetail['tools'] {
  const known = new Map(catalogue.map((tool) => [tool.id, tool]));
  return tools.map(({ id }) => {
    const found = known.get(id);
    if (found !== undefined) return { id, title: found.title, description: found.description, effect: found.effect };
    const [source = id, name = id] = id.split('/', 2);
    if (source === 'agent') {
      const description = { en: 'Another agent, which it asks', zh: '它会询问的另一个智能体' };
      return { id, title: inBoth(name), description, effect: null };
    }
    const description = { en: `From its creator’s toolset “${source}”`, zh: `来自创建者的工具集“${source}”` };
    return { id, title: inBoth(name), description, effect: null };
  });
}
