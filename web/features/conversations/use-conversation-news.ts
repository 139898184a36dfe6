import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

/** No first view waits for it, and a page that is left at once needs none. */
const beginAfterMs = 1500;

/** Lets the page know what changes among the person's conversations in other tabs, on other devices and by itself. */
export function useConversationNews(): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    let end: (() => void) | null = null;
    let isLeft = false;
    const begin = async () => {
      const { followNews } = await import('./follow-news.ts');
      if (!isLeft) end = followNews(queryClient);
    };
    // Without it the page reads anew when it is looked at again, as ever.
    const timer = setTimeout(() => void begin().catch(() => undefined), beginAfterMs);
    return () => {
      isLeft = true;
      clearTimeout(timer);
      end?.();
    };
  }, [queryClient]);
}
