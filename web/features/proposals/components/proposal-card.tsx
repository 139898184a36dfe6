import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Check, X } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Agent } from '#server/contract/agent.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import {
  applyProposal,
  DraftProposal,
  type DraftTalk,
  listParts,
  type ProposalPart,
} from '#server/contract/proposal.ts';
import type { Artifact } from '#server/contract/run-event.ts';
import { addTest, decideProposal, draftTalkQuery } from '#web/features/proposals/api/proposal-requests.ts';
import type { EditedDraft } from '#web/features/proposals/edited-draft.ts';
import { comparePart } from '#web/features/proposals/to-part-text.ts';
import { usePartWords } from '#web/features/proposals/use-part-words.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { toPicture } from '#web/lib/to-picture.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { CheckboxField } from '#web/ui/checkbox-field.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Portrait } from '#web/ui/portrait.tsx';
import { TextDiff } from '#web/ui/text-diff.tsx';

type ProposalCardProps = {
  artifact: Extract<Artifact, { kind: 'proposal' }>;
  draft: EditedDraft;
  decisions: DraftTalk['decisions'];
  /** The run that made it has ended, so that it can be decided. */
  isWhole: boolean;
};

/** A proposal as a diff of the draft, to apply or discard, whole or part by part. */
export function ProposalCard({ artifact, draft, decisions, isWhole }: ProposalCardProps) {
  const { t } = useTranslation('proposals');
  const queryClient = useQueryClient();
  const { id: agent } = draft.agent;
  const [left, setLeft] = useState<ReadonlySet<ProposalPart>>(new Set());
  const read = DraftProposal.safeParse(artifact.changes);
  const decided = decisions.find(({ proposal }) => proposal === artifact.id);
  const applied = decided?.applied ?? [];
  const discarded = decided?.discarded ?? [];

  /** From where the try before broke off, so that none is added twice. */
  const added = useRef(0);
  const addTests = async ({ tests = [] }: DraftProposal) => {
    for (const test of tests.slice(added.current)) {
      await addTest(agent, test);
      added.current += 1;
    }
  };

  const decide = useMutation({
    mutationFn: async ({ proposal, apply, discard }: { proposal: DraftProposal } & Record<Side, ProposalPart[]>) => {
      const isSaved = apply.length === 0 || (await draft.apply((before) => applyProposal(before, proposal, apply)));
      if (!isSaved) return;
      let done: ProposalPart[] = apply.filter((part) => part !== 'tests');
      try {
        if (apply.includes('tests')) await addTests(proposal);
        done = apply;
      } finally {
        // Tests that could not be added stay open; what was saved before is told all the same.
        await decideProposal(agent, artifact.id, {
          applied: [...applied, ...done],
          discarded: [...discarded, ...discard],
        });
        await queryClient.invalidateQueries({ queryKey: ['evals', agent] });
        await queryClient.refetchQueries(draftTalkQuery(agent));
      }
    },
  });

  if (!read.success) return <p className="text-sm text-ink-soft">{t('card.unreadable')}</p>;
  const proposal = read.data;
  const parts = listParts(proposal);
  const open = parts.filter((part) => !applied.includes(part) && !discarded.includes(part));
  const chosen = open.filter((part) => !left.has(part));
  const toggle = (part: ProposalPart) =>
    setLeft((before) => new Set(before.has(part) ? [...before].filter((other) => other !== part) : [...before, part]));
  return (
    <section
      aria-label={t('card.label')}
      className="grid min-w-0 gap-3 rounded-lg border border-line-strong bg-raised p-4"
    >
      <div className="grid gap-1">
        <h3 className="text-sm font-semibold">{t('card.label')}</h3>
        <p className="text-sm wrap-anywhere text-ink-soft">{artifact.title}</p>
      </div>
      <ul className="grid min-w-0 gap-2">
        {parts.map((part) => (
          <li key={part} className="min-w-0 overflow-hidden rounded-md border border-line">
            <div className="flex items-center justify-between gap-3 bg-sunken px-3 py-2">
              {open.includes(part) ? (
                <CheckboxField
                  label={t(`part.${part}`)}
                  checked={!left.has(part)}
                  disabled={!isWhole || decide.isPending}
                  onChange={() => toggle(part)}
                />
              ) : (
                <>
                  <span className="text-sm font-medium">{t(`part.${part}`)}</span>
                  <Badge tone={applied.includes(part) ? 'success' : 'neutral'}>
                    {t(applied.includes(part) ? 'card.applied' : 'card.discarded')}
                  </Badge>
                </>
              )}
            </div>
            {open.includes(part) &&
              (part === 'avatar' ? (
                <PictureDiff agent={draft.agent} proposal={proposal} />
              ) : (
                <PartDiff definition={draft.agent.definition} proposal={proposal} part={part} />
              ))}
          </li>
        ))}
      </ul>
      {decide.isError && <ErrorPanel error={decide.error} />}
      {open.length > 0 && (
        <div className="flex flex-wrap gap-2">
          <Button
            variant="primary"
            icon={<Check aria-hidden />}
            busy={decide.isPending}
            disabled={!isWhole || chosen.length === 0}
            onClick={() => decide.mutate({ proposal, apply: chosen, discard: [] })}
          >
            {t(chosen.length === parts.length ? 'card.applyAll' : 'card.apply', { count: chosen.length })}
          </Button>
          <Button
            variant="quiet"
            icon={<X aria-hidden />}
            disabled={!isWhole || decide.isPending}
            onClick={() => decide.mutate({ proposal, apply: [], discard: open })}
          >
            {t(open.length === parts.length ? 'card.discard' : 'card.discardRest')}
          </Button>
        </div>
      )}
    </section>
  );
}

type Side = 'apply' | 'discard';

function PartDiff({
  definition,
  proposal,
  part,
}: {
  definition: AgentDefinition;
  proposal: DraftProposal;
  part: Exclude<ProposalPart, 'avatar'>;
}) {
  const { t } = useTranslation('proposals');
  const words = usePartWords();
  const { before, after } = comparePart(definition, proposal, part, words);
  if (before === after) return <p className="px-3 py-2 text-xs text-ink-faint">{t('card.same')}</p>;
  return (
    <TextDiff
      label={t(`part.${part}`)}
      before={before}
      after={after}
      beforeLabel={t('diff.before')}
      afterLabel={t('diff.after')}
    />
  );
}

function PictureDiff({ agent, proposal }: { agent: Agent; proposal: DraftProposal }) {
  const { t } = useTranslation('proposals');
  const { handle, definition } = agent;
  const after = applyProposal(definition, proposal, ['name', 'avatar']).identity.avatar;
  const pictures = [
    { key: 'before', avatar: definition.identity.avatar },
    { key: 'after', avatar: after },
  ] as const;
  return (
    <div className="flex gap-5 px-3 py-2">
      {pictures.map(({ key, avatar }) => (
        <span key={key} className="flex items-center gap-2 text-xs text-ink-soft">
          <Portrait picture={toPicture({ handle, avatar })} size="sm" />
          {t(`diff.${key}`)}
        </span>
      ))}
    </div>
  );
}
