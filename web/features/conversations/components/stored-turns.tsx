import { memo, useState } from 'react';
import type { Agent } from '#server/contract/agent.ts';
import type { Turn } from '#web/features/conversations/to-turns.ts';
import type { RunView } from '#web/features/runs/run-view.ts';
import { useResting } from '#web/lib/use-resting.ts';
import { StoredTurn } from './stored-turn.tsx';

const groupTurns = 50;

type StoredTurnsProps = { turns: readonly Turn[]; agent: Agent; onMakeTest: ((view: RunView) => void) | undefined };

/** All stored messages; an answer that grows below them draws none of them again. */
export const StoredTurns = memo(function StoredTurns({ turns, ...others }: StoredTurnsProps) {
  // What is drawn first fills the screen; whatever comes before it later is out of sight.
  const start = turns[0]?.key;
  const [firstSeen, setFirstSeen] = useState(start);
  const seenFrom = turns.findIndex(({ key }) => key === firstSeen);
  if (seenFrom === -1 && start !== firstSeen) setFirstSeen(start);
  const groups = Math.ceil(Math.max(0, seenFrom) / groupTurns);
  return (
    <>
      {Array.from({ length: groups }, (_, place) => {
        // Counted from what was seen first, so that nothing changes its group when earlier ones come.
        const number = groups - place;
        const from = seenFrom - number * groupTurns;
        return <TurnGroup key={number} turns={turns.slice(Math.max(0, from), from + groupTurns)} {...others} />;
      })}
      {turns.slice(Math.max(0, seenFrom)).map((turn) => (
        <StoredTurn key={turn.key} turn={turn} isEarlier={false} {...others} />
      ))}
    </>
  );
});

/** Earlier messages side by side, which the browser passes over as one while all of them are out of sight. */
const TurnGroup = memo(
  function TurnGroup({ turns, ...others }: StoredTurnsProps) {
    const ref = useResting(turns.length === groupTurns);
    return (
      <div ref={ref} className="flex min-w-0 flex-col gap-6">
        {turns.map((turn) => (
          <StoredTurn key={turn.key} turn={turn} isEarlier {...others} />
        ))}
      </div>
    );
  },
  (before, after) =>
    before.agent === after.agent &&
    before.onMakeTest === after.onMakeTest &&
    before.turns.length === after.turns.length &&
    before.turns.every((turn, place) => turn === after.turns[place]),
);
