import type { Actor } from '#server/contract/actor.ts';
import type { Usage } from '#server/contract/run-event.ts';
import type { CallToolInput, FavouriteToolInput, ListedTool, ToolCall, ToolSummary } from '#server/contract/tool.ts';
import { HubError } from '#server/hub-error.ts';
import type { CallMeter } from './create-call-meter.ts';
import { canCallByHand } from './tool-policy.ts';
import type { ToolFavouriteRepository } from './tool-favourite-repository.ts';

export type Caller = { actor: Actor; language: 'en' | 'zh'; signal: AbortSignal };
type Spent = { usage: Usage; costUsd: number | null };

type Needs = {
  meter: CallMeter;
  favourites: ToolFavouriteRepository;
  listHubTools: () => ToolSummary[];
  listConnectedTools: (actor: Actor) => Promise<ToolSummary[]>;
  /** Agents that the actor's own may call. */
  listCallableAgents: (actor: Actor) => Promise<ToolSummary[]>;
  /** @throws {HubError} `not_found` */
  callTool: (caller: Caller, call: CallToolInput) => Promise<{ call: ToolCall; spent: Spent }>;
};

/** The catalogue: what comes with the hub, and what the person brought; and calls of it by hand, which count as usage. */
export function createToolService({
  meter,
  favourites,
  listHubTools,
  listConnectedTools,
  listCallableAgents,
  callTool,
}: Needs) {
  const listUsable = async (actor: Actor): Promise<ToolSummary[]> => {
    const others = await Promise.all([listCallableAgents(actor), listConnectedTools(actor)]);
    return [...listHubTools(), ...others.flat()];
  };

  return {
    /** The tools that the actor's agents can be given: no one else's toolset. */
    listUsable,

    listTools: async (actor: Actor): Promise<ListedTool[]> => {
      const [tools, kept] = await Promise.all([listUsable(actor), favourites.list(actor.userId)]);
      const chosen = new Set(kept);
      return tools.map((tool) => ({ ...tool, isFavourite: chosen.has(tool.id) }));
    },

    /** @throws {HubError} `not_found`, for a tool that the actor has not */
    setFavourite: async (actor: Actor, { tool, isFavourite }: FavouriteToolInput): Promise<void> => {
      if (!isFavourite) return favourites.remove(actor.userId, tool);
      const tools = await listUsable(actor);
      if (!tools.some(({ id }) => id === tool)) {
        throw new HubError('not_found', { en: `There is no tool "${tool}".`, zh: `没有工具“${tool}”。` });
      }
      await favourites.add(actor.userId, tool);
    },

    /** @throws {HubError} `forbidden`, `not_found`, `budget_exceeded` */
    callTool: async (caller: Caller, input: CallToolInput): Promise<ToolCall> => {
      if (!canCallByHand(caller.actor)) {
        throw new HubError('forbidden', {
          en: 'A key that is for certain agents calls no tool by hand: its agents do.',
          zh: '绑定到智能体的密钥不能手动调用工具，只能由其智能体调用。',
        });
      }
      return meter({ actor: caller.actor, tool: input.tool }, async () => {
        const { call, spent } = await callTool(caller, input);
        return { answer: call, spent };
      });
    },
  };
}
export type ToolService = ReturnType<typeof createToolService>;
