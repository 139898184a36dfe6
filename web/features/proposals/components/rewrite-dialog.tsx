import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { RewriteInput } from '#server/contract/proposal.ts';
import { draftTalkQuery, rewriteText } from '#web/features/proposals/api/proposal-requests.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useCancellable } from '#web/lib/use-cancellable.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { Progress } from '#web/ui/progress.tsx';
import { TextArea } from '#web/ui/text-area.tsx';
import { TextDiff } from '#web/ui/text-diff.tsx';

export type RewriteDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  agent: string;
  part: RewriteInput['part'];
  text: string;
  modelsAddress: string;
  onApply: (text: string) => void;
};

/** Has a text of an agent written better, and shows what would change before it does. */
export function RewriteDialog({ open, onOpenChange, agent, part, text, modelsAddress, onApply }: RewriteDialogProps) {
  const { t } = useTranslation('proposals');
  const [wish, setWish] = useState('');
  const { run, cancel } = useCancellable();
  const talk = useQuery({ ...draftTalkQuery(agent), enabled: open });
  const rewrite = useMutation({
    mutationFn: () => run((signal) => rewriteText(agent, { part, text, wish }, signal)),
  });
  const written = rewrite.isPending ? null : (rewrite.data?.text ?? null);
  const close = (isOpen: boolean) => {
    if (!isOpen) {
      cancel();
      rewrite.reset();
      setWish('');
    }
    onOpenChange(isOpen);
  };
  const isOffline = talk.data?.model === null;
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title={t('rewrite.title')}
      description={t('rewrite.description', { part: t(`part.${part}`) })}
      size="large"
      footer={
        <>
          <Button variant="quiet" onClick={() => (rewrite.isPending ? cancel() : close(false))}>
            {t(rewrite.isPending ? 'rewrite.stop' : written === null ? 'common:action.cancel' : 'card.discard')}
          </Button>
          <Button
            variant={written === null ? 'primary' : 'secondary'}
            busy={rewrite.isPending}
            disabled={isOffline || text.trim() === ''}
            onClick={() => rewrite.mutate()}
          >
            {t(written === null ? 'rewrite.start' : 'rewrite.again')}
          </Button>
          {written !== null && (
            <Button
              variant="primary"
              onClick={() => {
                onApply(written);
                close(false);
              }}
            >
              {t('rewrite.apply')}
            </Button>
          )}
        </>
      }
    >
      <div className="grid gap-4">
        {isOffline && (
          <Notice
            title={t('rewrite.offline')}
            actions={
              <Link to={modelsAddress} className="text-link">
                {t('offline.connect')}
              </Link>
            }
          >
            {t('rewrite.offlineText')}
          </Notice>
        )}
        {text.trim() === '' && <p className="text-ink-soft">{t('rewrite.empty')}</p>}
        <TextArea
          label={t('rewrite.wish')}
          placeholder={t('rewrite.wishPlaceholder')}
          optional
          rows={2}
          maxLength={1000}
          value={wish}
          onChange={(event) => setWish(event.target.value)}
        />
        {rewrite.isPending && <Progress label={t('rewrite.working')} />}
        {rewrite.isError && <ErrorPanel error={rewrite.error} />}
        {written !== null && (
          <div className="min-w-0 overflow-hidden rounded-md border border-line" role="status">
            <TextDiff
              label={t(`part.${part}`)}
              before={text}
              after={written}
              beforeLabel={t('diff.before')}
              afterLabel={t('diff.after')}
            />
          </div>
        )}
      </div>
    </Dialog>
  );
}
