import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AgentReference, Identifier } from '#server/contract/identifier.ts';
import { problemResponses } from '#server/contract/problem.ts';
import {
  DecideProposalInput,
  DescribeInput,
  DraftTalk,
  ProposalDecision,
  RewriteInput,
  Rewriting,
} from '#server/contract/proposal.ts';
import { RunEvent } from '#server/contract/run-event.ts';
import { Run } from '#server/contract/run.ts';
import { readLanguage } from '#server/read-language.ts';
import { untilLeft } from '#server/until-left.ts';
import type { ProposalService } from './proposal-service.ts';

/** A run as the routes of runs write it. */
type Started = { id: string; settle: () => Promise<Run>; toFrames: (signal: AbortSignal) => AsyncGenerator<string> };

const tags = ['proposals'];
const params = z.object({ agent: AgentReference.describe('Handle or identifier of an agent that you may edit.') });
const reading = { access: 'signed-in', scope: 'agents:read' } as const;
const changing = { access: 'signed-in', scope: 'agents:write' } as const;
const running = { access: 'signed-in', scope: 'runs:write' } as const;

/** Building an agent by talking, and having its texts written better. */
export function proposalRoutes({ proposals }: { proposals: ProposalService<Started> }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/agents/:agent/talk',
      {
        config: reading,
        schema: {
          operationId: 'getDraftTalk',
          tags,
          summary: 'Your talk about the draft of an agent',
          description:
            'Its messages are read by `GET /api/conversations/{conversation}/messages`, and removed when it was not used for 7 days.',
          params,
          response: { 200: DraftTalk, ...problemResponses(400, 401, 403, 404, 429, 503) },
        },
      },
      (request) => proposals.getTalk(request.actor, request.params.agent),
    );

    app.post(
      '/api/agents/:agent/talk/runs',
      {
        config: running,
        schema: {
          operationId: 'describeAgent',
          tags,
          summary: 'Say what an agent should do, and have changes to its draft proposed',
          description:
            'Starts a run of the hub’s builder agent, which goes on in the same talk each time; with `stream: true` answers with its events. ' +
            'A proposal is an artifact of the kind `proposal`, whose `changes` are a `DraftProposal`. It changes nothing: ' +
            'apply it by `PATCH /api/agents/{agent}/draft` and `POST /api/agents/{agent}/tests`, and tell so by `PUT …/talk/proposals/{proposal}`. ' +
            'Without a language model the closest template that came with the hub is proposed.',
          params,
          body: DescribeInput,
          response: {
            200: {
              content: { 'application/json': { schema: Run }, 'text/event-stream': { schema: RunEvent } },
            },
            ...problemResponses(400, 401, 402, 403, 404, 409, 413, 415, 429, 502, 503, 504),
          },
        },
      },
      async (request, reply) => {
        const { actor, params, body } = request;
        const run = await proposals.describe(actor, params.agent, { ...body, language: readLanguage(request.headers) });
        if (!body.stream) return run.settle();
        return reply.header('x-run-id', run.id).sendEventStream(run.toFrames);
      },
    );

    app.put(
      '/api/agents/:agent/talk/proposals/:proposal',
      {
        config: changing,
        schema: {
          operationId: 'decideProposal',
          tags,
          summary: 'Tell which parts of a proposal were applied and which discarded',
          description: 'The builder agent is told in its next turn. It applies nothing.',
          params: params.extend({ proposal: Identifier }),
          body: DecideProposalInput,
          response: { 200: ProposalDecision, ...problemResponses(400, 401, 403, 404, 413, 415, 429) },
        },
      },
      (request) => {
        const { agent, proposal } = request.params;
        return proposals.decide(request.actor, agent, { ...request.body, proposal });
      },
    );

    app.delete(
      '/api/agents/:agent/talk',
      {
        config: changing,
        schema: {
          operationId: 'forgetDraftTalk',
          tags,
          summary: 'Forget the talk; the draft stays as it is',
          params,
          response: { 204: z.null(), ...problemResponses(400, 401, 403, 404, 429) },
        },
      },
      async (request, reply) => {
        await proposals.forget(request.actor, request.params.agent);
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/api/agents/:agent/rewrite',
      {
        config: running,
        schema: {
          operationId: 'rewriteText',
          tags,
          summary: 'Have a text of an agent written better',
          description:
            'Answers with the new text and stores nothing; who leaves stops it. It is asked of the builder agent’s model and counts as your usage.',
          params,
          body: RewriteInput,
          response: {
            200: Rewriting,
            ...problemResponses(400, 401, 402, 403, 404, 413, 415, 429, 502, 503, 504),
          },
        },
      },
      (request, reply) => proposals.rewrite(request.actor, request.params.agent, request.body, untilLeft(reply.raw)),
    );
  };
}
