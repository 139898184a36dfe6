import { MessageCirclePlus, MessageCircleX } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import { Button } from '#web/ui/button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';

/** Stands where a conversation was, and leads to a new one. */
export default function MissingConversation({ newAddress }: { newAddress: string }) {
  const { t } = useTranslation('conversations');
  return (
    <EmptyState
      icon={<MessageCircleX />}
      title={t('missing.title')}
      action={
        <Button asChild variant="primary">
          <Link to={newAddress}>
            <MessageCirclePlus aria-hidden />
            {t('list.new')}
          </Link>
        </Button>
      }
    >
      {t('missing.text')}
    </EmptyState>
  );
}
