import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Identifier } from '#server/contract/identifier.ts';
import { pageOf } from '#server/contract/page.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { ApprovalDecision, FormAnswer, PendingWait, WaitListQuery } from '#server/contract/run-wait.ts';
import type { RunService } from './run-service.ts';

const tags = ['runs'];

/** What runs ask people: listing it, and answering. */
export function waitRoutes({ runs }: { runs: RunService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/approvals',
      {
        config: { scope: 'runs:write' },
        schema: {
          operationId: 'listApprovals',
          tags,
          summary: 'What waits for you, newest first: tool calls to approve and forms to fill in',
          description:
            'Of your own conversations, and calls that agents of yours want to make for others. Of a conversation that is ' +
            'not yours only the call and the name of its person are shown.',
          querystring: WaitListQuery,
          response: { 200: pageOf(PendingWait), ...problemResponses(400) },
        },
      },
      async (request) => runs.listWaits(request.actor, request.query),
    );

    app.post(
      '/api/runs/:run/approvals/:approval',
      {
        config: { scope: 'runs:write' },
        schema: {
          operationId: 'decideApproval',
          tags,
          summary: 'Approves or refuses a tool call that waits for a person',
          description:
            'By the conversation’s person or the agent’s owner, once. `input` approves the call with other arguments; what ' +
            'the agent’s creator fixed stays.',
          params: z.object({ run: Identifier, approval: Identifier }),
          body: ApprovalDecision,
          response: { 204: z.null(), ...problemResponses(400, 404, 503) },
        },
      },
      async ({ actor, params, body }, reply) => {
        await runs.decideApproval(actor, params.run, params.approval, body);
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/api/runs/:run/forms/:form',
      {
        config: { scope: 'runs:write' },
        schema: {
          operationId: 'answerForm',
          tags,
          summary: 'Fills in a form that a run waits for, or declines to',
          params: z.object({ run: Identifier, form: Identifier }),
          body: FormAnswer,
          response: { 204: z.null(), ...problemResponses(400, 404, 503) },
        },
      },
      async ({ actor, params, body }, reply) => {
        await runs.answerForm(actor, params.run, params.form, body);
        return reply.code(204).send(null);
      },
    );
  };
}
