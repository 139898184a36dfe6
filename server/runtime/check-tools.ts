import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import { isToolsetTool } from '#server/contract/identifier.ts';
import type { JsonObject } from '#server/contract/json.ts';
import { HubError } from '#server/hub-error.ts';
import type { ToolFinder } from './find-tools.ts';
import { toToolsetOwner, type TurnInput } from './turn-input.ts';

type AskedTurn = Required<Pick<TurnInput, 'actor' | 'ownerId' | 'handBackTo'>>;

/** Checks what a person wrote of tools before anything runs. */
export function createToolChecker({ findMissingTools, findInput }: Pick<ToolFinder, 'findMissingTools' | 'findInput'>) {
  return {
    /** @throws {HubError} `tool_unavailable`, naming every tool that is missing */
    checkTools: async (turn: AskedTurn, definition: AgentDefinition): Promise<void> => {
      const { ownerId } = turn;
      const missing = await findMissingTools({ ownerId, toolsetOwnerId: toToolsetOwner(turn) }, definition);
      if (missing.length > 0) throw toolsMissing(missing, turn);
    },

    /**
     * Checks arguments that a person wrote for a tool's call.
     *
     * @throws {HubError} `validation_failed`, with every issue; `tool_unavailable`, when the hub no longer has the tool
     */
    checkToolInput: async (toolsetOwnerId: string, id: string, input: JsonObject, root: string): Promise<void> => {
      const expected = await findInput(toolsetOwnerId, id);
      if (expected === null) throw new HubError('tool_unavailable', `This hub has no tool "${id}" any more.`);
      const checked = expected.safeParse(input);
      if (checked.success) return;
      const errors = checked.error.issues.map(({ path, message }) => ({ path: [root, ...path].join('.'), message }));
      throw new HubError('validation_failed', 'The tool does not take these arguments.', { errors });
    },
  };
}

function toolsMissing(ids: string[], turn: AskedTurn): HubError {
  const named = ids.map((id) => `"${id}"`).join(', ');
  return new HubError('tool_unavailable', `This hub has no tool ${named}. ${toAdvice(ids, turn)}`);
}

function toAdvice(ids: string[], { ownerId, handBackTo }: AskedTurn): string {
  const connected = ids.find(isToolsetTool);
  if (connected === undefined) return 'Take it out of the agent in the builder.';
  if (ownerId !== null) {
    return 'Its toolset is gone, or no longer offers it: load the toolset again, or take the tool out of the agent in the builder.';
  }
  if (handBackTo !== null) {
    return 'An agent that came with the hub uses your toolsets only where you ask it yourself: begin a conversation with it.';
  }
  return `This agent came with the hub and uses your own toolsets: connect one as "${connected.split('/')[0]}", and let agents have the tool.`;
}
