import { memo, useState } from 'react';
import type { Agent } from '#server/contract/agent.ts';
import { guessPixels, type Turn } from '#web/features/conversations/to-turns.ts';
import type { RunView } from '#web/features/runs/run-view.ts';
import { useNearGroup } from '#web/lib/use-form-near-view.ts';
import { StoredTurn } from './stored-turn.tsx';

/** Few enough that what comes near the view is laid out in a frame. */
const groupTurns = 10;
/** Few enough that the groups of a section, and the sections, are gone through in no time. */
const sectionTurns = 80;

type StoredTurnsProps = { turns: readonly Turn[]; agent: Agent; onMakeTest: ((view: RunView) => void) | undefined };

/** All stored messages; an answer that grows below them draws none of them again. */
export const StoredTurns = memo(function StoredTurns({ turns, ...others }: StoredTurnsProps) {
  // What is drawn first fills the screen; whatever comes before it later is out of sight.
  const start = turns[0]?.key;
  const [firstSeen, setFirstSeen] = useState(start);
  const seenFrom = turns.findIndex(({ key }) => key === firstSeen);
  if (seenFrom === -1 && start !== firstSeen) setFirstSeen(start);
  const earlier = seenFrom > 0 ? turns.slice(0, seenFrom) : noTurns;
  return (
    <>
      {splitFromEnd(earlier, sectionTurns).map(([number, some]) => (
        <TurnSection key={number} turns={some} {...others} />
      ))}
      {turns.slice(Math.max(0, seenFrom)).map((turn) => (
        <StoredTurn key={turn.key} turn={turn} isEarlier={false} {...others} />
      ))}
    </>
  );
});

const noTurns: readonly Turn[] = [];

/** Neighbours together, counted from the end, so that nothing changes its place when earlier ones come. */
function splitFromEnd(turns: readonly Turn[], length: number): [number, readonly Turn[]][] {
  const parts = Math.ceil(turns.length / length);
  return Array.from({ length: parts }, (_, place) => {
    const number = parts - place;
    const from = turns.length - number * length;
    return [number, turns.slice(Math.max(0, from), from + length)];
  });
}

/** As many pixels as the turns will hold before they have their form. */
const guessGroup = (turns: readonly Turn[]) =>
  `calc(${turns.reduce((sum, turn) => sum + guessPixels(turn), 0)}px + ${turns.length - 1} * 1.5rem)`;

const isSame = (before: StoredTurnsProps, after: StoredTurnsProps) =>
  before.agent === after.agent &&
  before.onMakeTest === after.onMakeTest &&
  before.turns.length === after.turns.length &&
  before.turns.every((turn, place) => turn === after.turns[place]);

/** Groups side by side, so that one that grows has only these few laid out and compared. */
const TurnSection = memo(function TurnSection({ turns, ...others }: StoredTurnsProps) {
  return (
    <div className="flex min-w-0 flex-col gap-6">
      {splitFromEnd(turns, groupTurns).map(([number, some]) => (
        <TurnGroup key={number} turns={some} {...others} />
      ))}
    </div>
  );
}, isSame);

/** Neighbours which the browser passes over as one while all of them are out of sight. */
const TurnGroup = memo(function TurnGroup({ turns, ...others }: StoredTurnsProps) {
  const { ref, group } = useNearGroup(guessGroup(turns));
  return (
    <div ref={ref} {...group} className="flex min-w-0 flex-col gap-6">
      {turns.map((turn) => (
        <StoredTurn key={turn.key} turn={turn} isEarlier {...others} />
      ))}
    </div>
  );
}, isSame);
