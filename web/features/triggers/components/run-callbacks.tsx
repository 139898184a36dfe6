import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { callbackSecretQuery, makeCallbackSecret } from '#web/features/triggers/api/callback-requests.ts';
import { callbacksPath } from '#web/features/triggers/api/trigger-requests.ts';
import { useMoment } from '#web/features/triggers/use-moment.ts';
import { Button } from '#web/ui/button.tsx';
import { Card, CardHeader } from '#web/ui/card.tsx';
import { CodeBlock } from '#web/ui/code-block.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { DeliveryList } from './delivery-list.tsx';

/** The callbacks of runs that programs started, and the secret that signs them. */
export function RunCallbacks() {
  const { t } = useTranslation('triggers');
  const toMoment = useMoment();
  const cache = useQueryClient();
  const secret = useQuery(callbackSecretQuery);
  const [isAsking, setIsAsking] = useState(false);
  const made = useMutation({
    mutationFn: makeCallbackSecret,
    onSuccess: ({ createdAt }) => cache.setQueryData(callbackSecretQuery.queryKey, { createdAt }),
  });
  const createdAt = secret.data?.createdAt ?? null;
  return (
    <Card className="mt-8">
      <CardHeader
        title={t('callbacks.title')}
        description={t('callbacks.text')}
        actions={
          secret.isSuccess && (
            <Button busy={made.isPending} onClick={() => (createdAt === null ? made.mutate() : setIsAsking(true))}>
              {t(createdAt === null ? 'callbacks.make' : 'callbacks.change')}
            </Button>
          )
        }
      />
      {secret.isError && <ErrorPanel error={secret.error} onRetry={secret.refetch} />}
      {made.isError && !isAsking && <ErrorPanel error={made.error} />}
      {made.data !== undefined && (
        <div className="grid gap-3">
          <Notice tone="warning" title={t('secrets.once')}>
            {t('callbacks.once')}
          </Notice>
          <CodeBlock label={t('secrets.callback')} code={made.data.secret} wrap />
          <p className="text-sm text-ink-soft">{t('secrets.callbackText')}</p>
        </div>
      )}
      {createdAt !== null && made.data === undefined && (
        <p className="text-sm text-ink-soft">{t('callbacks.since', { time: toMoment(createdAt) })}</p>
      )}
      {createdAt !== null && <DeliveryList path={callbacksPath} empty={t('callbacks.empty')} />}
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setIsAsking}
        title={t('callbacks.changeTitle')}
        description={t('callbacks.changeText')}
        confirmLabel={t('callbacks.change')}
        onConfirm={() => made.mutateAsync()}
      />
    </Card>
  );
}
