import type { DraftTalk } from '#server/contract/proposal.ts';
import type { EditedDraft } from '#web/features/proposals/edited-draft.ts';
import type { Talk } from '#web/features/proposals/use-talk.ts';
import { RunAnswer } from '#web/features/runs/components/run-answer.tsx';
import { isUnderWay, type RunView } from '#web/features/runs/run-view.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { ProposalCard } from './proposal-card.tsx';

type Shown = { draft: EditedDraft; decisions: DraftTalk['decisions'] };

/** What was said in a talk, each proposal as a card under the words that go with it. */
export function TalkTurns({
  turns,
  sent,
  live,
  isReading,
  onRetry,
  ...shown
}: Pick<Talk, 'turns' | 'sent' | 'live' | 'isReading'> & Shown & { onRetry: (() => void) | undefined }) {
  const { t } = useTranslation('proposals');
  return (
    <div
      role="log"
      aria-live="polite"
      aria-busy={isReading}
      aria-label={t('talk.messages')}
      className="grid min-w-0 gap-6 empty:hidden"
    >
      {turns.map((turn) =>
        turn.kind === 'person' ? (
          <Words key={turn.key} text={turn.text} />
        ) : (
          <Answer key={turn.key} view={turn.view} {...shown} />
        ),
      )}
      {sent !== null && <Words text={sent} />}
      {live && (live.problem === null || live.view.run !== null) && <Answer view={live.view} {...shown} />}
      {live?.problem && <ErrorPanel error={live.problem} onRetry={onRetry} />}
    </div>
  );
}

function Words({ text }: { text: string }) {
  const { t } = useTranslation('proposals');
  return (
    <article aria-label={t('talk.you')} className="grid min-w-0 justify-items-end">
      <div className="max-w-[85%] min-w-0 rounded-lg rounded-br-sm border border-line bg-sunken px-4 py-2.5 wrap-anywhere whitespace-pre-wrap">
        {text}
      </div>
    </article>
  );
}

function Answer({ view, ...shown }: Shown & { view: RunView }) {
  const { t } = useTranslation('proposals');
  const proposals = view.artifacts.filter((artifact) => artifact.kind === 'proposal');
  return (
    <article aria-label={t('talk.builder')} className="grid min-w-0 gap-3">
      <RunAnswer view={{ ...view, artifacts: [] }} />
      {proposals.map((artifact) => (
        <ProposalCard key={artifact.id} artifact={artifact} isWhole={!isUnderWay(view)} {...shown} />
      ))}
    </article>
  );
}
