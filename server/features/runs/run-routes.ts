import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AgentReference, Identifier } from '#server/contract/identifier.ts';
import { pageOf } from '#server/contract/page.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { RunEvent } from '#server/contract/run-event.ts';
import { Run, RunListQuery, RunSummary, StartRunInput } from '#server/contract/run.ts';
import { readLanguage } from '#server/read-language.ts';
import { toReportHeaders } from '#server/to-file-headers.ts';
import { untilLeft } from '#server/until-left.ts';
import type { StartedRun } from './open-run.ts';
import type { AnswerReporter } from './report-answer.ts';
import type { LogEntry } from './run-log.ts';
import type { RunService } from './run-service.ts';

const tags = ['runs'];
const runParams = z.object({ run: Identifier });
const eventStream = { content: { 'text/event-stream': { schema: RunEvent } } };

/** Starting, watching and cancelling runs. */
export function runRoutes({
  runs,
  reportAnswer,
}: {
  runs: RunService;
  reportAnswer: AnswerReporter;
}): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      '/api/agents/:agent/runs',
      {
        config: { scope: 'runs:write' },
        schema: {
          operationId: 'startRun',
          tags,
          summary: 'Runs an agent once',
          description:
            'Waits for the end and answers with the run; with `stream: true` answers with its events as they come. ' +
            'Where the run asks a person something, the answer comes at once with the status `waiting`. ' +
            'The run goes on when the caller leaves. An `Idempotency-Key` makes a repeated request find the same run. ' +
            '`callback` is told of the end by a post, signed as Standard Webhooks says (`POST /api/callback-secret`). ' +
            '`model` answers instead of the agent’s own: a model of the hub’s, or behind a connection of yours. ' +
            'A conversation that the page begins with `version: "draft"` is a preview.',
          params: z.object({ agent: AgentReference }),
          headers: z.object({ 'idempotency-key': z.string().min(1).max(200).optional() }),
          body: StartRunInput,
          response: {
            200: { content: { 'application/json': { schema: Run }, ...eventStream.content } },
            ...problemResponses(402, 404, 409, 502, 503, 504),
          },
        },
      },
      async (request, reply) => {
        const started = await runs.start(request.actor, request.params.agent, request.body, {
          source: request.actor.key === null ? 'page' : 'api',
          language: readLanguage(request.headers),
          idempotencyKey: request.headers['idempotency-key'],
        });
        if (!request.body.stream) return started.settle();
        return reply
          .header('x-run-id', started.id)
          .sendEventStream((signal) => toRunFrames(started, undefined, signal));
      },
    );

    app.get(
      '/api/runs',
      {
        config: { scope: 'runs:write' },
        schema: {
          operationId: 'listRuns',
          tags,
          summary: 'Your runs, newest first',
          description:
            'By agent, conversation, status, or the trigger that started them. What others run with your agents is theirs.',
          querystring: RunListQuery,
          response: { 200: pageOf(RunSummary), ...problemResponses(400) },
        },
      },
      async (request) => runs.list(request.actor, request.query),
    );

    app.get(
      '/api/runs/:run',
      {
        config: { scope: 'runs:write' },
        schema: {
          operationId: 'getRun',
          tags,
          summary: 'A run, also while it is under way',
          params: runParams,
          response: { 200: Run, ...problemResponses(404) },
        },
      },
      async (request) => runs.get(request.actor, request.params.run),
    );

    app.get(
      '/api/runs/:run/report.pdf',
      {
        config: { scope: 'runs:write' },
        schema: {
          operationId: 'writeAnswerReport',
          tags,
          summary: 'The answer on paper, with its charts and sources, in the language of Accept-Language',
          produces: ['application/pdf'],
          params: runParams,
          response: {
            200: { description: 'The report', content: { 'application/pdf': { schema: z.string() } } },
            ...problemResponses(404, 503),
          },
        },
      },
      async (request, reply) => {
        const asked = { id: request.params.run, language: readLanguage(request.headers) };
        const report = await reportAnswer(request.actor, asked, untilLeft(reply.raw));
        return reply
          .headers(toReportHeaders('answer.pdf'))
          .type('application/pdf')
          .send(Buffer.from(report) as never);
      },
    );

    app.get(
      '/api/runs/:run/events',
      {
        config: { scope: 'runs:write' },
        schema: {
          operationId: 'readRunEvents',
          tags,
          summary: 'The events of a run, from its start or after `Last-Event-ID`, until it ends',
          params: runParams,
          headers: z.object({ 'last-event-id': z.string().max(40).optional() }),
          response: { 200: eventStream, ...problemResponses(404) },
        },
      },
      async (request, reply) => {
        const run = await runs.open(request.actor, request.params.run);
        return reply.sendEventStream((signal) => toRunFrames(run, request.headers['last-event-id'], signal));
      },
    );

    app.post(
      '/api/runs/:run/cancel',
      {
        config: { scope: 'runs:write' },
        schema: {
          operationId: 'cancelRun',
          tags,
          summary: 'Stops a run: its model call and its tools; what it has is kept',
          params: runParams,
          response: { 200: Run, ...problemResponses(404, 503) },
        },
      },
      async (request) => runs.cancel(request.actor, request.params.run),
    );
  };
}

/** The events of a run as server-sent events, from its start or after one of them, as `show` has them; null: not at all. */
export async function* toRunFrames(
  run: StartedRun,
  after: string | undefined,
  signal: AbortSignal,
  show: (event: RunEvent) => RunEvent | null = (event) => event,
): AsyncGenerator<string> {
  for await (const batch of run.read({ after, signal })) {
    const shown = batch.flatMap(({ id, event }) => {
      const seen = show(event);
      return seen === null ? [] : [toFrame({ id, event: seen })];
    });
    if (shown.length > 0) yield shown.join('');
  }
}

function toFrame({ id, event }: LogEntry): string {
  return `id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
