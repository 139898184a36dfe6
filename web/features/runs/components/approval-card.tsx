import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ShieldQuestion } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ApprovalDecision } from '#server/contract/run-wait.ts';
import { answerApproval } from '#web/features/runs/api/answer-approval.ts';
import { waitingKey } from '#web/features/runs/api/waiting-count.ts';
import { readArguments } from '#web/features/runs/read-arguments.ts';
import type { ApprovalView } from '#web/features/runs/run-view.ts';
import { useFormat } from '#web/lib/format.ts';
import { useToolTitle } from '#web/lib/use-tool-title.ts';
import { useShownName } from '#web/lib/use-shown-name.ts';
import { Button } from '#web/ui/button.tsx';
import { CodeBlock } from '#web/ui/code-block.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { TextArea } from '#web/ui/text-area.tsx';
import { TextField } from '#web/ui/text-field.tsx';

type Mode = 'deciding' | 'editing' | 'refusing';

/** Asks a person whether a tool call may go ahead, with exactly what it would be given, which they may change. */
export default function ApprovalCard({
  run,
  approval,
  onAnswered,
}: {
  run: string;
  approval: ApprovalView;
  onAnswered?: () => void;
}) {
  const { t } = useTranslation('waits');
  const toName = useShownName();
  const toTitle = useToolTitle();
  const format = useFormat();
  const cache = useQueryClient();
  const [mode, setMode] = useState<Mode>('deciding');
  const [reason, setReason] = useState('');
  const [edited, setEdited] = useState(() => JSON.stringify(approval.input, null, 2));
  const [isUnreadable, setIsUnreadable] = useState(false);
  const card = useRef<HTMLElement>(null);
  const shown = useRef(mode);
  useEffect(() => {
    if (shown.current === mode) return;
    // The button that was pressed is gone: whoever has no mouse goes on in the field, and from there where they came from.
    const next = mode === 'deciding' ? `[data-leads=${shown.current}]` : 'textarea, input';
    shown.current = mode;
    card.current?.querySelector<HTMLElement>(next)?.focus();
  }, [mode]);
  const answer = useMutation({
    mutationFn: (decision: ApprovalDecision) => answerApproval(run, approval.approval, decision),
    onSuccess: () => {
      onAnswered?.();
      return cache.invalidateQueries({ queryKey: waitingKey });
    },
  });
  const about = { tool: toTitle(approval.tool), time: format.dateTime(approval.expiresAt) };
  const isSent = answer.isPending || answer.isSuccess;
  const refuse = () => answer.mutate({ decision: 'refuse', ...(reason.trim() !== '' && { reason: reason.trim() }) });
  const approveEdited = () => {
    const input = readArguments(edited);
    setIsUnreadable(input === null);
    if (input !== null) answer.mutate({ decision: 'approve', input });
  };
  return (
    <section
      ref={card}
      aria-label={t('approval.title')}
      className="grid gap-3 rounded-lg border-2 border-warning bg-warning-soft p-4"
    >
      <div role="alert" className="flex items-start gap-2">
        <ShieldQuestion aria-hidden className="mt-0.5 size-5 shrink-0 text-warning" />
        <div className="min-w-0">
          <p className="font-semibold">{t('approval.title')}</p>
          <p className="text-sm wrap-break-word text-ink-soft">
            {approval.agent === undefined
              ? t('approval.explanation', about)
              : t('approval.explanationOf', { ...about, agent: toName(approval.agent) })}
          </p>
          {approval.note && <p className="mt-1 text-sm font-medium wrap-break-word">{approval.note}</p>}
        </div>
      </div>
      {mode === 'editing' ? (
        <TextArea
          label={t('approval.edited')}
          hint={t('approval.editedHint')}
          error={isUnreadable ? t('approval.notAnObject') : undefined}
          monospaced
          spellCheck={false}
          value={edited}
          onChange={(event) => setEdited(event.target.value)}
        />
      ) : (
        <CodeBlock label={t('approval.arguments')} code={JSON.stringify(approval.input, null, 2)} wrap />
      )}
      {mode === 'refusing' && (
        <TextField
          label={t('approval.reason')}
          hint={t('approval.reasonHint')}
          optional
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      )}
      {answer.isError && <ErrorPanel error={answer.error} />}
      {answer.isSuccess ? (
        <p className="text-sm text-ink-soft">{t('approval.sent')}</p>
      ) : (
        <div className="flex flex-wrap gap-2">
          {mode === 'deciding' && (
            <>
              <Button variant="primary" busy={isSent} onClick={() => answer.mutate({ decision: 'approve' })}>
                {t('approval.approve')}
              </Button>
              <Button variant="secondary" busy={isSent} data-leads="editing" onClick={() => setMode('editing')}>
                {t('approval.edit')}
              </Button>
              <Button variant="secondary" busy={isSent} data-leads="refusing" onClick={() => setMode('refusing')}>
                {t('approval.refuse')}
              </Button>
            </>
          )}
          {mode === 'editing' && (
            <Button variant="primary" busy={isSent} onClick={approveEdited}>
              {t('approval.sendEdited')}
            </Button>
          )}
          {mode === 'refusing' && (
            <Button variant="danger" busy={isSent} onClick={refuse}>
              {t('approval.sendRefusal')}
            </Button>
          )}
          {mode !== 'deciding' && (
            <Button variant="quiet" onClick={() => setMode('deciding')}>
              {t('approval.back')}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
