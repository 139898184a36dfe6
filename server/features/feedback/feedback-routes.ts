import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Feedback, FeedbackListQuery, ReceivedFeedbackList } from '#server/contract/feedback.ts';
import { AgentReference, Identifier } from '#server/contract/identifier.ts';
import { problemResponses } from '#server/contract/problem.ts';
import type { FeedbackService } from './feedback-service.ts';

const tags = ['feedback'];
const params = z.object({ message: Identifier });

/** Rating answers, and what an agent's owner reads of it. */
export function feedbackRoutes({ feedback }: { feedback: FeedbackService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.put(
      '/api/messages/:message/feedback',
      {
        config: { scope: 'runs:write' },
        schema: {
          operationId: 'rateAnswer',
          tags,
          summary: 'Says what you think of an answer, or says it anew',
          description:
            'The owner of the agent that answered reads the rating, the reasons and your words; not who you are, and not the conversation.',
          params,
          body: Feedback,
          response: { 200: Feedback, ...problemResponses(404) },
        },
      },
      (request) => feedback.rate(request.actor, request.params.message, request.body),
    );

    app.delete(
      '/api/messages/:message/feedback',
      {
        config: { scope: 'runs:write' },
        schema: {
          operationId: 'takeRatingBack',
          tags,
          summary: 'Takes back what you said of an answer',
          params,
          response: { 204: z.null(), ...problemResponses(404) },
        },
      },
      async (request, reply) => {
        await feedback.takeBack(request.actor, request.params.message);
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/api/agents/:agent/feedback',
      {
        config: { scope: 'agents:read' },
        schema: {
          operationId: 'listFeedback',
          tags,
          summary: 'What people said of the answers of an agent that you may edit, newest first, with sums',
          description: 'Neither the person nor the conversation is told. It goes when the conversation is deleted.',
          params: z.object({ agent: AgentReference }),
          querystring: FeedbackListQuery,
          response: { 200: ReceivedFeedbackList, ...problemResponses(400, 403, 404) },
        },
      },
      (request) => feedback.list(request.actor, request.params.agent, request.query),
    );
  };
}
