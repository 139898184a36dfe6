import { RotateCw } from 'lucide-react';
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Agent } from '#server/contract/agent.ts';
import { type Exchange, toExchange } from '#web/features/conversations/to-turns.ts';
import { useMessageActions } from '#web/features/conversations/message-actions.ts';
import type { RunView } from '#web/features/runs/run-view.ts';
import type { ChatState } from '#web/features/conversations/use-chat.ts';
import { useDrawnTurns } from '#web/features/conversations/use-drawn-turns.ts';
import { useEarlierMessages } from '#web/features/conversations/use-earlier-messages.ts';
import { useLinkedMessage } from '#web/features/conversations/use-linked-message.ts';
import { Button } from '#web/ui/button.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { AgentMessage } from './agent-message.tsx';
import { PersonMessage } from './person-message.tsx';
import { StoredTurns } from './stored-turns.tsx';

/** The messages in reading order: stored ones, what was just sent, and the answer under way. */
export function TurnList({
  chat,
  agent,
  container,
  onSendAgain,
  onMakeTest,
}: {
  chat: ChatState;
  agent: Agent;
  container: RefObject<HTMLElement | null>;
  /** Sends what the composer was given back. */
  onSendAgain: () => void;
  onMakeTest?: ((exchange: Exchange) => void) | undefined;
}) {
  const { t } = useTranslation('conversations');
  const { storedTurns, stored, sent, unsent, live, answering, show } = chat;
  const { fetchNextPage } = stored;
  const load = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const { drawn, isWhole } = useDrawnTurns(storedTurns);
  const start = useEarlierMessages({
    container,
    hasEarlier: stored.hasNextPage,
    isLoading: stored.isFetchingNextPage || !isWhole,
    load,
    drawn,
  });
  useLinkedMessage({
    turns: drawn,
    hasEarlier: stored.hasNextPage,
    isLoading: stored.isFetching || !isWhole,
    load,
    showBranch: show,
  });
  const shown = useRef({ storedTurns, sent });
  useEffect(() => {
    shown.current = { storedTurns, sent };
  }, [storedTurns, sent]);
  const makeTest = useCallback(
    (view: RunView) => onMakeTest?.(toExchange(shown.current.storedTurns, shown.current.sent, view)),
    [onMakeTest],
  );
  const offered = onMakeTest && makeTest;
  const lastTurn = storedTurns.at(-1);
  const onRetry =
    unsent?.isBranch === false ? onSendAgain : live?.view.run === null ? chat.beginAgain : chat.followAgain;

  return (
    <>
      <div ref={start} className="grid justify-center empty:hidden">
        {stored.hasNextPage && (
          <Button size="small" variant="quiet" busy={stored.isFetchingNextPage} onClick={load}>
            {t('chat.earlier')}
          </Button>
        )}
      </div>
      <StoredTurns turns={drawn} agent={agent} onMakeTest={offered} />
      {sent && <PersonMessage content={sent.content} files={sent.files} place={null} />}
      {lastTurn?.kind === 'person' && sent === null && live === null && <Unanswered message={lastTurn.place.id} />}
      {live && (
        <>
          {(live.problem === null || live.view.run !== null) && (
            <AgentMessage
              view={live.view}
              agent={agent}
              answering={live.view.answeredBy ?? answering}
              place={chat.livePlace}
              onMakeTest={offered}
            />
          )}
          {live.problem && (
            <div className="grid gap-2">
              <ErrorPanel error={live.problem} onRetry={onRetry} />
              {unsent && !unsent.hasArrived && (
                <p role="status" className="text-sm text-ink-soft">
                  {t(`chat.givenBack.${unsent.isBranch ? 'there' : 'composer'}`)}
                </p>
              )}
            </div>
          )}
        </>
      )}
    </>
  );
}

/** Under a message whose answer never came, such as one that a crash ended. */
function Unanswered({ message }: { message: string }) {
  const { t } = useTranslation('conversations');
  const { answer, isBusy } = useMessageActions();
  return (
    <Button
      size="small"
      className="justify-self-start self-start"
      icon={<RotateCw aria-hidden />}
      disabled={isBusy}
      onClick={() => answer(message)}
    >
      {t('chat.answerIt')}
    </Button>
  );
}
