import type { Actor } from '#server/contract/actor.ts';
import { toShownAgent } from '#server/contract/agent-translation.ts';
import type { ToolSummary } from '#server/contract/tool.ts';
import type { AgentService } from '#server/features/agents/agent-service.ts';
import type { ModelService } from '#server/features/models/model-service.ts';
import { createSpeechRepository } from '#server/features/speech/speech-repository.ts';
import { createSpeechService } from '#server/features/speech/speech-service.ts';
import { createCallMeter } from '#server/features/tools/create-call-meter.ts';
import { createToolCallRepository } from '#server/features/tools/tool-call-repository.ts';
import { createToolFavouriteRepository } from '#server/features/tools/tool-favourite-repository.ts';
import { createCallReporter } from '#server/features/tools/report-call.ts';
import { createToolService } from '#server/features/tools/tool-service.ts';
import type { BudgetService } from '#server/features/usage/budget-service.ts';
import { createAudioClient } from '#server/platform/audio-endpoint.ts';
import type { Database } from '#server/platform/database.ts';
import { writePdf } from '#server/platform/documents/write-pdf.ts';
import type { Egress } from '#server/platform/egress/create-egress.ts';
import { costOf } from '#server/runtime/cost-of.ts';
import { renderValue } from '#server/runtime/models/offline-planner/render-value.ts';
import type { TurnRunner } from '#server/runtime/run-turn.ts';
import type { DrawChart } from '#server/runtime/tools/ports.ts';

type Needs = {
  database: Database;
  agents: Pick<AgentService, 'listForModels'>;
  budgets: Pick<BudgetService, 'openCallAllowance'>;
  models: Pick<ModelService, 'findHubModel'>;
  turns: Pick<TurnRunner, 'callTool' | 'describeAgent' | 'listTools'>;
  listConnectedTools: (actor: Actor) => Promise<ToolSummary[]>;
  /** How the audio models are reached. */
  fetch: Egress['fetch'];
  drawChart: DrawChart;
  now: () => Date;
};

/** The part of the wiring for what people use without a run and that counts as usage: tools by hand, and speech. */
export function openTools({
  database,
  agents,
  budgets,
  models,
  turns,
  listConnectedTools,
  fetch,
  drawChart,
  now,
}: Needs) {
  const meter = createCallMeter({
    repository: createToolCallRepository({ database }),
    openAllowance: budgets.openCallAllowance,
    now,
  });
  const tools = createToolService({
    meter,
    favourites: createToolFavouriteRepository({ database }),
    listHubTools: turns.listTools,
    listConnectedTools,
    listCallableAgents: async (actor) =>
      (await agents.listForModels(actor)).map((agent) => {
        const { name, tagline } = toShownAgent(agent, 'zh-CN');
        const summary = turns.describeAgent({ ...agent, description: agent.tagline });
        const description = { ...summary.description, zh: `询问智能体“${name}”。${tagline}` };
        return { ...summary, title: { ...summary.title, zh: name }, description };
      }),
    callTool: turns.callTool,
  });
  const speech = createSpeechService({
    repository: createSpeechRepository({ database }),
    resolveModel: models.findHubModel,
    ...createAudioClient({ fetch }),
    meter,
    costOf: (used, price) => costOf(used, price, 0),
  });
  const reportCall = createCallReporter({
    tools,
    renderOutput: renderValue,
    drawChart: async (specification, signal) => (await drawChart(specification, { signal })).svg,
    writePdf,
    now,
  });
  return { tools, speech, reportCall };
}
