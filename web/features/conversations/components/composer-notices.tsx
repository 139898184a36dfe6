import { lazy, Suspense } from 'react';
import type { Agent } from '#server/contract/agent.ts';
import type { ChatState } from '#web/features/conversations/use-chat.ts';
import type { useTemporary } from '#web/features/conversations/use-temporary.ts';
import { ConnectionNotice } from './connection-notice.tsx';

/** What few conversations have is loaded with the first that has it. */
const ChosenModel = lazy(async () => ({ default: (await import('./chosen-model.tsx')).ChosenModel }));
const AnsweringNotice = lazy(() => import('./answering-notice.tsx'));
const TemporaryChoice = lazy(() => import('./temporary-choice.tsx'));

/** What is to know or to choose before the next message. */
export function ComposerNotices({
  chat,
  agent,
  model,
  onDropModel,
  temporary,
  canBeTemporary,
}: {
  chat: ChatState;
  agent: Agent;
  model: string | undefined;
  onDropModel: () => void;
  temporary: ReturnType<typeof useTemporary>;
  canBeTemporary: boolean;
}) {
  return (
    <>
      <ConnectionNotice chat={chat} />
      <Suspense fallback={null}>
        {chat.answering && chat.id !== null && (
          <AnsweringNotice agent={agent} answering={chat.answering} conversation={chat.id} isReading={chat.isReading} />
        )}
        {model !== undefined && <ChosenModel model={model} onDrop={onDropModel} />}
      </Suspense>
      {canBeTemporary && (temporary.isOn || (chat.id === null && chat.live === null)) && (
        <Suspense fallback={<div className="h-6" />}>
          <TemporaryChoice
            isOn={temporary.isOn}
            hasBegun={chat.id !== null || chat.live !== null}
            onChange={temporary.choose}
          />
        </Suspense>
      )}
    </>
  );
}
