import { useQuery } from '@tanstack/react-query';
import { Ellipsis } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ConversationSummary } from '#server/contract/conversation.ts';
import { conversationQuery } from '#web/features/conversations/api/conversation-queries.ts';
import { lazyComponent } from '#web/lib/lazy-component.ts';
import { usePrepared } from '#web/ui/dialog.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Menu } from '#web/ui/menu.tsx';
import type { Asked } from './conversation-actions.tsx';

const ConversationActions = lazyComponent(async () => (await import('./conversation-actions.tsx')).default);
const ConversationDialog = lazy(() => import('./conversation-dialog.tsx'));

type ConversationMenuProps = {
  conversation: ConversationSummary;
  isCurrent: boolean;
  address: string;
  onDeleted: ((conversation: string) => void) | undefined;
};

/** The button that opens what may be done with a conversation; the command palette finds that of the open one. */
export function ConversationMenu({ conversation, isCurrent, address, onDeleted }: ConversationMenuProps) {
  const { t } = useTranslation('conversations');
  usePrepared(ConversationActions.load);
  const [asked, setAsked] = useState<Asked | null>(null);
  const label = t('list.actions', { title: conversation.title || t('list.untitled') });
  return (
    <>
      <Menu
        label={label}
        trigger={
          <IconButton
            size="small"
            label={label}
            icon={<Ellipsis />}
            tooltip={false}
            {...(isCurrent && { 'data-commands': '', 'data-also': t('list.also') })}
          />
        }
      >
        <Suspense fallback={null}>
          <ConversationActions
            conversation={conversation}
            addressIfCurrent={isCurrent ? address : null}
            onAsk={setAsked}
            onDeleted={onDeleted}
          />
        </Suspense>
      </Menu>
      {asked !== null && (
        <Suspense fallback={null}>
          <ConversationDialog asked={asked} conversation={conversation} onClose={() => setAsked(null)} />
        </Suspense>
      )}
    </>
  );
}

/** The same for the open conversation, where its list is out of sight. */
export function OpenConversationMenu({
  id,
  ...place
}: { id: string } & Pick<ConversationMenuProps, 'address' | 'onDeleted'>) {
  const { data } = useQuery(conversationQuery(id));
  return data ? <ConversationMenu conversation={data} isCurrent {...place} /> : null;
}
