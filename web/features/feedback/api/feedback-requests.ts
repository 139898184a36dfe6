import { infiniteQueryOptions } from '@tanstack/react-query';
import { Feedback, type FeedbackRating, ReceivedFeedbackList } from '#server/contract/feedback.ts';
import { request } from '#web/lib/api-client.ts';

const toPath = (message: string) => `/api/messages/${encodeURIComponent(message)}/feedback`;

export function rateAnswer(message: string, feedback: Feedback): Promise<Feedback> {
  return request({ path: toPath(message), method: 'PUT', body: feedback, schema: Feedback });
}

export function takeRatingBack(message: string): Promise<void> {
  return request({ path: toPath(message), method: 'DELETE' });
}

/** What people said of an agent's answers, newest first. */
export function feedbackListQuery(agent: string, rating: FeedbackRating | undefined) {
  return infiniteQueryOptions({
    queryKey: ['feedback', agent, rating ?? 'all'] as const,
    queryFn: ({ pageParam, signal }) =>
      request({
        path: `/api/agents/${encodeURIComponent(agent)}/feedback`,
        query: { rating, cursor: pageParam },
        schema: ReceivedFeedbackList,
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}
