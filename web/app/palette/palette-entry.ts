import type { LucideIcon } from 'lucide-react';
import { matchScore } from './match-score.ts';

/** Something that can be gone to or done. */
export type PaletteEntry = {
  id: string;
  kind: 'page' | 'setting' | 'action' | 'agent' | 'conversation';
  label: string;
  hint?: string;
  /** What it is also found by. */
  keywords?: string;
  icon: LucideIcon;
  /** Only for who looks for it by name. */
  isHidden?: boolean;
  /** The hub found it by what is typed, though its name may not show why. */
  isFound?: boolean;
  choose: () => void;
};

const most = 40;

/** What fits best first; what was chosen lately before what fits as well, or, when nothing is typed, before all else. */
export function rankEntries(entries: PaletteEntry[], query: string, recent: string[]): PaletteEntry[] {
  const recency = ({ id }: PaletteEntry) => (recent.includes(id) ? recent.length - recent.indexOf(id) : 0);
  if (query.trim() === '') {
    const shown = entries.filter((entry) => !entry.isHidden || recency(entry) > 0);
    return shown.sort((one, other) => recency(other) - recency(one)).slice(0, most);
  }
  return entries
    .flatMap((entry) => {
      const byLabel = matchScore(entry.label, query);
      const byRest = matchScore(`${entry.label} ${entry.hint ?? ''} ${entry.keywords ?? ''}`, query, true);
      const score = byLabel ?? (byRest === null ? null : byRest / 2) ?? (entry.isFound ? 1 : null);
      return score === null ? [] : [{ entry, score: score + recency(entry) }];
    })
    .sort((one, other) => other.score - one.score)
    .map(({ entry }) => entry)
    .slice(0, most);
}
