import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import {
  applyProposal,
  type DecideProposalInput,
  type DraftProposal,
  type ProposalPart,
} from '#server/contract/proposal.ts';
import { addTest, decideProposal, draftTalkQuery } from './api/proposal-requests.ts';
import type { EditedDraft } from './edited-draft.ts';

/** What a person does with a proposal: takes parts of it, leaves others, and takes back what they took by undo. */
export function useDecision(id: string, draft: EditedDraft) {
  const queryClient = useQueryClient();
  const { id: agent } = draft.agent;
  const talk = draftTalkQuery(agent);
  const readDecided = () => queryClient.getQueryData(talk.queryKey)?.decisions.find(({ proposal }) => proposal === id);
  const tell = async (decided: DecideProposalInput) => {
    await decideProposal(agent, id, decided);
    await queryClient.refetchQueries(talk);
  };
  // One after the other: an undo may come while what it takes back is not told yet.
  const scope = { id: `proposal ${id}` };

  const revise = useMutation({
    scope,
    mutationFn: async ({ parts, isUndone }: { parts: ProposalPart[]; isUndone: boolean }) => {
      const decided = readDecided();
      if (decided === undefined) return;
      const without = (before: ProposalPart[]) => before.filter((part) => !parts.includes(part));
      const applied = without(decided.applied);
      await tell({ applied: isUndone ? applied : [...applied, ...parts], discarded: without(decided.discarded) });
    },
  });

  /** From where the try before broke off, so that none is added twice. */
  const added = useRef(0);
  const addTests = async ({ tests = [] }: DraftProposal) => {
    for (const test of tests.slice(added.current)) {
      await addTest(agent, test);
      added.current += 1;
    }
  };

  const decide = useMutation({
    scope,
    mutationFn: async ({
      proposal,
      apply,
      discard,
    }: {
      proposal: DraftProposal;
      apply: ProposalPart[];
      discard: ProposalPart[];
    }) => {
      // Tests stand beside the draft, so no undo takes them back.
      const parts = apply.filter((part) => part !== 'tests');
      const isSaved =
        apply.length === 0 ||
        (await draft.apply(
          (before) => applyProposal(before, proposal, apply),
          (isUndone) => revise.mutate({ parts, isUndone }),
        ));
      if (!isSaved) return;
      let done: ProposalPart[] = parts;
      try {
        if (apply.includes('tests')) await addTests(proposal);
        done = apply;
      } finally {
        // Tests that could not be added stay open; what was saved before is told all the same.
        const { applied = [], discarded = [] } = readDecided() ?? {};
        await tell({ applied: [...applied, ...done], discarded: [...discarded, ...discard] });
        await queryClient.invalidateQueries({ queryKey: ['evals', agent] });
      }
    },
  });

  return {
    decide: decide.mutate,
    isDeciding: decide.isPending || revise.isPending,
    error: decide.error ?? revise.error,
  };
}
