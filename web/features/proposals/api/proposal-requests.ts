import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { Message } from '#server/contract/conversation.ts';
import { StoredEval } from '#server/contract/eval.ts';
import { pageOf } from '#server/contract/page.ts';
import {
  type DecideProposalInput,
  DraftTalk,
  ProposalDecision,
  type ProposedTest,
  type RewriteInput,
  Rewriting,
  toEval,
} from '#server/contract/proposal.ts';
import { request } from '#web/lib/api-client.ts';

const MessagePage = pageOf(Message);
const toAddress = (agent: string, rest: string) => `/api/agents/${encodeURIComponent(agent)}/${rest}`;

export const talkAddress = (agent: string) => toAddress(agent, 'talk/runs');

export const draftTalkQuery = (agent: string) =>
  queryOptions({
    queryKey: ['proposals', 'talk', agent],
    queryFn: ({ signal }) => request({ path: toAddress(agent, 'talk'), schema: DraftTalk, signal }),
  });

/** What was said in a talk, newest first. */
export const talkMessagesQuery = (conversation: string | null) =>
  infiniteQueryOptions({
    queryKey: ['proposals', 'messages', conversation],
    queryFn: ({ pageParam, signal }) =>
      request({
        path: `/api/conversations/${encodeURIComponent(conversation ?? '')}/messages`,
        query: { cursor: pageParam },
        schema: MessagePage,
        signal,
      }),
    enabled: conversation !== null,
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const decideProposal = (agent: string, proposal: string, body: DecideProposalInput) =>
  request({
    path: toAddress(agent, `talk/proposals/${encodeURIComponent(proposal)}`),
    method: 'PUT',
    body,
    schema: ProposalDecision,
  });

export const forgetTalk = (agent: string) => request({ path: toAddress(agent, 'talk'), method: 'DELETE' });

export const addTest = (agent: string, test: ProposedTest) =>
  request({ path: toAddress(agent, 'tests'), method: 'POST', body: toEval(test), schema: StoredEval });

/** @throws {ApiProblem} `model_unavailable`, where no language model is connected. */
export const rewriteText = (agent: string, body: RewriteInput, signal: AbortSignal) =>
  request({ path: toAddress(agent, 'rewrite'), method: 'POST', body, schema: Rewriting, signal });
