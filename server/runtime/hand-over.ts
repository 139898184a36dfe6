import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import { toNamedAgent } from '#server/contract/agent-translation.ts';
import type { FoundAgent, TakenTurn } from '#server/contract/run-checkpoint.ts';
import type { RunEvent } from '#server/contract/run-event.ts';
import { HubError } from '#server/hub-error.ts';
import { openWaitFor } from './ask-person.ts';
import { checkOwn, introduceAgent, toDefaults } from './call-agent.ts';
import type { RunOutcome } from './run-agent.ts';
import type { ChosenModels } from './to-candidates.ts';
import { createHandOverTool } from './tools/hand-over-tool.ts';
import type { Tool } from './tools/tool.ts';
import { toModelOwner, type TurnInput } from './turn-input.ts';
import type { CarriedTurn } from './turn-state.ts';

/** An agent that a person may run, with the version that answers them; null: its draft. */
export type RunnableAgent = FoundAgent & { version: number | null };

/** What a turn was handed over with. */
export type HandOver = { agent: RunnableAgent; brief: string };

/** Hand-overs within a turn, at most. */
const mostHandOvers = 3;

/**
 * The tool with which a turn is handed over to an agent. Whom the person of the turn may not run, who lacks a tool, who had the turn
 * already, and who would be one too many cannot take it.
 */
export function toHandOverTool(
  { actor, agentId, taken }: Pick<TurnInput, 'actor' | 'agentId' | 'taken'>,
  agent: FoundAgent,
  findTaker: (actor: TurnInput['actor'], handle: string) => Promise<RunnableAgent | null>,
): Tool {
  const introduced = introduceAgent(agent);
  const { name } = introduced;
  return createHandOverTool({
    ...introduced,
    take: async (brief, { handOver }) => {
      if (handOver === undefined) throw onlyInRuns();
      const had = taken?.agentIds ?? [agentId];
      if (had.includes(agent.id)) {
        throw new HubError('conflict', {
          en: `${name} had this turn already. Answer yourself, or say what is missing.`,
          zh: `${name} 已处理过这一轮。请自行回答，或说明缺少什么。`,
        });
      }
      if (had.length > mostHandOvers) {
        throw new HubError('conflict', {
          en: `A turn is handed over ${mostHandOvers} times at most. Answer yourself.`,
          zh: `每一轮最多转交 ${mostHandOvers} 次。请自行回答。`,
        });
      }
      const taker = await findTaker(actor, agent.handle);
      if (taker === null) {
        throw new HubError('tool_unavailable', {
          en: `${name} cannot take over: it is gone, or this person may not use it. Answer yourself.`,
          zh: `${name} 无法接手：它已不存在，或该用户不能使用它。请自行回答。`,
        });
      }
      handOver({ agent: taker, brief });
    },
  });
}

const onlyInRuns = () =>
  new HubError('tool_unavailable', { en: 'A conversation is handed over in a run.', zh: '对话只能在运行中转交。' });

/** The turn of the agent that took it over: with its own rights and limits, within those of the whole run. */
async function toTakenTurn(turn: TurnInput, taken: TakenTurn, carried: CarriedTurn | null): Promise<TurnInput> {
  const { agent, before } = taken;
  const { definition } = agent;
  const { resumed } = turn;
  return {
    ...turn,
    agentId: agent.id,
    ownerId: agent.ownerId,
    definition,
    taken,
    handBackTo: turn.handBackTo === agent.handle ? null : (turn.handBackTo ?? null),
    variables: toDefaults(definition),
    limits: {
      maximumSteps: Math.min(turn.limits.maximumSteps, before.steps + definition.model.maximumSteps),
      check: async (spent, next) => {
        const { tokens, costUsd } = spent;
        const own = { tokens: tokens - before.tokens, costUsd: costUsd - before.costUsd };
        checkOwn(own, definition.budget, definition.identity.name);
        await turn.limits.check(spent, next);
      },
    },
    openWait: openWaitFor(agent, turn.openWait),
    history: carried === null || resumed === null ? turn.history : await resumed.readHistory(),
    resumed: carried === null ? resumed : null,
    carried,
  };
}

/** The models of an agent, among the hub's and those of a person. @throws {HubError} `model_unavailable` */
export type ChooseModels = (definition: AgentDefinition, modelOwnerId: string) => Promise<ChosenModels>;

type Needs = {
  /** The part of a turn that one agent answers. */
  runPart: (turn: TurnInput, models: ChosenModels) => AsyncGenerator<RunEvent, RunOutcome>;
  chooseModels: ChooseModels;
};

/** Runs whole turns: the part of the agent that they were begun with, and the parts of those that took them over. */
export function createTurnTaker({ runPart, chooseModels }: Needs) {
  async function* runTaken(turn: TurnInput, taken: TakenTurn, carried: CarriedTurn | null) {
    const { budget, identity } = taken.agent.definition;
    const startedAt = performance.now();
    const clock = new AbortController();
    const late = () =>
      clock.abort(
        new HubError('budget_exceeded', {
          en: `${identity.name} may work ${budget.maximumSecondsPerRun} seconds in a run.`,
          zh: `${identity.name} 每次运行最多工作 ${budget.maximumSecondsPerRun} 秒。`,
        }),
      );
    const timer = setTimeout(late, Math.max(0, budget.maximumSecondsPerRun * 1000 - taken.workedMs));
    try {
      const own = await toTakenTurn(turn, taken, carried);
      const models = await chooseModels(own.definition, toModelOwner(own));
      const outcome = yield* runPart({ ...own, signal: AbortSignal.any([turn.signal, clock.signal]) }, models);
      if (outcome.checkpoint === undefined) return outcome;
      const workedMs = taken.workedMs + performance.now() - startedAt;
      return { ...outcome, checkpoint: { ...outcome.checkpoint, taken: { ...taken, workedMs } } };
    } finally {
      clearTimeout(timer);
    }
  }

  return async function* run(turn: TurnInput, models: ChosenModels): AsyncGenerator<RunEvent, RunOutcome> {
    let taken = turn.resumed?.checkpoint.taken ?? null;
    let outcome: RunOutcome = taken === null ? yield* runPart(turn, models) : yield* runTaken(turn, taken, null);
    while (outcome.handOver !== undefined) {
      const { agent, brief, carried, hasSpoken, results } = outcome.handOver;
      const { version, ...found } = agent;
      const { identity } = taken?.agent.definition ?? turn.definition;
      const { id, handle, definition } = agent;
      taken = {
        agent: found,
        version,
        from: identity.name,
        brief,
        results: [...(taken?.results ?? []), ...results],
        agentIds: [...(taken?.agentIds ?? [turn.agentId]), id],
        before: {
          tokens: carried.spent.inputTokens + carried.spent.outputTokens,
          costUsd: carried.spentUsd,
          steps: carried.step,
        },
        workedMs: 0,
      };
      yield {
        type: 'hand-over',
        from: identity.name,
        agent: toNamedAgent({ id, handle, definition }),
        version,
        brief,
      };
      // What the first one said stands above, as a paragraph of its own.
      if (hasSpoken) yield { type: 'text-delta', text: '\n\n' };
      outcome = yield* runTaken(turn, taken, carried);
    }
    return outcome;
  };
}
