import type { RunEvent } from '#server/contract/run-event.ts';

/** An event with its place in the run's log; a reader that comes back hands in the last one it saw. */
export type LogEntry = { id: string; event: RunEvent };

/**
 * The append-only event log of one run.
 *
 * Neighbouring text deltas are one growing segment, and an event's id is its segment and, for text, the length of the
 * text up to its end. So a reader can come back at any character, a slow one is sent joined text instead of a queue, and
 * the stored form (one row a segment) resumes exactly as the living one.
 */
export type RunLog = {
  append: (event: RunEvent) => void;
  /** No more events will come. */
  close: () => void;
  /** Everything after the given id, as it comes, in batches that are never empty; ends when the log is closed. */
  read: (options: { after?: string | undefined; signal?: AbortSignal | undefined }) => AsyncGenerator<LogEntry[], void>;
  /** The segments so far: text joined, one event each. */
  events: () => readonly RunEvent[];
};

type Cursor = { segment: number; offset: number };

export function createRunLog(initial: readonly RunEvent[] = []): RunLog {
  const segments: RunEvent[] = [...initial];
  const waiting = new Set<() => void>();
  let closed = false;
  let wakeIsDue = false;

  const wakeReaders = () => {
    if (wakeIsDue || waiting.size === 0) return;
    wakeIsDue = true;
    // Deltas that arrive in one turn of the event loop are sent as one.
    setImmediate(() => {
      wakeIsDue = false;
      for (const wake of waiting) wake();
      waiting.clear();
    });
  };

  return {
    append: (event) => {
      const last = segments.at(-1);
      if (isText(event) && last !== undefined && last.type === event.type) {
        segments[segments.length - 1] = { type: event.type, text: last.text + event.text };
      } else {
        segments.push(event);
      }
      wakeReaders();
    },
    close: () => {
      closed = true;
      wakeReaders();
    },
    read: async function* ({ after, signal }) {
      const cursor = toCursor(after);
      let wake = () => {};
      const leave = () => wake();
      signal?.addEventListener('abort', leave);
      try {
        while (signal?.aborted !== true) {
          const batch = takeAfter(segments, cursor);
          if (batch.length > 0) {
            yield batch;
            continue;
          }
          if (closed) return;
          await new Promise<void>((resolve) => {
            wake = resolve;
            waiting.add(resolve);
          });
          waiting.delete(wake);
        }
      } finally {
        signal?.removeEventListener('abort', leave);
      }
    },
    events: () => segments,
  };
}

/** Reads an event id; one that is not from here starts at the beginning. */
function toCursor(id: string | undefined): Cursor {
  const match = /^(\d{1,9})(?:\.(\d{1,12}))?$/.exec(id ?? '');
  if (match === null) return { segment: 0, offset: 0 };
  const segment = Number(match[1]);
  return match[2] === undefined ? { segment: segment + 1, offset: 0 } : { segment, offset: Number(match[2]) };
}

function takeAfter(segments: readonly RunEvent[], cursor: Cursor): LogEntry[] {
  const batch: LogEntry[] = [];
  for (; cursor.segment < segments.length; cursor.segment += 1, cursor.offset = 0) {
    const event = segments[cursor.segment];
    if (event === undefined) break;
    if (!isText(event)) {
      batch.push({ id: String(cursor.segment), event });
      continue;
    }
    if (event.text.length > cursor.offset) {
      const text = cursor.offset === 0 ? event.text : event.text.slice(cursor.offset);
      batch.push({ id: `${cursor.segment}.${event.text.length}`, event: { type: event.type, text } });
      cursor.offset = event.text.length;
    }
    // The last text segment may still grow.
    if (cursor.segment === segments.length - 1) break;
  }
  return batch;
}

function isText(event: RunEvent): event is Extract<RunEvent, { type: 'text-delta' | 'reasoning-delta' }> {
  return event.type === 'text-delta' || event.type === 'reasoning-delta';
}
