import type { AttachedFile, Message } from '#server/contract/conversation.ts';
import type { Page } from '#server/contract/page.ts';
import type { RunView } from '#web/features/runs/run-view.ts';
import { toRunView } from '#web/features/runs/to-run-view.ts';

/** Where a stored message stands: under which one, and among which others. */
export type TurnPlace = Pick<Message, 'id' | 'parentId' | 'siblings' | 'feedback'>;

export type PersonTurn = { kind: 'person'; key: string; place: TurnPlace; content: string; files: AttachedFile[] };
export type AgentTurn = { kind: 'agent'; key: string; place: TurnPlace; view: RunView };
export type Turn = PersonTurn | AgentTurn;

/** What a person has sent in this page, until the hub gives it back as a stored message. */
export type SentMessage = {
  content: string;
  files: AttachedFile[];
  /** The newest stored message when it was sent. */
  after: string | null;
};

/** What was sent and did not begin a run. */
export type UnsentMessage = {
  message: SentMessage;
  /** It was to stand in another one's place. */
  isBranch: boolean;
  /** The hub has it all the same: only its answer was lost. */
  hasArrived: boolean;
};

/** About how many pixels a turn takes. */
export const guessPixels = (turn: Turn): number =>
  100 + (turn.kind === 'person' ? turn.content : turn.view.text).length / 2;

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
  const { id, parentId, siblings, feedback, content, files } = message;
  const place = { id, parentId, siblings, feedback };
  if (message.role === 'user') return { kind: 'person', key: id, place, content, files };
  return { kind: 'agent', key: message.run?.id ?? id, place, view: toRunView(message) };
}

/** Where the answer stands that this page has read as it came, once it is stored. */
export function findPlaceOf(run: string | null, messages: readonly Message[]): TurnPlace | null {
  return messages.find((message) => run !== null && message.role === 'assistant' && message.run?.id === run) ?? null;
}

/** The answers right under which another one stands, or is on its way. */
export function listContinued(turns: readonly Turn[], isLiveUnderLast: boolean): ReadonlySet<string> {
  const isContinued = ({ kind }: Turn, place: number) =>
    kind === 'agent' && (place === turns.length - 1 ? isLiveUnderLast : turns[place + 1]?.kind === 'agent');
  return new Set(turns.filter(isContinued).map(({ place }) => place.id));
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

/** Pages of messages (newest first) without what was said after one of them; null: without any. */
export function cutAfter(pages: Page<Message>[], message: string | null): Page<Message>[] {
  const place = pages.findIndex(({ items }) => items.some(({ id }) => id === message));
  if (place === -1) return message === null ? [{ items: [], nextCursor: null }] : pages;
  const [first, ...others] = pages.slice(place);
  const items = first?.items ?? [];
  return [
    { items: items.slice(items.findIndex(({ id }) => id === message)), nextCursor: first?.nextCursor ?? null },
    ...others,
  ];
}
