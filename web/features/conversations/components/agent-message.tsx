import { memo, useCallback, useEffect, useRef } from 'react';
import type { Agent } from '#server/contract/agent.ts';
import type { NamedAgent } from '#server/contract/run-event.ts';
import { RunAnswer } from '#web/features/runs/components/run-answer.tsx';
import { isUnderWay, type RunView } from '#web/features/runs/run-view.ts';
import { useMessageActions } from '#web/features/conversations/message-actions.ts';
import type { TurnPlace } from '#web/features/conversations/to-turns.ts';
import { useAnsweringAgent } from '#web/features/conversations/use-answering-agent.ts';
import { laterComponent } from '#web/lib/later-component.ts';
import { toPicture } from '#web/lib/to-picture.ts';
import { Portrait } from '#web/ui/portrait.tsx';

/** What may be done with an answer is not what one comes for. */
const AnswerActions = laterComponent(async () => (await import('./answer-actions.tsx')).AnswerActions);

/** An answer with what may be done with it. */
export const AgentMessage = memo(function AgentMessage({
  view,
  agent,
  answering,
  place,
  onMakeTest,
}: {
  view: RunView;
  /** The chat's own agent. */
  agent: Agent;
  /** Who answers; null: the chat's own. */
  answering: NamedAgent | null;
  /** Null until it is stored. */
  place: TurnPlace | null;
  /** Where an answer can become a test of the agent. */
  onMakeTest: ((view: RunView) => void) | undefined;
}) {
  const speaker = useAnsweringAgent(agent, answering);
  return (
    <article
      aria-label={speaker.name}
      data-message={place?.id}
      className="grid min-w-0 grid-cols-1 gap-2 sm:grid-cols-[2rem_minmax(0,1fr)] sm:gap-x-3"
    >
      <div className="hidden sm:block">
        <Portrait picture={toPicture(speaker)} size="sm" />
      </div>
      <div className="grid min-w-0 gap-2">
        {speaker !== agent && <p className="text-sm font-medium wrap-anywhere">{speaker.name}</p>}
        <Answer view={view} parent={place?.parentId ?? null} />
        {!isUnderWay(view) && (
          <div className="min-h-9 min-w-0">
            <AnswerActions view={view} place={place} onMakeTest={onMakeTest} />
          </div>
        )}
      </div>
    </article>
  );
});

const StillAnswer = memo(RunAnswer);

/** Drawn again when the answer changes, not when another run begins or ends. */
function Answer({ view, parent }: { view: RunView; parent: string | null }) {
  const { answer } = useMessageActions();
  const latest = useRef(answer);
  useEffect(() => {
    latest.current = answer;
  }, [answer]);
  const retry = useCallback(() => parent !== null && latest.current(parent), [parent]);
  return <StillAnswer canSend view={view} onRetry={parent === null || isUnderWay(view) ? undefined : retry} />;
}
