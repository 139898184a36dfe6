import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { TurnPlace } from '#web/features/conversations/to-turns.ts';
import { focusBranches } from '#web/features/conversations/focus-branches.ts';
import { useMessageActions } from '#web/features/conversations/message-actions.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';

/** Leads to the messages that stand beside this one; nothing where there is none. */
export function BranchSwitch({ place: { siblings } }: { place: TurnPlace }) {
  const { t } = useTranslation('conversations');
  const { show, isBusy } = useMessageActions();
  const { number, count, previous, next } = siblings;
  const go = useMutation({
    mutationFn: show, // The message that was left is gone with its buttons; those of the one that is shown name the place.
    onSuccess: (_, message) => focusBranches(message),
    onError: showProblemToast,
  });
  if (count < 2) return null;
  const shown = t('branch.shown', { number, count });
  const button = (target: string | null, label: string, icon: ReactNode) => (
    <IconButton
      label={`${label} (${shown})`}
      icon={icon}
      size="small"
      disabled={target === null || isBusy || go.isPending}
      onClick={() => target !== null && go.mutate(target)}
    />
  );
  return (
    <span role="group" aria-label={shown} data-branches className="flex items-center">
      {button(previous, t('branch.previous'), <ChevronLeft />)}
      <span aria-hidden className="text-xs text-ink-soft tabular-nums">
        {number} / {count}
      </span>
      {button(next, t('branch.next'), <ChevronRight />)}
    </span>
  );
}
