import type { AgentService } from '#server/features/agents/agent-service.ts';
import type { FileService } from '#server/features/files/file-service.ts';
import type { ModelService } from '#server/features/models/model-service.ts';
import { createInstanceKeeper } from '#server/features/runs/instance-keeper.ts';
import { createInstanceRepository } from '#server/features/runs/instance-repository.ts';
import { createAnswerReporter } from '#server/features/runs/report-answer.ts';
import { createRunListRepository } from '#server/features/runs/run-list-repository.ts';
import type { RunPorts } from '#server/features/runs/run-ports.ts';
import { createRunRepository } from '#server/features/runs/run-repository.ts';
import { createRunRequestRepository } from '#server/features/runs/run-request-repository.ts';
import { createRunService } from '#server/features/runs/run-service.ts';
import { createWaitRepository } from '#server/features/runs/wait-repository.ts';
import type { BudgetService } from '#server/features/usage/budget-service.ts';
import type { Metrics } from '#server/http/metrics.ts';
import type { ChartRenderer } from '#server/platform/chart-renderer.ts';
import type { Database } from '#server/platform/database.ts';
import { writePdf } from '#server/platform/documents/write-pdf.ts';
import type { TurnRunner } from '#server/runtime/run-turn.ts';

type Needs = {
  database: Database;
  /** This process. */
  instanceId: string;
  agents: Pick<AgentService, 'resolveForRun'>;
  models: Pick<ModelService, 'resolveWishes' | 'findModel'>;
  budgets: Pick<BudgetService, 'openAllowance'>;
  turns: Pick<TurnRunner, 'run' | 'checkTools' | 'checkToolInput'>;
  files: Pick<FileService, 'readAttachments' | 'readEarlierAttachments'>;
  metrics: Pick<Metrics, 'countRun' | 'changeActiveRuns'>;
  charts: ChartRenderer;
  waitHours: number;
  storePatienceMs: number | undefined;
} & Pick<RunPorts, 'checkCallback' | 'onCallbackDue' | 'onTurnChange' | 'onFirstAnswer' | 'now' | 'logError'>;

/** The runs' part of the wiring: their tables, the process that has them, and their needs of the other features and the runtime. */
export function openRuns({
  database,
  instanceId,
  agents,
  models,
  budgets,
  turns,
  files,
  metrics,
  charts,
  ...rest
}: Needs) {
  const { waitHours, storePatienceMs, ...ports } = rest;
  const runs = createRunService({
    repository: createRunRepository({ database, instanceId, patienceMs: storePatienceMs }),
    requests: createRunRequestRepository({ database, instanceId }),
    waits: createWaitRepository({ database, instanceId }),
    lists: createRunListRepository({ database }),
    ports: {
      ...ports,
      resolveAgent: agents.resolveForRun,
      chooseModel: async ({ model }, modelOwnerId) => {
        const chosen = await models.resolveWishes(model.wishes, modelOwnerId);
        const { reference, ownerId: payer } = chosen.targets[0];
        return { reference, payer, run: (turn) => turns.run(turn, chosen) };
      },
      findModel: models.findModel,
      openAllowance: budgets.openAllowance,
      checkTools: turns.checkTools,
      checkToolInput: turns.checkToolInput,
      waitMs: waitHours * 60 * 60 * 1000,
      readAttachments: files.readAttachments,
      readEarlierAttachments: files.readEarlierAttachments,
      countRun: metrics.countRun,
      changeActiveRuns: metrics.changeActiveRuns,
    },
  });
  const instance = createInstanceKeeper({
    id: instanceId,
    repository: createInstanceRepository({ database }),
    markInterrupted: runs.markInterrupted,
    logError: ports.logError,
  });
  const reportAnswer = createAnswerReporter({
    runs,
    drawChart: async (specification, signal) => (await charts(specification, { signal })).svg,
    writePdf,
  });
  return { runs, instance, reportAnswer };
}
