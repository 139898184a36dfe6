import { useMutation } from '@tanstack/react-query';
import { ShieldQuestion } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerApproval } from '#web/features/runs/api/answer-approval.ts';
import type { ApprovalView } from '#web/features/runs/run-view.ts';
import { useFormat } from '#web/lib/format.ts';
import { Button } from '#web/ui/button.tsx';
import { CodeBlock } from '#web/ui/code-block.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { TextField } from '#web/ui/text-field.tsx';

/** Asks a person whether a tool call may go ahead, with exactly what it would be given. */
export function ApprovalCard({ run, approval }: { run: string; approval: ApprovalView }) {
  const { t } = useTranslation('runs');
  const format = useFormat();
  const [isRefusing, setIsRefusing] = useState(false);
  const [reason, setReason] = useState('');
  const answer = useMutation({
    mutationFn: (decision: 'approve' | 'refuse') =>
      answerApproval(run, approval.approval, {
        decision,
        ...(decision === 'refuse' && reason.trim() !== '' && { reason: reason.trim() }),
      }),
  });
  const isSent = answer.isPending || answer.isSuccess;
  return (
    <section
      aria-label={t('approval.title')}
      className="grid gap-3 rounded-lg border-2 border-warning bg-warning-soft p-4"
    >
      <div role="alert" className="flex items-start gap-2">
        <ShieldQuestion aria-hidden className="mt-0.5 size-5 shrink-0 text-warning" />
        <div>
          <p className="font-semibold">{t('approval.title')}</p>
          <p className="text-sm text-ink-soft">
            {t('approval.explanation', { tool: approval.tool, time: format.dateTime(approval.expiresAt) })}
          </p>
        </div>
      </div>
      <CodeBlock label={t('approval.arguments')} code={JSON.stringify(approval.input, null, 2)} wrap />
      {isRefusing && (
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
          {!isRefusing && (
            <Button variant="primary" busy={isSent} onClick={() => answer.mutate('approve')}>
              {t('approval.approve')}
            </Button>
          )}
          <Button
            variant={isRefusing ? 'danger' : 'secondary'}
            busy={isSent}
            onClick={() => (isRefusing ? answer.mutate('refuse') : setIsRefusing(true))}
          >
            {isRefusing ? t('approval.sendRefusal') : t('approval.refuse')}
          </Button>
          {isRefusing && (
            <Button variant="quiet" onClick={() => setIsRefusing(false)}>
              {t('approval.back')}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
