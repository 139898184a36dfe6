import { AgentTool } from '#server/contract/agent-definition.ts';
import type { EquippedTool } from '#server/runtime/run-tool-call.ts';
import { createProposeChangesTool } from '#server/runtime/tools/propose-changes.ts';
import { createReadDraftTool } from '#server/runtime/tools/read-draft.ts';
import { createSearchCatalogueTool } from '#server/runtime/tools/search-catalogue.ts';
import { toPlainText } from '#server/runtime/tools/plain-text.ts';
import type { DraftDesk } from './draft-desk.ts';

const mostProposalsTold = 10;

/** What a run is told of the draft on its desk, and the tools to work on it; nothing without a desk. */
export function openWorkbench(desk: DraftDesk | null): { instructions: string | null; tools: EquippedTool[] } {
  if (desk === null) return { instructions: null, tools: [] };
  const tools = [createReadDraftTool(desk), createSearchCatalogueTool(desk), createProposeChangesTool(desk)];
  return {
    instructions: tellProposals(desk.proposals),
    tools: tools.map((tool) => ({
      name: tool.id.replaceAll('-', '_'),
      tool,
      settings: AgentTool.parse({ id: tool.id, approval: 'never' }),
    })),
  };
}

function tellProposals(proposals: DraftDesk['proposals']): string {
  if (proposals.length === 0) return 'You have proposed nothing in this talk yet.';
  const list = (parts: string[]) => (parts.length === 0 ? 'nothing' : parts.join(', '));
  const lines = proposals.slice(-mostProposalsTold).map(({ title, parts, applied, discarded }) => {
    const open = parts.filter((part) => !applied.includes(part) && !discarded.includes(part));
    return `- ${JSON.stringify(toPlainText(title))}: applied ${list(applied)}; discarded ${list(discarded)}; not decided ${list(open)}.`;
  });
  return ['What you proposed in this talk, oldest first, and what the person did with it:', ...lines].join('\n');
}
