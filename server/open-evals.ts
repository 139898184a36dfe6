import type { Actor } from '#server/contract/actor.ts';
import type { AgentService } from '#server/features/agents/agent-service.ts';
import type { CheckAnswer, CheckTask } from '#server/features/evals/check-worker.ts';
import { checkFailed } from '#server/features/evals/eval-errors.ts';
import type { EvalPorts } from '#server/features/evals/eval-ports.ts';
import { createEvalRepository } from '#server/features/evals/eval-repository.ts';
import { createEvalRunRepository } from '#server/features/evals/eval-run-repository.ts';
import { createEvalService } from '#server/features/evals/eval-service.ts';
import type { ModelService } from '#server/features/models/model-service.ts';
import type { RunService } from '#server/features/runs/run-service.ts';
import type { BudgetService } from '#server/features/usage/budget-service.ts';
import type { Database } from '#server/platform/database.ts';
import { createWorkerPool } from '#server/platform/workers/worker-pool.ts';
import type { TurnRunner } from '#server/runtime/run-turn.ts';
import { createLookMeter } from './meter-look.ts';

type Needs = {
  database: Database;
  agents: Pick<AgentService, 'getDraft' | 'resolveForRun'>;
  runs: Pick<RunService, 'start' | 'cancel'>;
  models: Pick<ModelService, 'resolveWishes' | 'findModel'>;
  canMakeImages: EvalPorts['canMakeImages'];
  hasDevnet: EvalPorts['hasDevnet'];
  budgets: Pick<BudgetService, 'openAllowance'>;
  judge: TurnRunner['judge'];
  /** Where the build put the workers. */
  workersFolder: URL;
  now: () => Date;
  logError: (error: unknown, message: string) => void;
};

const checkProcessorMs = 2000;
const judgeTimeoutMs = 120_000;

/** The evals' part of the wiring: their needs of agents, runs, models and the usage. */
export function openEvals({ database, agents, runs, models, budgets, judge, workersFolder, ...rest }: Needs) {
  const meter = createLookMeter({ database, budgets, now: rest.now });
  const checks = createWorkerPool<CheckTask, CheckAnswer>({
    file: new URL('check-worker.js', workersFolder),
    processes: 1,
    mostWaiting: 200,
    memoryMb: 256,
    toFailure: checkFailed,
  });

  const run: EvalPorts['run'] = async (actor, agentId, { test, asked, language, signal }) => {
    const { input, messages, variables, files } = test;
    const started = await runs.start(
      actor,
      agentId,
      {
        ...(input === undefined ? { messages: messages ?? [] } : { input }),
        variables,
        files: files.map(({ file }) => file),
        version: asked.version,
        stream: false,
        budget: {},
        metadata: {},
      },
      {
        source: 'test',
        startedBy: { kind: 'test' },
        language,
        definition: 'definition' in asked ? asked.definition : undefined,
      },
    );
    const cancel = () => void runs.cancel(actor, started.id).catch(() => undefined);
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel);
    return started.finish().finally(() => signal.removeEventListener('abort', cancel));
  };

  const judgeWithin: EvalPorts['judge'] = async (actor, agent, { model, signal, ...request }) => {
    const chosen = await models.resolveWishes(model === null ? [] : [model], actor.userId);
    const within = AbortSignal.any([signal, AbortSignal.timeout(judgeTimeoutMs)]);
    const { answer, spent } = await meter({ actor, agent, startedBy: { kind: 'test' }, chosen }, (onUsed) =>
      judge({ ...request, onUsed, signal: within }, chosen),
    );
    return answer === null ? null : { verdict: answer.verdict, tokens: spent.tokens, costUsd: spent.costUsd };
  };

  const service = createEvalService({
    repository: createEvalRepository({ database }),
    runs: createEvalRunRepository({ database }),
    ports: {
      findAgent: agents.getDraft,
      readVersion: async (actor: Actor, agentId, version) =>
        (await agents.resolveForRun(actor, agentId, version)).definition,
      run,
      // Only owners test their agents, so the actor's own connections are the agent's.
      hasLanguageModel: async ({ userId }, { model }) =>
        (await models.resolveWishes(model.wishes, userId)).targets[0].provider !== 'planner',
      isModel: async (actor, reference) => (await models.findModel(actor, reference)) !== null,
      canMakeImages: rest.canMakeImages,
      hasDevnet: rest.hasDevnet,
      judge: judgeWithin,
      runCheck: (task) => checks.run(task, { processorMs: checkProcessorMs }),
      now: rest.now,
      logError: rest.logError,
    },
  });
  return { ...service, close: checks.close };
}
