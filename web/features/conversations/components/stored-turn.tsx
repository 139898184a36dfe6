import { memo } from 'react';
import type { Agent } from '#server/contract/agent.ts';
import { guessPixels, type Turn } from '#web/features/conversations/to-turns.ts';
import { toMessageAnchor } from '#web/features/conversations/use-linked-message.ts';
import type { RunView } from '#web/features/runs/run-view.ts';
import { useFormNearView } from '#web/lib/use-form-near-view.ts';
import { AgentMessage } from './agent-message.tsx';
import { PersonMessage } from './person-message.tsx';
import { TurnWords } from './turn-words.tsx';

type StoredTurnProps = {
  turn: Turn;
  agent: Agent;
  /** It was drawn before what fills the screen, in a group, and is not seen at once. */
  isEarlier: boolean;
  onMakeTest: ((view: RunView) => void) | undefined;
};

/** A stored message: plain words while it is far from the view, and not drawn again when others come. */
export const StoredTurn = memo(function StoredTurn({ turn, agent, isEarlier, onMakeTest }: StoredTurnProps) {
  const { ref, isFormed, style } = useFormNearView({
    guessPixels: isEarlier ? guessPixels(turn) : null,
    isGrouped: isEarlier,
  });
  return (
    <div
      ref={ref}
      id={toMessageAnchor(turn.place.id)}
      tabIndex={-1}
      style={style}
      className="min-w-0 outline-none target:rounded-md target:bg-accent-soft/50"
    >
      {!isFormed ? (
        <TurnWords turn={turn} agent={agent} />
      ) : turn.kind === 'person' ? (
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
