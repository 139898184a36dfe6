import type { AgentService } from '#server/features/agents/agent-service.ts';
import type { ModelService } from '#server/features/models/model-service.ts';
import { createSpeechRepository } from '#server/features/speech/speech-repository.ts';
import { createSpeechService } from '#server/features/speech/speech-service.ts';
import { createCallMeter } from '#server/features/tools/create-call-meter.ts';
import { createToolCallRepository } from '#server/features/tools/tool-call-repository.ts';
import { createToolFavouriteRepository } from '#server/features/tools/tool-favourite-repository.ts';
import { createToolService } from '#server/features/tools/tool-service.ts';
import type { BudgetService } from '#server/features/usage/budget-service.ts';
import { createAudioClient } from '#server/platform/audio-endpoint.ts';
import type { Database } from '#server/platform/database.ts';
import type { Egress } from '#server/platform/egress/create-egress.ts';
import { costOf } from '#server/runtime/cost-of.ts';
import type { TurnRunner } from '#server/runtime/run-turn.ts';
import type { openToolsets } from './open-toolsets.ts';

type Needs = {
  database: Database;
  agents: Pick<AgentService, 'listForModels'>;
  models: Pick<ModelService, 'findHubModel'>;
  budgets: Pick<BudgetService, 'openCallAllowance'>;
  turns: Pick<TurnRunner, 'listTools' | 'describeAgent' | 'callTool'>;
  connected: Pick<ReturnType<typeof openToolsets>, 'toolsets'>;
  modelEgress: Pick<Egress, 'fetch'>;
  now: () => Date;
};

/** The wiring of what a person asks for without a run: a tool called by hand, speech; both are metered as runs are. */
export function openTools({ database, agents, models, budgets, turns, connected, modelEgress, now }: Needs) {
  const meter = createCallMeter({
    repository: createToolCallRepository({ database }),
    openAllowance: budgets.openCallAllowance,
    now,
  });
  const tools = createToolService({
    meter,
    favourites: createToolFavouriteRepository({ database }),
    listHubTools: turns.listTools,
    listConnectedTools: connected.toolsets.listConnectedTools,
    listCallableAgents: async (actor) =>
      (await agents.listForModels(actor)).map(({ tagline, ...agent }) =>
        turns.describeAgent({ ...agent, description: tagline }),
      ),
    callTool: turns.callTool,
  });
  const speech = createSpeechService({
    repository: createSpeechRepository({ database }),
    resolveModel: models.findHubModel,
    ...createAudioClient({ fetch: modelEgress.fetch }),
    meter,
    costOf: (used, price) => costOf(used, price, 0),
  });
  return { tools, speech };
}
