import { Pencil } from 'lucide-react';
import { useMessageActions } from '#web/features/conversations/message-actions.ts';
import type { TurnPlace } from '#web/features/conversations/to-turns.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { CopyButton } from '#web/ui/copy-button.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { BranchSwitch } from './branch-switch.tsx';
import { quietActions } from './quiet-actions.ts';

/** What may be done with what the person wrote. */
export function PersonActions({ content, place }: { content: string; place: TurnPlace }) {
  const { t } = useTranslation('conversations');
  const { edit, isBusy } = useMessageActions();
  return (
    <div className="flex items-center gap-1">
      <span className={quietActions}>
        <CopyButton text={content} label={t('chat.copyMessage')} variant="quiet" size="small" iconOnly />
        <IconButton
          label={t('chat.edit')}
          icon={<Pencil />}
          size="small"
          disabled={isBusy}
          onClick={() => edit(place.id)}
        />
      </span>
      <BranchSwitch place={place} />
    </div>
  );
}
