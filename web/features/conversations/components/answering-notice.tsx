import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Agent } from '#server/contract/agent.ts';
import type { NamedAgent } from '#server/contract/run-event.ts';
import { updateConversation } from '#web/features/conversations/api/update-conversation.ts';
import { conversationKeys } from '#web/features/conversations/api/conversation-queries.ts';
import { Button } from '#web/ui/button.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';

type AnsweringNoticeProps = { agent: Agent; answering: NamedAgent; conversation: string; isReading: boolean };

/** Says that another agent answers in this conversation, and leads back to the one that it was begun with. */
export default function AnsweringNotice({ agent, answering, conversation, isReading }: AnsweringNoticeProps) {
  const { t } = useTranslation('conversations');
  const queryClient = useQueryClient();
  const back = useMutation({
    mutationFn: () => updateConversation(conversation, { answeredBy: agent.handle }),
    onSuccess: (changed) => queryClient.setQueryData(conversationKeys.one(conversation), changed),
  });
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-sm text-ink-soft">
        <p role="status" className="min-w-0 wrap-anywhere">
          {t('answering.other', { agent: answering.name })}
        </p>
        <Button
          size="small"
          variant="quiet"
          icon={<Undo2 aria-hidden />}
          busy={back.isPending}
          disabled={isReading}
          onClick={() => back.mutate()}
        >
          {t('answering.back', { agent: agent.name })}
        </Button>
      </div>
      {back.isError && <ErrorPanel error={back.error} onRetry={() => back.mutate()} />}
    </div>
  );
}
