import { News } from '#server/contract/news.ts';

type Told = { id: string; news: News };

const listeners = new Set<(news: News) => void>();
let channel: BroadcastChannel | null = null;
let lastId: string | null = null;

/** One for the page: a channel does not hear itself. */
function getChannel(): BroadcastChannel {
  if (channel !== null) return channel;
  channel = new BroadcastChannel('atrium-conversations');
  channel.addEventListener('message', ({ data }: MessageEvent<Told>) => deliver(data));
  return channel;
}

function deliver({ id, news }: Told): void {
  lastId = id;
  for (const listener of listeners) listener(news);
}

/** Hands on, to this tab and the other tabs of this browser, what the hub told one of them. */
export function tellNews(id: string, data: string): void {
  const news = News.safeParse(JSON.parse(data));
  // A newer hub may tell what this page does not know yet.
  if (!news.success) return;
  getChannel().postMessage({ id, news: news.data } satisfies Told);
  deliver({ id, news: news.data });
}

/** The newest that any tab of this browser heard, as far as this one knows. */
export const findLastNews = (): string | null => lastId;

/** Hears what changes among the person's conversations, here and elsewhere; the answer ends it. */
export function hearNews(listener: (news: News) => void): () => void {
  getChannel();
  listeners.add(listener);
  return () => listeners.delete(listener);
}
