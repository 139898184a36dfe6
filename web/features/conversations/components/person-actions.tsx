import { Pencil } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { dataMark } from '#server/contract/data-mark.ts';
import type { quoteData } from '#server/contract/split-data.ts';
import { useMessageActions } from '#web/features/conversations/message-actions.ts';
import type { TurnPlace } from '#web/features/conversations/to-turns.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { CopyButton } from '#web/ui/copy-button.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { BranchSwitch } from './branch-switch.tsx';
import { quietActions } from './quiet-actions.ts';

type PersonActionsProps = {
  content: string;
  place: TurnPlace;
  /** Whether they come back after an edit that was dropped: what began it has the focus again. */
  isBack: boolean;
};

/** What may be done with what the person wrote. */
export function PersonActions({ content, place, isBack }: PersonActionsProps) {
  const { t } = useTranslation('conversations');
  const { edit, isBusy } = useMessageActions();
  const editButton = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isBack) editButton.current?.focus();
  }, [isBack]);
  return (
    <div className="flex items-center gap-1">
      <span className={quietActions}>
        <CopyButton
          text={useQuotedData(content, t('chat.data'))}
          label={t('chat.copyMessage')}
          variant="quiet"
          size="small"
          iconOnly
        />
        <IconButton
          ref={editButton}
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

/** The message as people take it elsewhere; few have data in them, and what reads that comes only for these, before it is pressed. */
function useQuotedData(content: string, name: string): string {
  const hasData = content.includes(dataMark);
  const [read, setRead] = useState<{ quoteData: typeof quoteData } | null>(null);
  useEffect(() => {
    if (hasData)
      void import('#server/contract/split-data.ts').then(
        (loaded) => setRead(loaded),
        () => undefined,
      );
  }, [hasData]);
  return hasData && read !== null ? read.quoteData(content, name) : content;
}
