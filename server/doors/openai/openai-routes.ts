import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Actor } from '#server/contract/actor.ts';
import { JsonObject } from '#server/contract/json.ts';
import type { StartRunInput } from '#server/contract/run.ts';
import type { StartedRun } from '#server/features/runs/open-run.ts';
import type { RunService } from '#server/features/runs/run-service.ts';
import { fromProblem, HubError } from '#server/hub-error.ts';
import { toChatChunks, toChatCompletion } from './chat-completion.ts';
import { type ContinuedRun, goOn, readChatReplies, readResponseReplies } from './go-on.ts';
import {
  ChatCompletionInput,
  type OpenAIMessage,
  readModel,
  ResponseInput,
  toSaidItems,
  toSaidMessages,
} from './openai-input.ts';
import { chatLimits, describeLimits, responseLimits } from './openai-limits.ts';
import { toResponse, toRunId } from './response-object.ts';
import { toResponseFrames } from './response-stream.ts';
import { otherAddresses, sendOpenAIFailure } from './send-openai-failure.ts';

import { type StoreImage, toRunInput } from './to-run-input.ts';

type ListedAgent = { handle: string; createdAt: Date; ownerName: string | null };
type Needs = {
  runs: Pick<RunService, 'start' | 'get' | 'open' | 'cancel' | 'decideApproval' | 'answerForm'>;
  listAgents: (actor: Actor) => Promise<ListedAgent[]>;
  storeImage: StoreImage;
  /** Any thrown thing as the failure that a client may see. */
  toFailure: (thrown: unknown, request: FastifyRequest) => HubError;
};

const tags = ['openai'];
const OpenAIFailure = z.object({
  error: z.object({ message: z.string(), type: z.string(), param: z.string().nullable(), code: z.string() }),
});
const failures = {
  400: OpenAIFailure,
  401: OpenAIFailure,
  403: OpenAIFailure,
  404: OpenAIFailure,
  429: OpenAIFailure,
  500: OpenAIFailure,
  502: OpenAIFailure,
};
const toModel = ({ handle, createdAt, ownerName }: ListedAgent) => ({
  id: handle,
  object: 'model',
  created: Math.floor(createdAt.getTime() / 1000),
  owned_by: ownerName ?? 'atrium',
});
const jsonOrStream = {
  content: { 'application/json': { schema: JsonObject }, 'text/event-stream': { schema: JsonObject } },
};

/**
 * OpenAI's chat completions and responses over the hub's agents: `model` is an agent's handle, `handle@3` pins a version.
 * A client that leaves stops its run.
 */
export function openAIRoutes({ runs, listAgents, storeImage, toFailure }: Needs): FastifyPluginAsyncZod {
  const start = (actor: Actor, agent: string, input: StartRunInput) =>
    runs.start(actor, agent, input, { source: 'openai', language: 'en' });

  async function* readUntilLeft(actor: Actor, { run, after }: ContinuedRun, signal: AbortSignal) {
    try {
      yield* run.read({ after, signal, untilWaiting: true });
    } finally {
      if (signal.aborted) await runs.cancel(actor, run.id);
    }
  }

  /** Waits for a run's end, or until it waits for a person; a client that leaves before it stops the run. */
  async function waitFor(actor: Actor, run: StartedRun, reply: FastifyReply) {
    const leave = () => {
      if (reply.raw.writableFinished) return;
      runs.cancel(actor, run.id).catch((error: unknown) => reply.log.error({ err: error }, 'a run was not cancelled'));
    };
    // The request's own signal is of no use here: it fires when the body was read, long before the client leaves.
    if (reply.raw.destroyed) leave();
    reply.raw.once('close', leave);
    const ended = await run.settle();
    reply.raw.off('close', leave);
    if (ended.error !== null) throw fromProblem(ended.error);
    return ended;
  }

  return async (app) => {
    app.setErrorHandler((thrown, request, reply) => sendOpenAIFailure(request, reply, toFailure(thrown, request)));

    // Refused before the body is read, which may be of any kind.
    const explain = async (request: FastifyRequest, reply: FastifyReply) => {
      throw app.explainAddress(request, reply);
    };
    for (const address of otherAddresses) {
      app.all(
        address,
        { config: { access: 'anonymous' }, schema: { hide: true }, onRequest: explain },
        async () => undefined,
      );
    }

    app.get(
      '/v1/models',
      {
        config: { scope: 'agents:read' },
        schema: {
          operationId: 'openaiListModels',
          tags,
          summary: 'The agents that you can call, as OpenAI lists models',
          response: { 200: JsonObject, ...failures },
        },
      },
      async (request) => ({ object: 'list', data: (await listAgents(request.actor)).map(toModel) }),
    );

    app.get(
      '/v1/models/:handle',
      {
        config: { scope: 'agents:read' },
        schema: {
          operationId: 'openaiGetModel',
          tags,
          summary: 'One of the agents that you can call',
          params: z.object({ handle: z.string() }),
          response: { 200: JsonObject, ...failures },
        },
      },
      async ({ actor, params }) => {
        const agent = (await listAgents(actor)).find(({ handle }) => handle === params.handle);
        if (agent === undefined) {
          throw new HubError('not_found', {
            en: `There is no agent "${params.handle}" that you can see.`,
            zh: `没有您可以看到的智能体“${params.handle}”。`,
          });
        }
        return toModel(agent);
      },
    );

    app.post(
      '/v1/chat/completions',
      {
        config: { scope: 'runs:write' },
        schema: {
          operationId: 'openaiCreateChatCompletion',
          tags,
          summary: 'A chat completion by an agent',
          description:
            'Whole or streamed. Tool steps, sources and artifacts are in the extra member `atrium`. A run that waits for a ' +
            'person answers with calls of `approve_tool_call` or `answer_form`; send the decision as a message of the role ' +
            `\`tool\`, and the same run goes on.\n\n${describeLimits(chatLimits)}`,
          body: ChatCompletionInput,
          response: { 200: jsonOrStream, ...failures },
        },
      },
      async (request, reply) => {
        const { actor, body } = request;
        const replies = readChatReplies(body.messages);
        const begun =
          replies[0] === undefined
            ? await begin(actor, body, { messages: toSaidMessages(body.messages) })
            : await goOn(runs, actor, replies[0].run, replies);
        const { run, said } = begun;
        if (body.stream !== true) {
          return toChatCompletion(await waitFor(actor, run, reply), { model: body.model, said });
        }
        const shape = {
          model: body.model,
          created: Math.floor(Date.now() / 1000),
          includeUsage: body.stream_options?.include_usage === true,
          continued: replies.length === 0 ? null : run.id,
          readRun: () => runs.get(actor, run.id),
        };
        return reply.sendEventStream((signal) => toChatChunks(readUntilLeft(actor, begun, signal), shape));
      },
    );

    app.post(
      '/v1/responses',
      {
        config: { scope: 'runs:write' },
        schema: {
          operationId: 'openaiCreateResponse',
          tags,
          summary: 'A response by an agent',
          description:
            'Whole or streamed; `previous_response_id` goes on with the same conversation. A run that waits for a person ' +
            'answers with function calls of `approve_tool_call` or `answer_form`; send the decision as a ' +
            `\`function_call_output\`, and the same run goes on.\n\n${describeLimits(responseLimits)}`,
          body: ResponseInput,
          response: { 200: jsonOrStream, ...failures },
        },
      },
      async (request, reply) => {
        const { actor, body } = request;
        const previous = body.previous_response_id ?? null;
        const instructions = body.instructions ?? null;
        const items = typeof body.input === 'string' ? [{ role: 'user' as const, content: body.input }] : body.input;
        const replies = readResponseReplies(items);
        const told = instructions === null ? [] : [{ role: 'developer' as const, content: instructions }];
        const begun =
          replies[0] === undefined
            ? await begin(actor, body, {
                messages: [...told, ...toSaidItems(items)],
                conversationId: previous === null ? undefined : await findConversation(actor, previous),
              })
            : await goOn(runs, actor, replies[0].run, replies);
        const { run, said, after } = begun;
        const facts = {
          model: body.model,
          previous,
          instructions,
          metadata: body.metadata ?? {},
          store: body.store !== false,
        };
        if (body.stream !== true) return toResponse(await waitFor(actor, run, reply), { ...facts, said, after });
        const shape = {
          ...facts,
          created: Math.floor(Date.now() / 1000),
          continued: replies.length === 0 ? null : { run: run.id, after },
          readRun: () => runs.get(actor, run.id),
        };
        return reply.sendEventStream((signal) => toResponseFrames(readUntilLeft(actor, begun, signal), shape));
      },
    );
  };

  async function begin(
    actor: Actor,
    { model, metadata, store }: Pick<z.output<typeof ChatCompletionInput>, 'model' | 'metadata' | 'store'>,
    { messages, conversationId }: { messages: OpenAIMessage[]; conversationId?: string | undefined },
  ): Promise<ContinuedRun> {
    const { agent, version } = readModel(model);
    const input = await toRunInput(actor, messages, { storeImage, version, conversationId, metadata, store });
    return { run: await start(actor, agent, input), said: '', after: undefined };
  }

  async function findConversation(actor: Actor, response: string): Promise<string> {
    const run = await runs.get(actor, toRunId(response));
    if (run.conversationId === null) {
      throw new HubError('not_found', { en: `There is no response "${response}".`, zh: `没有响应“${response}”。` });
    }
    return run.conversationId;
  }
}
