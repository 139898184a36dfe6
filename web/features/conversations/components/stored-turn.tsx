import { memo } from 'react';
import type { Agent } from '#server/contract/agent.ts';
import type { Turn } from '#web/features/conversations/to-turns.ts';
import { toMessageAnchor } from '#web/features/conversations/use-linked-message.ts';
import type { RunView } from '#web/features/runs/run-view.ts';
import { useResting } from '#web/lib/use-resting.ts';
import { AgentMessage } from './agent-message.tsx';
import { PersonMessage } from './person-message.tsx';

/** A stored message, which costs nothing while it is out of sight and is not drawn again when others come. */
export const StoredTurn = memo(function StoredTurn({
  turn,
  agent,
  onMakeTest,
}: {
  turn: Turn;
  agent: Agent;
  onMakeTest: ((view: RunView) => void) | undefined;
}) {
  const ref = useResting();
  return (
    <div
      ref={ref}
      id={toMessageAnchor(turn.place.id)}
      tabIndex={-1}
      className="min-w-0 outline-none target:rounded-md target:bg-accent-soft/50"
    >
      {turn.kind === 'person' ? (
        <PersonMessage content={turn.content} files={turn.files} place={turn.place} />
      ) : (
        <AgentMessage
          view={turn.view}
          agent={agent}
          answering={turn.view.answeredBy}
          place={turn.place}
          onMakeTest={onMakeTest}
        />
      )}
    </div>
  );
});
