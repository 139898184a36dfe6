import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Share2 } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { setSharingSettings, sharesKey, sharingSettingsQuery } from '#web/features/shares/api/share-requests.ts';
import { Card } from '#web/ui/card.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { SwitchField } from '#web/ui/switch-field.tsx';
import { ShareList } from './share-list.tsx';

/** All that a person shares; administrators decide here whether anybody may. */
export function OwnShares({ canAdminister }: { canAdminister: boolean }) {
  const { t } = useTranslation('shares');
  const queryClient = useQueryClient();
  const settings = useQuery(sharingSettingsQuery);
  const change = useMutation({
    mutationFn: setSharingSettings,
    onSettled: () => queryClient.invalidateQueries({ queryKey: sharesKey }),
  });
  const isAllowed = change.variables?.isAllowed ?? settings.data?.isAllowed;
  return (
    <>
      <PageHeader title={t('shares.title')} description={t('shares.text')} />
      <div className="grid gap-6">
        {canAdminister && (
          <Card>
            <SwitchField
              label={t('shares.allow')}
              hint={t('shares.allowHint')}
              checked={isAllowed ?? false}
              disabled={isAllowed === undefined || change.isPending}
              onChange={(event) => change.mutate({ isAllowed: event.target.checked })}
            />
          </Card>
        )}
        {(settings.isError || change.isError) && <ErrorPanel error={settings.error ?? change.error} />}
        {!canAdminister && settings.data?.isAllowed === false && <Notice tone="warning">{t('share.off')}</Notice>}
        <ShareList
          empty={
            <EmptyState title={t('shares.empty')} icon={<Share2 />}>
              {t('shares.emptyText')}
            </EmptyState>
          }
        />
      </div>
    </>
  );
}
