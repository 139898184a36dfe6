import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  Conversation,
  ConversationListQuery,
  ConversationSummary,
  CreateConversationInput,
  ForkConversationInput,
  Message,
  MessageListQuery,
  UpdateConversationInput,
} from '#server/contract/conversation.ts';
import { ConversationExportQuery } from '#server/contract/conversation-export.ts';
import { ConversationHit, ConversationHitQuery } from '#server/contract/conversation-hit.ts';
import { AgentReference, Identifier } from '#server/contract/identifier.ts';
import { PageQuery, pageOf } from '#server/contract/page.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { readLanguage } from '#server/read-language.ts';
import { toDisposition } from '#server/to-file-headers.ts';
import type { ConversationService } from './conversation-service.ts';

const tags = ['conversations'];
const params = z.object({ conversation: Identifier });

/** A person's conversations and their messages. */
export function conversationRoutes({ conversations }: { conversations: ConversationService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/conversations',
      {
        config: { scope: 'conversations:read' },
        schema: {
          operationId: 'listConversations',
          tags,
          summary: 'Your conversations, newest first',
          description:
            'Previews, which trying a draft in the page begins, are left out unless `source=preview` asks for them. ' +
            'They are removed when they have not been used for 7 days; their runs stay in the usage.',
          querystring: ConversationListQuery,
          response: { 200: pageOf(ConversationSummary), ...problemResponses(400, 404) },
        },
      },
      async (request) => conversations.list(request.actor, request.query),
    );

    app.get(
      '/api/agents/:agent/versions/:version/conversations',
      {
        config: { scope: 'conversations:read' },
        schema: {
          operationId: 'listVersionConversations',
          tags,
          summary: 'Your conversations in which a published version answered, newest first',
          description: 'Archived ones too. What others said to it is theirs.',
          params: z.object({ agent: AgentReference, version: z.coerce.number().int().min(1).max(2_147_483_647) }),
          querystring: PageQuery,
          response: { 200: pageOf(ConversationSummary), ...problemResponses(400, 404) },
        },
      },
      async (request) => conversations.listOfVersion(request.actor, { ...request.params, ...request.query }),
    );

    app.get(
      '/api/conversation-hits',
      {
        config: { scope: 'conversations:read' },
        schema: {
          operationId: 'searchConversations',
          tags,
          summary: 'Finds your conversations by parts of words in their messages and titles, newest first',
          description:
            'Archived ones too; previews and temporary ones are not looked through. A page may have fewer hits than asked ' +
            'for, or none, and still a `nextCursor`: what was looked through took long, and the next page goes on there.',
          querystring: ConversationHitQuery,
          response: { 200: pageOf(ConversationHit), ...problemResponses(400, 404) },
        },
      },
      async (request) => conversations.search(request.actor, request.query),
    );

    app.post(
      '/api/conversations',
      {
        config: { scope: 'runs:write' },
        schema: {
          operationId: 'createConversation',
          tags,
          summary: 'Begins an empty conversation with an agent',
          body: CreateConversationInput,
          response: { 201: Conversation, ...problemResponses(404) },
        },
      },
      async (request, reply) => reply.code(201).send(await conversations.create(request.actor, request.body)),
    );

    app.get(
      '/api/conversations/:conversation',
      {
        config: { scope: 'conversations:read' },
        schema: {
          operationId: 'getConversation',
          tags,
          summary: 'A conversation, and the run under way in it',
          params,
          response: { 200: Conversation, ...problemResponses(404) },
        },
      },
      async (request) => conversations.get(request.actor, request.params.conversation),
    );

    app.patch(
      '/api/conversations/:conversation',
      {
        config: { scope: 'runs:write' },
        schema: {
          operationId: 'updateConversation',
          tags,
          summary:
            'Renames, pins, archives or files a conversation, chooses who answers in it, or shows another branch',
          description:
            'An agent that takes a conversation over (`hand-over` in a run) answers in it until it hands back, or until you ' +
            'choose somebody with `answeredBy`: an agent that you may run, by its handle. `leafMessageId` (a message, such as ' +
            'a sibling of one that is shown) shows its branch, up to the newest message under it; not while a run is under way.',
          params,
          body: UpdateConversationInput,
          response: { 200: Conversation, ...problemResponses(400, 404, 409) },
        },
      },
      async (request) => conversations.update(request.actor, request.params.conversation, request.body),
    );

    app.post(
      '/api/conversations/:conversation/fork',
      {
        config: { scope: 'runs:write' },
        schema: {
          operationId: 'forkConversation',
          tags,
          summary: 'Begins a conversation that goes on from a message of this one',
          description:
            'All that was said up to `messageId` (left out: all that is shown) is copied, of a long branch the newest 10,000 messages. ' +
            'The title stays; `forkedFromId` tells where it comes from.',
          params,
          body: ForkConversationInput,
          response: { 201: Conversation, ...problemResponses(404) },
        },
      },
      async (request, reply) =>
        reply.code(201).send(await conversations.fork(request.actor, request.params.conversation, request.body)),
    );

    app.delete(
      '/api/conversations/:conversation',
      {
        config: { scope: 'runs:write' },
        schema: {
          operationId: 'deleteConversation',
          tags,
          summary: 'Deletes a conversation with its messages, and stops the run under way in it',
          description:
            'Its runs stay for the usage, without what was said in them, unless a fork has their messages too. The files that ' +
            'were made or attached in it go, unless another conversation, an agent or a test of yours uses them. Those that ' +
            'were uploaded an hour before it or earlier stay.',
          params,
          response: { 204: z.null(), ...problemResponses(404) },
        },
      },
      async (request, reply) => {
        await conversations.remove(request.actor, request.params.conversation);
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/api/conversations/:conversation/export',
      {
        config: { scope: 'conversations:read' },
        schema: {
          operationId: 'exportConversation',
          tags,
          summary: 'A conversation as a file',
          description:
            'Markdown has each message with its sources, its steps folded, and files by their names; JSON has all that ' +
            '`GET /api/conversations/{conversation}/messages` tells, oldest first.',
          params,
          querystring: ConversationExportQuery,
          response: {
            200: {
              content: { 'text/markdown': { schema: z.string() }, 'application/json': { schema: z.unknown() } },
            },
            ...problemResponses(400, 404),
          },
        },
      },
      async (request, reply) => {
        const language = readLanguage(request.headers);
        const { name, mediaType, content } = await conversations.export(request.actor, request.params.conversation, {
          ...request.query,
          language,
        });
        return reply
          .headers({ 'content-disposition': toDisposition(name), 'cache-control': 'no-store' })
          .type(mediaType)
          .send(content);
      },
    );

    app.get(
      '/api/conversations/:conversation/messages',
      {
        config: { scope: 'conversations:read' },
        schema: {
          operationId: 'listMessages',
          tags,
          summary: 'The messages of the branch that is shown, newest first, with what their runs did',
          description: '`siblings` tells of the messages that stand under the same one: other wordings, other replies.',
          params,
          querystring: MessageListQuery,
          response: { 200: pageOf(Message), ...problemResponses(400, 404) },
        },
      },
      async (request) => conversations.listMessages(request.actor, request.params.conversation, request.query),
    );
  };
}
