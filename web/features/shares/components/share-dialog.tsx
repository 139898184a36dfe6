import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ConversationSummary } from '#server/contract/conversation.ts';
import { createShare, sharesKey, sharingSettingsQuery } from '#web/features/shares/api/share-requests.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { SwitchField } from '#web/ui/switch-field.tsx';
import { ShareList } from './share-list.tsx';

const spans = [0, 1, 7, 30] as const;

/** Makes links to a conversation as it is now, and takes them back. */
export function ShareDialog({
  open,
  conversation,
  onClose,
}: {
  open: boolean;
  conversation: ConversationSummary;
  onClose: () => void;
}) {
  const { t } = useTranslation('shares');
  const queryClient = useQueryClient();
  const settings = useQuery(sharingSettingsQuery);
  const [showsName, setShowsName] = useState(false);
  const [withFiles, setWithFiles] = useState(false);
  const [days, setDays] = useState(0);
  const share = useMutation({
    mutationFn: () => createShare(conversation.id, { showsName, withFiles, expiresInDays: days === 0 ? null : days }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: sharesKey }),
  });
  const isOff = settings.data?.isAllowed === false;
  return (
    <Dialog
      open={open}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('share.title')}
      description={t('share.text')}
      footer={
        <Button
          variant="primary"
          busy={share.isPending}
          disabled={!settings.data?.isAllowed}
          onClick={() => share.mutate()}
        >
          {t('share.create')}
        </Button>
      }
    >
      <div className="grid gap-4">
        {isOff && <Notice tone="warning">{t('share.off')}</Notice>}
        <SwitchField
          label={t('share.name')}
          checked={showsName}
          onChange={(event) => setShowsName(event.target.checked)}
        />
        <SwitchField
          label={t('share.files')}
          hint={t('share.filesHint')}
          checked={withFiles}
          onChange={(event) => setWithFiles(event.target.checked)}
        />
        <SelectField
          label={t('share.expires')}
          value={String(days)}
          onChange={(event) => setDays(Number(event.target.value))}
          options={spans.map((span) => ({ value: String(span), label: t(`share.days.${span}`) }))}
        />
        {(settings.isError || share.isError) && <ErrorPanel error={settings.error ?? share.error} />}
        <ShareList conversation={conversation.id} empty={<p className="text-sm text-ink-faint">{t('share.none')}</p>} />
      </div>
    </Dialog>
  );
}
