import { v7 } from 'uuid';
import { z } from 'zod';
import { JsonObject } from '#server/contract/json.ts';
import { DraftProposal, listParts, ProposalPart } from '#server/contract/proposal.ts';
import { HubError } from '#server/hub-error.ts';
import { listIssues } from '#server/issue-words.ts';
import type { DraftDesk } from '#server/runtime/drafts/draft-desk.ts';
import { defineTool } from './tool.ts';

const Output = z.object({ proposal: z.string(), parts: z.array(ProposalPart), note: z.string() });

/** Shows the person changes to the draft, which they apply or discard. Given to a run by its talk, not by a creator. */
export function createProposeChangesTool(desk: DraftDesk) {
  return defineTool({
    id: 'propose-changes',
    title: { en: 'Propose changes', zh: '提出修改' },
    description: {
      en: 'Shows the person changes to the draft as a diff, which they apply or discard part by part. Leave out every part that stays as it is; lists and texts are whole. It changes nothing by itself.',
      zh: '以差异形式向用户展示对草稿的修改，用户可逐项应用或放弃。未提及的部分保持不变；列表与文本须完整给出。本身不做任何更改。',
    },
    category: 'agents',
    effect: 'read',
    untrusted: false,
    input: DraftProposal,
    output: Output,
    timeoutMs: 20_000,
    maximumResultBytes: 8_000,
    intent: ({ summary }, language) => (language === 'zh' ? `提出修改：${summary}` : `Proposing: ${summary}`),
    run: async (proposal) => {
      const errors = await desk.findProblems(proposal);
      if (errors.length > 0) {
        const list = listIssues(errors);
        throw new HubError(
          'validation_failed',
          {
            en: `This cannot be applied. Mend it and propose again. ${list.en}`,
            zh: `无法采用。请修正后重新提出。${list.zh}`,
          },
          { errors },
        );
      }
      const id = v7();
      const parts = listParts(proposal);
      return {
        output: { proposal: id, parts, note: 'The person sees it and decides. The draft has not changed.' },
        artifacts: [toProposalArtifact(id, desk.agentId, proposal)],
      };
    },
  });
}

/** A proposal as a run shows it. */
export const toProposalArtifact = (id: string, agent: string, proposal: DraftProposal) => ({
  kind: 'proposal' as const,
  id,
  title: proposal.summary,
  agent,
  changes: JsonObject.parse(proposal),
});
