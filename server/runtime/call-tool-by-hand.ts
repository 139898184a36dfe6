import type { Actor } from '#server/contract/actor.ts';
import { agentToolPrefix } from '#server/contract/identifier.ts';
import type { LentFile } from '#server/contract/lent-file.ts';
import { noUsage } from '#server/contract/run-event.ts';
import type { CallToolInput, SentRequest, ToolCall } from '#server/contract/tool.ts';
import { HubError } from '#server/hub-error.ts';
import type { ToolFinder } from './find-tools.ts';
import { invokeTool } from './tools/invoke-tool.ts';
import type { AlertDesk, DataDesk } from './tools/ports.ts';
import type { StoreFile, ToolSpending } from './tools/tool.ts';
import type { TurnInput } from './turn-input.ts';

/** A call by hand is no agent's: what it makes and sends on is the actor's. */
type ByHand = { actor: Actor; agentId: null };

type Needs = {
  findTool: ToolFinder['findTool'];
  storeFile: (call: ByHand) => StoreFile;
  lendFile: (call: ByHand, id: string) => Promise<LentFile | null>;
  openData: (actor: Actor) => DataDesk;
  openAlerts: (asker: { actor: Actor; agentId: string | null; language: 'en' | 'zh' }) => AlertDesk;
  logError: (error: unknown, message: string) => void;
};

/** Calls tools for people who try them, outside of a run. */
export function createToolCaller({ findTool, storeFile, lendFile, openData, openAlerts, logError }: Needs) {
  /**
   * Calls one tool by hand, with the toolsets of the actor. What the tool did wrong is the outcome's `isError`. Agents
   * are no tools here: their runs are started as such, and counted.
   *
   * @throws {HubError} `not_found`, for an agent with the way to talk to it
   */
  return async (
    { actor, language, signal }: Pick<TurnInput, 'actor' | 'language' | 'signal'>,
    { tool: id, input }: CallToolInput,
  ): Promise<{ call: ToolCall; spent: Omit<ToolSpending, 'model'> }> => {
    const tool = await findTool(actor.userId, id);
    if (tool === null) throw toMissing(id);
    let request: SentRequest | null = null;
    const { spent, ...outcome } = await invokeTool({
      tool,
      input,
      fixedParameters: {},
      reportFailure: (failure) => logError(failure, 'a tool failed'),
      context: {
        signal,
        language,
        modelOwnerId: actor.userId,
        storeFile: storeFile({ actor, agentId: null }),
        reportProgress: () => undefined,
        lendFile: (id) => lendFile({ actor, agentId: null }, id),
        openData: () => openData(actor),
        openAlerts: () => openAlerts({ actor, agentId: null, language }),
        reportRequest: (sent) => (request = sent),
      },
    });
    const { usage, costUsd } = spent ?? { usage: noUsage, costUsd: 0 };
    return { call: { ...outcome, request }, spent: { usage, costUsd } };
  };
}

function toMissing(id: string): HubError {
  if (!id.startsWith(agentToolPrefix)) {
    return new HubError('not_found', {
      en: `There is no tool "${id}". GET /api/tools lists all.`,
      zh: `没有工具“${id}”。GET /api/tools 列出所有工具。`,
    });
  }
  const handle = id.slice(agentToolPrefix.length);
  return new HubError('not_found', {
    en: `An agent is called in a run, not by hand; talk to it instead: POST /api/agents/${handle}/runs.`,
    zh: `智能体只能在运行中调用，不能手动调用；请直接与它对话：POST /api/agents/${handle}/runs。`,
  });
}
