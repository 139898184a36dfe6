import type { QueryClient } from '@tanstack/react-query';
import { waitingKey } from '#web/features/runs/api/waiting-count.ts';
import { showsAgent } from '#web/lib/shows-agent.ts';
import { foldersQuery } from './api/folder-requests.ts';
import { conversationKeys } from './api/conversation-queries.ts';
import { findLastNews, hearNews, tellNews } from './conversation-news.ts';

/** After the hub refused, as for a session that ended: a browser does not try that again by itself. */
const againAfterMs = 30_000;

/** Reads the stream until the signal aborts; the browser takes up again what breaks off. */
function readStream(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let stream: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const open = () => {
      const last = findLastNews();
      stream = new EventSource(`/api/news${last === null ? '' : `?after=${encodeURIComponent(last)}`}`);
      stream.addEventListener('message', ({ lastEventId, data }: MessageEvent<string>) => tellNews(lastEventId, data));
      stream.addEventListener('error', () => {
        if (stream?.readyState === EventSource.CLOSED) timer = setTimeout(open, againAfterMs);
      });
    };
    open();
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      stream?.close();
      resolve();
    });
  });
}

/**
 * Reads the hub's news in one tab of this browser, which tells the others: a browser has six connections to a hub for all
 * its tabs. Where tabs cannot agree on one (no HTTPS), each reads while somebody looks at it.
 */
function readInOneTab(signal: AbortSignal): void {
  // Absent where a page is not from a secure origin, whatever its type says.
  if ('locks' in navigator) {
    navigator.locks.request('atrium-news', { signal }, () => readStream(signal)).catch(() => undefined);
    return;
  }
  let looked: AbortController | null = null;
  const look = () => {
    looked?.abort();
    looked = null;
    if (document.visibilityState === 'hidden' || signal.aborted) return;
    looked = new AbortController();
    void readStream(looked.signal);
  };
  look();
  document.addEventListener('visibilitychange', look, { signal });
  signal.addEventListener('abort', look);
}

/** Keeps the lists of conversations and the agents that are shown as they are on the hub, wherever they are changed; the answer ends it. */
export function followNews(queryClient: QueryClient): () => void {
  const leaving = new AbortController();
  const ended = hearNews((news) => {
    if (news.type === 'agent') {
      void queryClient.invalidateQueries({ predicate: ({ state }) => showsAgent(state.data, news.agent) });
      return;
    }
    if (news.type !== 'conversation') void queryClient.invalidateQueries(foldersQuery);
    if (news.type === 'folders') return;
    void queryClient.invalidateQueries({ queryKey: conversationKeys.lists });
    void queryClient.invalidateQueries({ queryKey: waitingKey });
    // What is shown of it is read again by the chat that shows it.
    const stale = news.type === 'reset' ? [['conversations']] : toKeysOf(news.conversation);
    for (const queryKey of stale) void queryClient.invalidateQueries({ queryKey, refetchType: 'none' });
  });
  if (typeof EventSource !== 'undefined') readInOneTab(leaving.signal);
  return () => {
    ended();
    leaving.abort();
  };
}

const toKeysOf = (conversation: string) => [
  conversationKeys.one(conversation),
  conversationKeys.messages(conversation),
];
