import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { AgentService } from '#server/features/agents/agent-service.ts';
import type { ConversationService } from '#server/features/conversations/conversation-service.ts';
import type { EvalService } from '#server/features/evals/eval-service.ts';
import type { HubService } from '#server/features/hub/hub-service.ts';
import type { ModelService } from '#server/features/models/model-service.ts';
import type { Builder } from '#server/features/proposals/proposal-ports.ts';
import { createProposalRepository } from '#server/features/proposals/proposal-repository.ts';
import { createProposalService } from '#server/features/proposals/proposal-service.ts';
import { toRunFrames } from '#server/features/runs/run-routes.ts';
import type { RunService } from '#server/features/runs/run-service.ts';
import type { ToolService } from '#server/features/tools/tool-service.ts';
import type { BudgetService } from '#server/features/usage/budget-service.ts';
import { HubError } from '#server/hub-error.ts';
import type { Database } from '#server/platform/database.ts';
import type { TurnRunner } from '#server/runtime/run-turn.ts';
import { createLookMeter } from './meter-look.ts';

type Needs = {
  database: Database;
  agents: Pick<AgentService, 'getDraft' | 'findShipped' | 'listTemplates' | 'resolveForRun'>;
  runs: Pick<RunService, 'start' | 'get' | 'findActiveRun'>;
  conversations: Pick<ConversationService, 'remove'>;
  evals: Pick<EvalService, 'listOf'>;
  tools: Pick<ToolService, 'listUsable'>;
  models: Pick<ModelService, 'resolveWishes' | 'listModels'>;
  listCategories: HubService['listCategories'];
  budgets: Pick<BudgetService, 'openAllowance'>;
  rewrite: TurnRunner['rewrite'];
  now: () => Date;
};

/** The package of the agent that helps to build others. */
const builderSlug = 'agent-builder';
const rewriteTimeoutMs = 120_000;

/** The proposals' part of the wiring: their needs of agents, runs, the catalogue and the models. */
export function openProposals({ database, agents, runs, models, budgets, now, ...rest }: Needs) {
  const meter = createLookMeter({ database, budgets, now });

  /** By its package, never by its handle: somebody's own agent may have taken that. */
  async function findBuilder(actor: Actor): Promise<Builder | null> {
    const shipped = await agents.findShipped(builderSlug);
    if (shipped === null) return null;
    try {
      const { agent, definition } = await agents.resolveForRun(actor, shipped);
      return { id: agent.id, definition };
    } catch (error) {
      if (error instanceof HubError) return null;
      throw error;
    }
  }

  async function findLanguageModel({ userId }: Actor, { model }: AgentDefinition): Promise<string | null> {
    const { targets } = await models.resolveWishes(model.wishes, userId);
    return targets.find(({ provider }) => provider !== 'planner')?.reference ?? null;
  }

  return createProposalService({
    repository: createProposalRepository({ database }),
    ports: {
      findAgent: agents.getDraft,
      findBuilder,
      startRun: async (actor, { builderId, agentId, conversationId, input, stream, language }) => {
        const started = await runs.start(
          actor,
          builderId,
          {
            input,
            stream,
            ...(conversationId === null ? {} : { conversationId }),
            variables: {},
            files: [],
            budget: {},
            metadata: {},
          },
          { source: 'talk', language, edits: agentId },
        );
        const run = await runs.get(actor, started.id);
        return {
          started: {
            id: started.id,
            settle: started.settle,
            toFrames: (signal: AbortSignal) => toRunFrames(started, undefined, signal),
          },
          conversationId: run.conversationId ?? '',
        };
      },
      findActiveRun: runs.findActiveRun,
      removeConversation: rest.conversations.remove,
      findLanguageModel,
      listTests: rest.evals.listOf,
      listTools: rest.tools.listUsable,
      listModels: async (actor) => (await models.listModels(actor)).items,
      listCategories: async () => (await rest.listCategories()).filter(({ hidden }) => !hidden).map(({ slug }) => slug),
      listTemplates: () =>
        agents
          .listTemplates()
          .flatMap(({ slug, definition, tests }) => (slug === builderSlug ? [] : [{ definition, tests: tests.evals }])),
      rewrite: async (actor, { builder, agent, text, signal }) => {
        const chosen = await models.resolveWishes(builder.definition.model.wishes, actor.userId);
        const within = AbortSignal.any([signal, AbortSignal.timeout(rewriteTimeoutMs)]);
        const asked = { actor, agent: { id: builder.id, budget: builder.definition.budget } };
        const { answer } = await meter({ ...asked, startedBy: { kind: 'rewrite' }, chosen }, (onUsed) =>
          rest.rewrite({ ...text, agent, onUsed, signal: within }, chosen),
        );
        return answer;
      },
      now,
    },
  });
}
