import type { AttachedFile, Message } from '#server/contract/conversation.ts';
import type { RunView } from '#web/features/runs/run-view.ts';
import { toRunView } from '#web/features/runs/to-run-view.ts';

export type PersonTurn = { kind: 'person'; key: string; message: string; content: string; files: AttachedFile[] };
export type AgentTurn = { kind: 'agent'; key: string; message: string; view: RunView };
export type Turn = PersonTurn | AgentTurn;

/** What a person has sent in this page, until the hub gives it back as a stored message. */
export type SentMessage = {
  content: string;
  files: AttachedFile[];
  /** The newest stored message when it was sent. */
  after: string | null;
};

const turns = new WeakMap<Message, Turn>();

/** Stored messages (newest first) in reading order, without the answer that this page reads as it happens. */
export function toStoredTurns(messages: readonly Message[], liveRun: string | null): Turn[] {
  return [...messages]
    .reverse()
    .flatMap((message) =>
      liveRun !== null && message.role !== 'user' && message.run?.id === liveRun ? [] : [toTurn(message)],
    );
}

/** The same for the same message, so that it is not drawn again when others come. */
function toTurn(message: Message): Turn {
  const turn = turns.get(message) ?? makeTurn(message);
  turns.set(message, turn);
  return turn;
}

function makeTurn(message: Message): Turn {
  if (message.role === 'user') {
    return { kind: 'person', key: message.id, message: message.id, content: message.content, files: message.files };
  }
  return { kind: 'agent', key: message.run?.id ?? message.id, message: message.id, view: toRunView(message) };
}

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

/** Whether a sent message is among the stored ones (newest first). */
export function isStored(sent: SentMessage, messages: readonly Message[]): boolean {
  const known = messages.findIndex(({ id }) => id === sent.after);
  const newer = known === -1 ? messages : messages.slice(0, known);
  return newer.some(({ role, content }) => role === 'user' && content === sent.content);
}

/** The newest messages without the question and answer of a run, for when it is repeated. */
export function withoutRun(messages: readonly Message[], run: string): Message[] {
  const answer = messages.findIndex((message) => message.run?.id === run);
  if (answer === -1) return messages[0]?.role === 'user' ? messages.slice(1) : [...messages];
  return messages.filter((_, index) => index !== answer && index !== answer + 1);
}
