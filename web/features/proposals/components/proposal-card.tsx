import { Check, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
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
import type { EditedDraft } from '#web/features/proposals/edited-draft.ts';
import { comparePart } from '#web/features/proposals/to-part-text.ts';
import { useDecision } from '#web/features/proposals/use-decision.ts';
import { usePartWords } from '#web/features/proposals/use-part-words.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { toPicture } from '#web/lib/to-picture.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { CheckboxField } from '#web/ui/checkbox-field.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { isFocusLost } from '#web/ui/hold-place.ts';
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
  const [left, setLeft] = useState<ReadonlySet<ProposalPart>>(new Set());
  const read = DraftProposal.safeParse(artifact.changes);
  const decided = decisions.find(({ proposal }) => proposal === artifact.id);
  const applied = decided?.applied ?? [];
  const discarded = decided?.discarded ?? [];

  const { decide, isDeciding, error } = useDecision(artifact.id, draft);
  const card = useRef<HTMLElement>(null);
  const hasDecided = useRef(false);
  // The buttons go with the decision; whoever pressed one goes on from what became of the proposal.
  useEffect(() => {
    if (!hasDecided.current || !isFocusLost()) return;
    hasDecided.current = false;
    card.current?.focus();
  });

  if (!read.success) return <p className="text-sm text-ink-soft">{t('card.unreadable')}</p>;
  const proposal = read.data;
  const parts = listParts(proposal);
  const open = parts.filter((part) => !applied.includes(part) && !discarded.includes(part));
  const chosen = open.filter((part) => !left.has(part));
  const settle = (decision: { apply: ProposalPart[]; discard: ProposalPart[] }) => {
    hasDecided.current = true;
    decide({ proposal, ...decision });
  };
  const toggle = (part: ProposalPart) =>
    setLeft((before) => new Set(before.has(part) ? [...before].filter((other) => other !== part) : [...before, part]));
  return (
    <section
      ref={card}
      tabIndex={-1}
      aria-label={t('card.label')}
      className="grid min-w-0 gap-3 rounded-lg border border-line-strong bg-raised p-4 outline-none"
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
                  disabled={!isWhole || isDeciding}
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
      {error && <ErrorPanel error={error} />}
      {open.length > 0 && (
        <div className="flex flex-wrap gap-2">
          <Button
            variant="primary"
            icon={<Check aria-hidden />}
            busy={isDeciding}
            disabled={!isWhole || chosen.length === 0}
            onClick={() => settle({ apply: chosen, discard: [] })}
          >
            {t(chosen.length === parts.length ? 'card.applyAll' : 'card.apply', { count: chosen.length })}
          </Button>
          <Button
            variant="quiet"
            icon={<X aria-hidden />}
            disabled={!isWhole || isDeciding}
            onClick={() => settle({ apply: [], discard: open })}
          >
            {t(open.length === parts.length ? 'card.discard' : 'card.discardRest')}
          </Button>
        </div>
      )}
    </section>
  );
}

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
