import { UserRound } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import type { PendingWait } from '#server/contract/run-wait.ts';
import { useFormat } from '#web/lib/format.ts';
import { useShownName } from '#web/lib/use-shown-name.ts';
import ApprovalCard from './approval-card.tsx';
import FormCard from './form-card.tsx';
import OriginLine from './origin-line.tsx';

export type WaitingPaths = { conversation: (handle: string, conversation: string) => string };

type WaitingItemProps = { pending: PendingWait; paths: WaitingPaths; onAnswered: () => void };

/** One thing that waits for the person: who asks, for whom, and the card that answers. */
export function WaitingItem({
  pending: { run, agent, conversationId, createdAt, person, startedBy, wait },
  paths,
  onAnswered,
}: WaitingItemProps) {
  const { t } = useTranslation('waits');
  const toName = useShownName();
  const format = useFormat();
  return (
    <li className="grid min-w-0 gap-2">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 className="min-w-0 text-lg font-semibold wrap-break-word">{toName(agent)}</h2>
        <span className="text-xs text-ink-faint">{format.ago(createdAt)}</span>
        {conversationId !== null && (
          <Link to={paths.conversation(agent.handle, conversationId)} className="text-link ml-auto text-sm">
            {t('waiting.open')}
          </Link>
        )}
      </div>
      {startedBy && <OriginLine origin={startedBy} />}
      {person && (
        <p className="flex min-w-0 items-center gap-1.5 text-xs text-ink-faint">
          <UserRound aria-hidden className="size-3.5 shrink-0" />
          <span className="min-w-0 truncate">{t('waiting.for', { name: person.name })}</span>
        </p>
      )}
      {wait.kind === 'approval' ? (
        <ApprovalCard run={run} approval={{ ...wait, approval: wait.id, decision: null }} onAnswered={onAnswered} />
      ) : (
        <FormCard
          run={run}
          request={{ ...wait, form: wait.id, request: wait.form, outcome: null }}
          onAnswered={onAnswered}
        />
      )}
    </li>
  );
}
