import type { LucideIcon } from 'lucide-react';
import { createWordSearch } from '#web/lib/find-by-words.ts';
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
  /** The open page offers it itself: what fits as well elsewhere comes after it. */
  isHere?: boolean;
  choose: () => void;
};

const most = 40;
const bonusOfHere = 20;

/** What fits best first; what was chosen lately before what fits as well, or, when nothing is typed, before all else. */
export function rankEntries(entries: PaletteEntry[], query: string, recent: string[]): PaletteEntry[] {
  const recency = ({ id }: PaletteEntry) => (recent.includes(id) ? recent.length - recent.indexOf(id) : 0);
  if (query.trim() === '') {
    const shown = entries.filter((entry) => !entry.isHidden || recency(entry) > 0);
    return shown.sort((one, other) => recency(other) - recency(one)).slice(0, most);
  }
  const scored = entries
    .flatMap((entry) => {
      const byLabel = matchScore(entry.label, query);
      const byRest = matchScore(`${entry.label} ${entry.hint ?? ''} ${entry.keywords ?? ''}`, query, true);
      const score = byLabel ?? (byRest === null ? null : byRest / 2) ?? (entry.isFound ? 1 : null);
      return score === null ? [] : [{ entry, score: score + recency(entry) + (entry.isHere ? bonusOfHere : 0) }];
    })
    .sort((one, other) => other.score - one.score);
  const found = scored.map(({ entry }) => entry);
  if (scored.some(({ entry, score }) => !entry.isFound || score > 1)) return found.slice(0, most);
  return [...new Set([...forgive(entries, query), ...found])].slice(0, most);
}

/** What fits but for a typing error or two. */
function forgive(entries: PaletteEntry[], query: string): PaletteEntry[] {
  const search = createWordSearch(entries, ({ label, hint = '', keywords = '' }) => ({
    names: label,
    words: `${hint} ${keywords}`,
  }));
  const scores = search(query, { orSome: false });
  const score = ({ id }: PaletteEntry) => scores.get(id) ?? 0;
  return entries.filter(score).sort((one, other) => score(other) - score(one));
}
