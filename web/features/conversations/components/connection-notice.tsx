import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ChatState } from '#web/features/conversations/use-chat.ts';
import { useOnline } from '#web/lib/use-online.ts';
import { Notice } from '#web/ui/notice.tsx';

/** Says when the hub is out of reach, and that nothing is lost by it. */
export function ConnectionNotice({ chat }: { chat: ChatState }) {
  const { t } = useTranslation('conversations');
  const isOnline = useOnline();
  const isReconnecting = chat.isReading && chat.live?.connection === 'reconnecting';
  return (
    <div role="status">
      {isReconnecting ? (
        <Notice tone="warning" title={t('connection.lost')}>
          {t('connection.goesOn')}
        </Notice>
      ) : (
        !isOnline && (
          <Notice tone="warning" title={t('connection.offline')}>
            {t('connection.writeOn')}
          </Notice>
        )
      )}
    </div>
  );
}
