import { memo, useState } from 'react';
import type { Agent } from '#server/contract/agent.ts';
import type { Turn } from '#web/features/conversations/to-turns.ts';
import type { RunView } from '#web/features/runs/run-view.ts';
import { StoredTurn } from './stored-turn.tsx';

type StoredTurnsProps = { turns: readonly Turn[]; agent: Agent; onMakeTest: ((view: RunView) => void) | undefined };

/** All stored messages; an answer that grows below them draws none of them again. */
export const StoredTurns = memo(function StoredTurns({ turns, agent, onMakeTest }: StoredTurnsProps) {
  // What is drawn first fills the screen; whatever comes before it later is out of sight.
  const start = turns[0]?.key;
  const [firstSeen, setFirstSeen] = useState(start);
  const seenFrom = turns.findIndex(({ key }) => key === firstSeen);
  if (seenFrom === -1 && start !== firstSeen) setFirstSeen(start);
  return turns.map((turn, place) => (
    <StoredTurn key={turn.key} turn={turn} agent={agent} isEarlier={place < seenFrom} onMakeTest={onMakeTest} />
  ));
});
