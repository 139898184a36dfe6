import { useState } from 'react';
import { findCommands, type SlashCommand } from './use-slash-commands.ts';

/** The commands that a text may mean, with the one that is chosen until another key says otherwise. */
export function useCommandChoice({
  commands,
  text,
  onPick,
}: {
  commands: SlashCommand[];
  text: string;
  onPick: (command: SlashCommand) => void;
}) {
  const [active, setActive] = useState(0);
  const [closedFor, setClosedFor] = useState<string | null>(null);
  const offered = closedFor === text ? [] : findCommands(commands, text);
  const place = Math.min(active, offered.length - 1);
  const chosen = offered[place];
  return {
    offered,
    /** Where the chosen one stands; -1: nothing is offered. */
    place,
    /** Another text: the first that it may mean is chosen. */
    begin: () => setActive(0),
    /** The keys of the list; false: the key is the text's. */
    take: (key: string): boolean => {
      if (chosen === undefined) return false;
      if (key === 'ArrowDown') setActive((place + 1) % offered.length);
      else if (key === 'ArrowUp') setActive((place + offered.length - 1) % offered.length);
      else if (key === 'Escape') setClosedFor(text);
      else if (key === 'Enter' || key === 'Tab') onPick(chosen);
      else return false;
      return true;
    },
  };
}
