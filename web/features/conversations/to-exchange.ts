import type { AttachedFile } from '#server/contract/conversation.ts';
import type { RunView } from '#web/features/runs/run-view.ts';
import type { SentMessage, Turn } from './to-turns.ts';

/** A question with its answer, and all that was said before. */
export type Exchange = {
  messages: { role: 'user' | 'assistant'; content: string }[];
  files: AttachedFile[];
  view: RunView;
};

/** The exchange that an answer ends: among the stored turns, or the one under way after them. */
export function toExchange(turns: readonly Turn[], sent: SentMessage | null, view: RunView): Exchange {
  const place = turns.findIndex((turn) => turn.kind === 'agent' && turn.view.run === view.run);
  const said = place === -1 ? turns : turns.slice(0, place);
  const asked = place === -1 && sent !== null ? sent : said.findLast((turn) => turn.kind === 'person');
  const messages = said.map((turn) =>
    turn.kind === 'person'
      ? { role: 'user' as const, content: turn.content }
      : { role: 'assistant' as const, content: turn.view.text },
  );
  if (place === -1 && sent !== null) messages.push({ role: 'user', content: sent.content });
  return { messages, files: asked?.files ?? [], view };
}
