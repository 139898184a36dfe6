import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { Agent } from '#server/contract/agent.ts';
import type { ReportInput } from '#server/contract/hub-moderation.ts';
import {
  HubAgent,
  HubAgentDetail,
  HubAgentList,
  HubReview,
  type HubSort,
  type ReviewInput,
} from '#server/contract/hub.ts';
import { pageOf } from '#server/contract/page.ts';
import { request } from '#web/lib/api-client.ts';

export type HubFilter = {
  search: string;
  category: string | null;
  tag: string | null;
  sort: HubSort | null;
  onlyFavourites: boolean;
};

export const hubKeys = {
  all: ['hub'] as const,
  featured: ['hub', 'featured'] as const,
  one: (agent: string) => ['hub', 'one', agent] as const,
  reviews: (agent: string) => ['hub', 'reviews', agent] as const,
};

const toAddress = (agent: string, part: string) => `/api/hub/agents/${encodeURIComponent(agent)}${part}`;
const toReviewAddress = (review: string) => `/api/hub/reviews/${encodeURIComponent(review)}`;

/** What stands on the hub, or the person's favourites. */
export function hubListQuery({ search, category, tag, sort, onlyFavourites }: HubFilter) {
  const wanted = onlyFavourites ? {} : { search: search || null, category, tag, sort };
  return infiniteQueryOptions({
    queryKey: [...hubKeys.all, 'list', onlyFavourites, wanted],
    queryFn: ({ pageParam, signal }) =>
      request({
        path: onlyFavourites ? '/api/hub/favourites' : '/api/hub/agents',
        query: { ...wanted, limit: 24, cursor: pageParam },
        schema: pageOf(HubAgent),
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

export const featuredQuery = queryOptions({
  queryKey: hubKeys.featured,
  queryFn: async ({ signal }) => (await request({ path: '/api/hub/featured', schema: HubAgentList, signal })).items,
});

export const hubAgentQuery = (agent: string) =>
  queryOptions({
    queryKey: hubKeys.one(agent),
    queryFn: ({ signal }) => request({ path: toAddress(agent, ''), schema: HubAgentDetail, signal }),
  });

export const setFavourite = (agent: string, isFavourite: boolean) =>
  request({ path: toAddress(agent, '/favourite'), method: isFavourite ? 'PUT' : 'DELETE' });

/** A copy of an agent that belongs to the person who asks. */
export const remixAgent = (agent: string) =>
  request({
    path: `/api/agents/${encodeURIComponent(agent)}/duplicate`,
    method: 'POST',
    body: {},
    schema: Agent,
  });

export const reviewList = (agent: string) => ({
  key: hubKeys.reviews(agent),
  path: toAddress(agent, '/reviews'),
  item: HubReview,
});

export const writeReview = (agent: string, body: ReviewInput) =>
  request({ path: toAddress(agent, '/review'), method: 'PUT', body, schema: HubReview });

export const deleteOwnReview = (agent: string) => request({ path: toAddress(agent, '/review'), method: 'DELETE' });

export const removeReview = (review: string) => request({ path: toReviewAddress(review), method: 'DELETE' });

export const answerReview = (review: string, text: string) =>
  request({ path: `${toReviewAddress(review)}/answer`, method: 'PUT', body: { text }, schema: HubReview });

export const reportAgent = (agent: string, body: ReportInput) =>
  request({ path: toAddress(agent, '/reports'), method: 'POST', body });
