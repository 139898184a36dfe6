import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import { isToolsetTool } from '#server/contract/identifier.ts';
import type { JsonObject } from '#server/contract/json.ts';
import { HubError } from '#server/hub-error.ts';
import type { ToolFinder } from './find-tools.ts';
import { toResourceOwner } from './turn-input.ts';

/** Checks what a person wrote of tools before anything runs. */
export function createToolChecker({ findMissingTools, findInput }: Pick<ToolFinder, 'findMissingTools' | 'findInput'>) {
  return {
    /** @throws {HubError} `tool_unavailable`, naming every tool that is missing */
    checkTools: async (actor: Actor, ownerId: string | null, definition: AgentDefinition): Promise<void> => {
      const toolsetOwnerId = toResourceOwner({ ownerId, actor });
      const missing = await findMissingTools({ ownerId, toolsetOwnerId }, definition);
      if (missing.length > 0) throw toolsMissing(missing, ownerId);
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

function toolsMissing(ids: string[], ownerId: string | null): HubError {
  const named = ids.map((id) => `"${id}"`).join(', ');
  return new HubError('tool_unavailable', `This hub has no tool ${named}. ${toAdvice(ids, ownerId)}`);
}

function toAdvice(ids: string[], ownerId: string | null): string {
  const connected = ids.find(isToolsetTool);
  if (connected === undefined) return 'Take it out of the agent in the builder.';
  if (ownerId !== null) {
    return 'Its toolset is gone, or no longer offers it: load the toolset again, or take the tool out of the agent in the builder.';
  }
  return `This agent came with the hub and uses your own toolsets: connect one as "${connected.split('/')[0]}", and let agents have the tool.`;
}
