import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  Eval,
  EvalGate,
  EvalList,
  EvalRun,
  EvalRunSummary,
  ImportedEvals,
  ImportEvalsInput,
  StartEvalRunInput,
  StoredEval,
  UpdateEvalSettingsInput,
} from '#server/contract/eval.ts';
import { AgentReference, Identifier } from '#server/contract/identifier.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { readIfMatch, toEntityTag } from '#server/if-match.ts';
import { readLanguage } from '#server/read-language.ts';
import type { EvalService } from './eval-service.ts';
import { csvLayout } from './read-evals-csv.ts';

const tags = ['tests'];
const params = z.object({ agent: AgentReference.describe('Handle or identifier.') });
const testParams = params.extend({ test: Identifier });
const runParams = params.extend({ testRun: Identifier });
const headers = z.object({
  'if-match': z.string().max(200).optional().describe('The ETag of the test as it was read.'),
});
const reading = { access: 'signed-in', scope: 'agents:read' } as const;
const changing = { access: 'signed-in', scope: 'agents:write' } as const;
const running = { access: 'signed-in', scope: 'runs:write' } as const;

function answer(reply: FastifyReply, stored: StoredEval): StoredEval {
  void reply.header('ETag', toEntityTag(stored.revision));
  return stored;
}

/** The tests of an agent and their runs. */
export function evalRoutes({ evals }: { evals: EvalService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/agents/:agent/tests',
      {
        config: reading,
        schema: {
          operationId: 'listTests',
          tags,
          summary: 'The tests of an agent that you may edit, oldest first',
          description:
            'With whether publishing waits for them, how they stand on this very draft, and their newest run.',
          params,
          response: { 200: EvalList, ...problemResponses(400, 401, 403, 404, 429) },
        },
      },
      (request) => evals.list(request.actor, request.params.agent),
    );

    app.post(
      '/api/agents/:agent/tests',
      {
        config: changing,
        schema: {
          operationId: 'createTest',
          tags,
          summary: 'Add a test: a question and what must hold of the answer',
          params,
          body: Eval,
          response: { 201: StoredEval, ...problemResponses(400, 401, 403, 404, 409, 413, 415, 429) },
        },
      },
      async (request, reply) =>
        answer(reply.code(201), await evals.create(request.actor, request.params.agent, request.body)),
    );

    app.patch(
      '/api/agents/:agent/tests',
      {
        config: changing,
        schema: {
          operationId: 'updateTestSettings',
          tags,
          summary: 'Say whether the tests must pass before the agent is published',
          params,
          body: UpdateEvalSettingsInput,
          response: { 200: EvalGate, ...problemResponses(400, 401, 403, 404, 413, 415, 429) },
        },
      },
      (request) => evals.setRequired(request.actor, request.params.agent, request.body.required),
    );

    app.post(
      '/api/agents/:agent/tests/import',
      {
        config: changing,
        schema: {
          operationId: 'importTests',
          tags,
          summary: 'Add tests from CSV: all of them, or none and every fault with its line',
          description: csvLayout,
          params,
          body: ImportEvalsInput,
          response: { 201: ImportedEvals, ...problemResponses(400, 401, 403, 404, 409, 413, 415, 429) },
        },
      },
      async (request, reply) =>
        reply.code(201).send(await evals.importCsv(request.actor, request.params.agent, request.body.csv)),
    );

    app.get(
      '/api/agents/:agent/tests/:test',
      {
        config: reading,
        schema: {
          operationId: 'getTest',
          tags,
          summary: 'One test, with its ETag',
          params: testParams,
          response: { 200: StoredEval, ...problemResponses(400, 401, 403, 404, 429) },
        },
      },
      async (request, reply) =>
        answer(reply, await evals.get(request.actor, request.params.agent, request.params.test)),
    );

    app.put(
      '/api/agents/:agent/tests/:test',
      {
        config: changing,
        schema: {
          operationId: 'updateTest',
          tags,
          summary: 'Replace a test',
          description: 'Needs If-Match; a stale one is answered with 412.',
          params: testParams,
          headers,
          body: Eval,
          response: { 200: StoredEval, ...problemResponses(400, 401, 403, 404, 412, 413, 415, 428, 429) },
        },
      },
      async (request, reply) => {
        const { agent, test: id } = request.params;
        const revision = readIfMatch(request.headers['if-match']);
        return answer(reply, await evals.update(request.actor, agent, { id, revision, test: request.body }));
      },
    );

    app.delete(
      '/api/agents/:agent/tests/:test',
      {
        config: changing,
        schema: {
          operationId: 'deleteTest',
          tags,
          summary: 'Delete a test; the results of earlier runs stay',
          params: testParams,
          response: { 204: z.null(), ...problemResponses(400, 401, 403, 404, 429) },
        },
      },
      async (request, reply) => {
        await evals.remove(request.actor, request.params.agent, request.params.test);
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/api/agents/:agent/test-runs',
      {
        config: reading,
        schema: {
          operationId: 'listTestRuns',
          tags,
          summary: 'The newest twenty runs of the tests, newest first; older ones are not kept',
          params,
          response: {
            200: z.object({ items: z.array(EvalRunSummary) }),
            ...problemResponses(400, 401, 403, 404, 429),
          },
        },
      },
      (request) => evals.listRuns(request.actor, request.params.agent),
    );

    app.post(
      '/api/agents/:agent/test-runs',
      {
        config: running,
        schema: {
          operationId: 'startTestRun',
          tags,
          summary: 'Run tests over the draft, the published version, and the draft with up to four other models',
          description:
            'Answers at once; read the run until its status is no longer "running". Each question is a run of the agent, ' +
            'within its budgets and yours, four at a time; it remembers nothing, and what needs a person’s approval is ' +
            'refused. A test whose needs are not met, and a rubric that no language model can judge, is skipped, never passed.',
          params,
          body: StartEvalRunInput,
          response: { 201: EvalRun, ...problemResponses(400, 401, 403, 404, 409, 413, 415, 429, 503) },
        },
      },
      async (request, reply) => {
        const language = readLanguage(request.headers);
        const started = await evals.startRun(request.actor, request.params.agent, { input: request.body, language });
        return reply.code(201).send(started.run);
      },
    );

    app.get(
      '/api/agents/:agent/test-runs/:testRun',
      {
        config: reading,
        schema: {
          operationId: 'getTestRun',
          tags,
          summary: 'A run of tests with the tests as they were, and the results so far',
          params: runParams,
          response: { 200: EvalRun, ...problemResponses(400, 401, 403, 404, 429) },
        },
      },
      (request) => evals.getRun(request.actor, request.params.agent, request.params.testRun),
    );

    app.post(
      '/api/agents/:agent/test-runs/:testRun/cancel',
      {
        config: running,
        schema: {
          operationId: 'cancelTestRun',
          tags,
          summary: 'Cancel a run of tests; what has ended stays',
          params: runParams,
          response: { 200: EvalRun, ...problemResponses(400, 401, 403, 404, 429) },
        },
      },
      (request) => evals.cancelRun(request.actor, request.params.agent, request.params.testRun),
    );
  };
}
